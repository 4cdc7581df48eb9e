"""What monitoring knows of a household's income and guarantees; what it does not know stays unknown."""

from __future__ import annotations

from typing import Any

from shouwang.service import Context

from services.assistance.domain.evaluation.income import per_head, secured

Json = dict[str, Any]


def income_now(ctx: Context, household: str) -> Json:
    """Return {on, per_head_fen, secured} as the registry has it today; Unavailable when it is not there."""
    found = ctx.bus.call("monitoring", "household", household=household)
    return {
        "on": ctx.today.isoformat(),
        "per_head_fen": per_head(found["figures"], found["size"]),
        "secured": secured(found),
    }
