"""What a department that reckons with income is told of a household, sealed to it alone (A-06)."""

from __future__ import annotations

from typing import Any

from shouwang.periods import Quarter, twelve_months_before
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.care.evaluation import DONE, evaluation_id
from services.monitoring.domain.registry import earning
from services.monitoring.handlers.income.windows import with_known_figures

Json = dict[str, Any]


def with_income(ctx: Context, agg: Aggregate, persons: list[Json]) -> list[Json]:
    """Return the persons with `stable_income`, and `household` beside each; None is not known."""
    figures = with_known_figures(ctx, agg, twelve_months_before(ctx.today))["figures"]
    judged = _judged(ctx, agg.id)
    together = {
        "size": agg.state["size"],
        "income_per_head_fen": earning.net_income_a_head(figures, agg.state["size"]),
        "workers": earning.workers(one["work_months"] for one in agg.state["members"]),
    }
    return [
        {**one, "household": together, "stable_income": earning.stable_income(one["labour"], judged, figures)}
        for one in persons
    ]


def _judged(ctx: Context, household: str) -> bool | None:
    """Return what was found last: by an evaluation of this quarter or the last, else by a case."""
    quarter = Quarter.of(ctx.today)
    for each in (quarter, quarter.shift(-1)):
        found = ctx.store.evaluations.get_or_none(evaluation_id(household, each))
        if found is not None and found.state["status"] == DONE:
            stable: bool | None = found.state["facts"]["income_stable"]
            return stable
    said = [
        one.state["record"].get("answers", {}).get("income_stable") for one in ctx.store.cases_of(household)
    ]
    newest: bool | None = next((one["value"] for one in reversed(said) if one is not None), None)
    return newest
