"""What one of several replicas found out last: a gauge, and beside it when it was set.

Only the replica that lived the day, ran the rule or took the file in knows the new number; the others go on
showing an older one. An alert therefore takes the number that was set last (decision 0296):
`max(last_over_time(X[26h]) and on (instance) topk(1, last_over_time(X_set_seconds[26h])))`.
"""

from __future__ import annotations

from typing import Final

from shouwang.telemetry.metrics import gauge

WHEN: Final = "_set_seconds"


def show(name: str, help: str, value: float, **labels: str) -> None:
    """Show `shouwang_<name>` and, in Unix time (no business day), `shouwang_<name>_set_seconds`."""
    shown = gauge(name, help, tuple(labels))
    (shown.labels(**labels) if labels else shown).set(value)
    when = gauge(name + WHEN, f"When it was set: {help}", tuple(labels))
    (when.labels(**labels) if labels else when).set_to_current_time()
