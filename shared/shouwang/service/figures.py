"""How many figures of a service are past their time, seen at every look at its metrics (K-05)."""

from __future__ import annotations

from shouwang.policy.gaps import lapsed
from shouwang.service.runtime import Runtime
from shouwang.telemetry.metrics import gauge

LAPSED = gauge(
    "policy_figures_lapsed", "Policy figures past their review or never set for the county", ["service"]
)


def show_lapsed(runtime: Runtime, county: str) -> None:
    """Show the number as it stands on the business day of the look; nothing where a service has no policy."""
    if runtime.policy is not None:
        shown = LAPSED.labels(runtime.name)
        shown.set_function(lambda: float(lapsed(runtime.policy, runtime.clock.today(), county)))
