"""Why: the decisions of a case, computed again from what was stored, as sentences (R-05)."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.decision import Decision, replay
from shouwang.errors import BadRequest, NotFound
from shouwang.procedure import desk
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.proceedings.guards import GUARDS
from services.monitoring.handlers.places import own_household_only
from services.monitoring.handlers.portrait import explaining as standing
from services.monitoring.handlers.proceedings.cases import IDENTIFICATION, facts_of

Json = dict[str, Any]


def explain(ctx: Context, request: Json) -> Json:
    """Return the newest decision of a case, or of a household's newest case, as of a day.

    Every stored decision is computed anew (Tampered when it differs). Where nothing is decided yet: what
    would be decided on what is known, marked `decided: false`. about class or category: of the household.
    """
    if request["about"] != "case":
        return _standing(ctx, request)
    agg = _case(ctx, request)
    own_household_only(ctx, agg.state["household"])
    ctx.reads.record(ctx.actor.to_dict(), agg.state["household"], "查询决定理由", ctx.today)
    stored = _decisions(agg, request["as_of"] or ctx.today)
    found = [replay(one, ctx.policy) for one in stored] or [_now(ctx, agg)]
    return {
        "case": agg.id,
        "corrects": agg.state["case"]["supersedes"],
        "decided": bool(stored),
        "sentence": "".join(one.sentence() for one in found),
        "decision": found[0].to_dict(),
        "decisions": [one.to_dict() for one in found],
    }


def _standing(ctx: Context, request: Json) -> Json:
    if request["household"] is None or request["case"] is not None:
        raise BadRequest(
            "等级和类型推算是一户的：请给出 household", code="explain.what", remedy="请只给出其中一个。"
        )
    return standing.explain(ctx, request)


def _case(ctx: Context, request: Json) -> Aggregate:
    if (request["case"] is None) == (request["household"] is None):
        raise BadRequest("请给出 case 或 household 之一", code="explain.what", remedy="请只给出其中一个。")
    if request["case"]:
        found: Aggregate = ctx.store.cases.get(request["case"])
        return found
    own_household_only(ctx, request["household"])
    day = (request["as_of"] or ctx.today).isoformat()
    opened: list[Aggregate] = [
        agg for agg in ctx.store.cases_of(request["household"]) if agg.state["opened_on"] <= day
    ]
    if not opened:
        raise NotFound(
            f"该户到 {day} 没有案件", code="explain.no_case", remedy="可用 household 查看登记情况。"
        )
    return opened[-1]


def _decisions(agg: Aggregate, as_of: date) -> list[Json]:
    """Return the decisions of the newest entry that has any, up to a day."""
    entries = [one for one in agg.state["case"]["entries"] if one["on"] <= as_of.isoformat()]
    return next((one["decisions"] for one in reversed(entries) if one["decisions"]), [])


def _now(ctx: Context, agg: Aggregate) -> Decision:
    case = desk.case_of(agg)
    guard = GUARDS["eligible" if case.procedure == IDENTIFICATION else "criteria_met"]
    return guard(facts_of(ctx, agg), ctx.engine.view(case, ctx.today))
