"""A decision found wrong is corrected by a new one that names it (R-05; docs/decisions/0014, 0144).

Until the new decision is taken the old one stands: nobody loses help while others look again.
"""

from __future__ import annotations

from typing import Any

from shouwang.errors import Conflict
from shouwang.procedure import desk
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.handlers.proceedings.deciding import DESK
from services.monitoring.views.proceedings import case_view

Json = dict[str, Any]


def correct_decision(ctx: Context, request: Json) -> Json:
    """Open the correcting case of a decision ({case, reason, step?}); only the newest is corrected."""
    agg = ctx.store.cases.get(request["case"])
    if agg.carried_out(ctx.request_id):
        return case_view(agg)
    later = [one.id for one in ctx.store.cases_of(agg.state["household"]) if _builds_on(one, agg)]
    if later:
        raise Conflict(
            f"该户此后已有案件 {later[0]}，不能再更正本案",
            code="case.later_case",
            where=agg.id,
            remedy="请更正最后一案，或撤回在办案件后再更正。",
        )
    return desk.correct(ctx, ctx.store.cases, agg.id, request, desk=DESK)


def _builds_on(one: Aggregate, agg: Aggregate) -> bool:
    """Whether a case came after another: opened later, or the same day under a later number."""
    if one.id == agg.id:
        return False
    running = one.state["case"]["status"] == "open"
    return running or _order(one) > _order(agg)


def _order(agg: Aggregate) -> tuple[str, str]:
    return str(agg.state["case"]["entries"][-1]["on"]), str(agg.state["opened_on"])
