"""Telling the county of regional risk: a department's signals leave as one event (S-08)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shouwang.department.report_schemas import SignalsFound
from shouwang.service import Context


def signals_found(
    ctx: Context, department: str, batch: str, period: str, signals: Sequence[Mapping[str, Any]]
) -> Any:
    """Return the event to hand to `ctx.save`: it leaves when the department's own aggregate is stored.

    signals: [{key, kind, region, amount, unit, started_on, ended_on, facts}], days as dates (schemas.Signal).
    """
    said = {"batch": batch, "department": department, "period": period, "signals": list(signals)}
    return ctx.event("signals.found", SignalsFound().dump(said))
