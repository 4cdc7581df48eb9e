"""The special review of the county as a step of its own, on record before it decides (R-03)."""

from __future__ import annotations

from typing import Any

from shouwang.errors import BadRequest, Conflict
from shouwang.procedure.reasons import Reason, refusal
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.proceedings import review as rules
from services.monitoring.handlers.proceedings.deciding import COUNTY_STEP
from services.monitoring.handlers.proceedings.knowing import review_grounds
from services.monitoring.views.proceedings import case_view

Json = dict[str, Any]


def record_special_review(ctx: Context, request: Json) -> Json:
    """Keep who reviewed, when, on which grounds, and what they concluded; a later record takes its place."""
    agg = ctx.store.cases.get(request["case"])
    if agg.carried_out(ctx.request_id):
        return case_view(agg)
    _check_stands(agg)
    _check(ctx, agg, request)
    people = [{"person_ref": one["person_ref"], "role": one["role"]} for one in request["people"]]
    kept = {name: request[name] for name in ("grounds", "findings", "conclusion", "reference")}
    agg.state["review"] = {**kept, "on": request["on"].isoformat(), "people": people, "by": ctx.actor.id}
    detail = {"grounds": sorted(request["grounds"]), "conclusion": request["conclusion"]}
    ctx.save(ctx.store.cases, agg, "case.specially_reviewed", detail, result=case_view(agg))
    return case_view(agg)


def _check_stands(agg: Aggregate) -> None:
    case = agg.state["case"]
    if (case["procedure"], case["step"], case["status"]) != ("removal", COUNTY_STEP, "open"):
        raise Conflict(
            "只有待县级审定的消除案件才作重点审查",
            code="review.not_here",
            where=agg.id,
            remedy="请核对案件编号和所在环节。",
        )


def _check(ctx: Context, agg: Aggregate, request: Json) -> None:
    last = agg.state["case"]["entries"][-1]["on"]
    if not last <= request["on"].isoformat() <= ctx.today.isoformat():
        raise BadRequest(
            f"审查日期应在 {last} 至 {ctx.today} 之间", code="review.day", remedy="请填实际审查的日期。"
        )
    needed = ctx.policy.at(request["on"], agg.region).special_review_people
    if len({one["person_ref"] for one in request["people"]}) < needed:
        raise BadRequest(
            f"重点审查须有不少于 {needed} 名不同人员参加",
            code="review.too_few_people",
            remedy="请补足参加人员后再提交。",
        )
    if missing := rules.uncovered(review_grounds(ctx, agg), request["grounds"]):
        told = f"重点审查未涉及：{'、'.join(rules.GROUNDS[one] for one in missing)}"
        source = "湘委乡振组发〔2021〕1号 二(三)2 第五步"
        raise refusal(
            [Reason(code="review.grounds", message=told, source=source, about=one) for one in missing[:1]],
            agg.id,
        )
