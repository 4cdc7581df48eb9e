"""A household changes while its case runs: noted, recomputed, and ended where nobody is left (D-01)."""

from __future__ import annotations

from typing import Any

from shouwang.procedure import desk
from shouwang.service import Context, IncomingEvent
from shouwang.store import Aggregate

from services.monitoring.domain.proceedings import members as rules
from services.monitoring.handlers.proceedings import outcomes
from services.monitoring.handlers.proceedings.deciding import DESK
from services.monitoring.handlers.proceedings.knowing import facts_of

Json = dict[str, Any]


def household_changed(ctx: Context, event: IncomingEvent) -> None:
    """Take over a change of members: the running case notes it, or ends where the household is gone."""
    agg = ctx.store.open_case(event.data["household"])
    if agg is None or agg.carried_out(ctx.request_id):
        return
    if not rules.concerns_members(event.data["kinds"], event.data["members_left"]):
        return
    change = _note(agg, event.data)
    if not event.data["registered"]:
        _abort(ctx, agg)
        return
    facts_of(ctx, agg)  # brings risks and the ability to work in line with who is left
    detail = {"on": change["on"], "kinds": change["kinds"], "left": len(change["left"])}
    ctx.save(ctx.store.cases, agg, "case.household_changed", detail)


def _note(agg: Aggregate, data: Json) -> Json:
    change = {"on": data["on"].isoformat(), "kinds": data["kinds"], "left": data["members_left"]}
    agg.state["changes"] = rules.noted(agg.state["changes"], change)
    warning = rules.warning(change, agg.state["signed_by"])
    agg.state["warnings"] = [*(one for one in agg.state["warnings"] if one != warning), warning]
    return change


def _abort(ctx: Context, agg: Aggregate) -> None:
    """End the case as the procedure knows it (全户死亡, 户籍迁出), with the reason of the registry."""
    case = desk.case_of(agg)
    reason = rules.why_gone(agg.state["changes"])
    given = {"step": case.step, "actor": ctx.actor, "on": ctx.today, "reason": reason}
    outcome = ctx.engine.take(case, "abort", **given)
    desk.record(ctx, ctx.store.cases, agg, outcome, "case.abort", desk=DESK)
    outcomes.settle(ctx, agg.id)
