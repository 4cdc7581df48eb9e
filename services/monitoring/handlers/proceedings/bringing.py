"""What a step brings besides papers: the meeting's record, the coded reason, the day of each signature.

It stands encrypted in `state["attached"]`, by the number of the entry: {meeting, told, reason_code, signed}.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, Final

from shouwang.decision import Decision
from shouwang.errors import BadRequest
from shouwang.procedure import Outcome
from shouwang.procedure.desk import Desk, Told
from shouwang.procedure.model import WITHDRAW
from shouwang.procedure.reasons import Reason, refusal
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.proceedings import meeting as meetings
from services.monitoring.handlers.places import region_of_id
from services.monitoring.handlers.proceedings import withdrawing
from services.monitoring.handlers.proceedings.deciding import COUNTY_STEP, DESK

Json = dict[str, Any]
APPRAISAL: Final = "village_appraisal"
BORNE: Final = frozenset({"pass", "refuse"})
"""What only a meeting can do; who sends back may do so without one."""
COUNTED_ACTIONS: Final = frozenset({"send_back", "refuse"})
REVIEW_PAPER: Final = "special_review_record"
NO_RECORD: Final = "评议须有会议记录内容（meeting）：时间、地点、到会人员及身份、表决情况"
OTHER: Final = "other"


def check(ctx: Context, request: Json) -> None:
    """Refuse what does not belong to the step, and a signature of a day to come."""
    if request["meeting"] is not None and request["step"] != APPRAISAL:
        raise BadRequest(
            "评议会议记录（meeting）只随村级评议提交",
            code="meeting.not_here",
            remedy="请去掉 meeting，或在村级评议一步提交。",
        )
    if request["reason_code"] is not None and request["action"] not in COUNTED_ACTIONS:
        raise BadRequest(
            "理由分类（reason_code）只用于退回和不予通过",
            code="case.reason_code_not_here",
            remedy="请去掉 reason_code，或改为退回、不予通过。",
        )
    _check_reason_code(ctx, request)
    if request["action"] == WITHDRAW:
        withdrawing.check(ctx, request["case"])
    if any(one["on"] and one["on"] > ctx.today for one in request["people"]):
        raise BadRequest(
            f"签字日期不能晚于今天 {ctx.today}", code="case.signed_later", remedy="请填实际签字的日期。"
        )


def _check_reason_code(ctx: Context, request: Json) -> None:
    if request["reason_code"] is None:
        return
    table = ctx.policy.codes("decision_reasons", ctx.today, region=region_of_id(request["case"]))
    known = {one.name: one.label for one in table}
    if request["reason_code"] not in known:
        told = "、".join(f"{name}（{label}）" for name, label in known.items())
        raise BadRequest("没有这类理由", code="case.unknown_reason", remedy=f"可用的有：{told}。")


def with_review(ctx: Context, request: Json) -> Json:
    """Return the request with the record of the special review among its papers, where there is one."""
    review = ctx.store.cases.get(request["case"]).state["review"]
    brought = [one["name"] for one in request["papers"]]
    if request["step"] != COUNTY_STEP or review is None or REVIEW_PAPER in brought:
        return request
    paper = {"name": REVIEW_PAPER, "reference": review["reference"], "on": review["on"]}
    return {**request, "papers": [*request["papers"], paper]}


def desk_for(request: Json) -> Desk:
    """Return the desk of cases that also keeps what this request brings."""
    return replace(DESK, follow=partial(_follow, request))


def _follow(request: Json, ctx: Context, agg: Aggregate, outcome: Outcome) -> Iterable[Told]:
    """The engine has let the step pass; now what it brought must hold too, else nothing is stored."""
    entry = outcome.case.entries[-1]
    on = entry.on.isoformat()
    attached: Json = {
        "signed": [{**one, "on": one["on"].isoformat() if one["on"] else on} for one in request["people"]],
        "reason_code": (request["reason_code"] or OTHER) if entry.action in COUNTED_ACTIONS else None,
        **_meeting(ctx, agg, request),
    }
    number = str(len(outcome.case.entries) - 1)
    agg.state["attached"] = {**agg.state["attached"], number: attached}
    also = withdrawing.told(ctx, agg) if entry.action == WITHDRAW else []
    return [*DESK.follow(ctx, agg, outcome), *also]


def _meeting(ctx: Context, agg: Aggregate, request: Json) -> Json:
    if request["step"] != APPRAISAL or request["action"] not in BORNE:
        return {"meeting": None, "told": []}
    record = request["meeting"]
    if record is None:
        raise _refused(code="meeting.missing", told=NO_RECORD)
    _check_day(ctx, agg, record)
    _check_signers(request, record)
    found = _judged(ctx, agg, request["action"], record)
    return {"meeting": _kept(record), "told": [one.sentence() for one in found]}


def _check_day(ctx: Context, agg: Aggregate, record: Json) -> None:
    earliest = agg.state["case"]["entries"][-2]["on"]
    if not date.fromisoformat(earliest) <= record["held_on"] <= ctx.today:
        raise _refused(code="meeting.day", told=f"评议日期应在 {earliest} 至 {ctx.today} 之间")


def _check_signers(request: Json, record: Json) -> None:
    attended = {one["person_ref"] for one in record["attended"]}
    absent = [one["role"] for one in request["people"] if one["person_ref"] not in attended]
    if absent or record["chair"] not in attended:
        raise _refused(code="meeting.signer_absent", told="主持人和在会议记录上签字的人应在到会人员之中")


def _judged(ctx: Context, agg: Aggregate, action: str, record: Json) -> list[Decision]:
    view = ctx.policy.at(record["held_on"], agg.region)  # of the day of the meeting, however late it is told
    found = meetings.decisions(action, meetings.meeting_of(record), view)
    against = [one for one in found if not one.is_yes]
    if against:
        raise _refused(code="meeting.not_in_order", told="".join(one.sentence() for one in against))
    return found


def _kept(record: Json) -> Json:
    return {**record, "held_on": record["held_on"].isoformat()}


def _refused(*, code: str, told: str) -> Exception:
    source = "湘委乡振组发〔2021〕1号 二(二)2 第三步、二(三)2 第三步"
    return refusal([Reason(code, told.rstrip("。"), source, "meeting_record")], "村级评议")
