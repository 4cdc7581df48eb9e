"""What the notice service reports: posted, objection raised, objection closed. Facts of another service.

They may arrive late or twice: the same fact twice changes nothing; the day of the fact is kept in the notice,
and the entry is never dated before the one in front of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NoReturn

from shouwang.periods import notice_opens_on
from shouwang.procedure.case import Case
from shouwang.procedure.gates import opened_on, running_notice, takes_no_more
from shouwang.procedure.model import SEND_BACK, Procedure
from shouwang.procedure.moves import redone, returned
from shouwang.procedure.outcome import Effect, Outcome
from shouwang.procedure.parts import Entry, Notice, Objection, day_of
from shouwang.procedure.reasons import (
    BACKDATED,
    CLOSED_CASE,
    GATE_SHUT,
    NOTICE_CLOSED,
    OPEN_OBJECTION,
    Reason,
    refusal,
)

POSTED = "notice_posted"
RAISED = "objection_raised"
CLOSED = "objection_closed"
UPHELD = "objection_upheld"


def posted(case: Case, notice_id: str, on: date) -> Outcome:
    """The notice hangs since `on`; its days begin on the day after."""
    if _recorded(case, POSTED, notice=notice_id):
        return Outcome(case)
    notice = _running(case)
    if notice.id is not None:
        _refuse(case, NOTICE_CLOSED, f"公示 {notice.id} 已张贴，不能再张贴 {notice_id}")
    _in_order(case, on, notice.requested_on, "公示张贴")
    opens = notice_opens_on(on, notice.days)
    hung = replace(notice, id=notice_id, posted_on=on, opens_on=opens)
    detail = {"notice": notice_id, "posted_on": on.isoformat(), "opens_on": opens.isoformat()}
    return Outcome(_noted(case, POSTED, on, detail, hung))


def raised(case: Case, objection_id: str, on: date, notice_id: str | None) -> Outcome:
    """An objection holds the gate; once the gate stood open that day it comes too late."""
    if _recorded(case, RAISED, objection=objection_id):
        return Outcome(case)
    notice = _posted(case, notice_id)
    _in_order(case, on, notice.posted_on, "异议提出")
    if takes_no_more(notice, on):
        _refuse(case, NOTICE_CLOSED, f"公示已于 {opened_on(notice)} 期满，不再受理异议")
    held = replace(notice, objections=(*notice.objections, Objection(objection_id, on)))
    detail = {"notice": notice.id, "objection": objection_id, "raised_on": on.isoformat()}
    return Outcome(_noted(case, RAISED, on, detail, held))


def closed(procedure: Procedure, case: Case, objection_id: str, on: date, upheld: bool) -> Outcome:
    """An objection is answered; upheld, it sends the case back to where the procedure says."""
    if _recorded(case, CLOSED, objection=objection_id):
        return Outcome(case)
    if not _recorded(case, RAISED, objection=objection_id):
        _refuse(case, GATE_SHUT, f"本案没有登记过异议 {objection_id}")
    detail = {"objection": objection_id, "closed_on": on.isoformat(), "upheld": upheld}
    notice = running_notice(case)
    mine = [one for one in notice.objections if one.id == objection_id] if notice else []
    if notice is None or not mine:
        return Outcome(_noted(case, CLOSED, on, {**detail, "earlier_notice": True}, case.notice))
    _in_order(case, on, mine[0].raised_on, "异议办结")
    answered = replace(mine[0], closed_on=on, upheld=upheld)
    others = tuple(answered if one.id == objection_id else one for one in notice.objections)
    case = _noted(case, CLOSED, on, detail, replace(notice, objections=others))
    return _sent_back(procedure, case, objection_id) if upheld else Outcome(case)


def caught_up(procedure: Procedure, case: Case, state: Mapping[str, Any]) -> Outcome:
    """Take over what the notice service knows of the notice and no event has told yet.

    `state`: {notice, posted_on, objections: [{id, raised_on, closed_on, upheld}]}, dates ISO. An objection
    that came too late for the case but is still open there holds the gate all the same: both must agree.
    """
    outcome = posted(case, state["notice"], date.fromisoformat(state["posted_on"]))
    for told in state["objections"]:
        notice = running_notice(outcome.case)
        if notice is None or notice.id != state["notice"]:
            break
        outcome = _told(procedure, outcome.case, notice, told)
    return outcome


def _told(procedure: Procedure, case: Case, notice: Notice, told: Mapping[str, Any]) -> Outcome:
    on, closed_on = date.fromisoformat(told["raised_on"]), day_of(told["closed_on"])
    known = any(one.id == told["id"] for one in notice.objections)
    if not known and takes_no_more(notice, on):
        if closed_on is None:
            _refuse(case, OPEN_OBJECTION, f"公示异议 {told['id']} 尚未调查办结")
        return Outcome(case)
    outcome = raised(case, told["id"], on, notice.id)
    if closed_on is None:
        return outcome
    return closed(procedure, outcome.case, told["id"], closed_on, told["upheld"])


def _sent_back(procedure: Procedure, case: Case, objection_id: str) -> Outcome:
    step = procedure.step(case.step)
    to = step.when_upheld or procedure.back_from(step)[0]
    detail = {"to": to, "redone": redone(procedure, to), "objection": objection_id}
    entry = Entry(step.id, SEND_BACK, case.last_on, reason=UPHELD, detail=detail)
    back = replace(returned(procedure, case, to).add(entry), entered_on=case.last_on)
    known = {"case": case.id, "procedure": case.procedure, "version": case.version, "region": case.region}
    told = {
        "on": case.last_on.isoformat(),
        "step": step.id,
        "title": step.title,
        "action": SEND_BACK,
        "to": to,
    }
    return Outcome(back, (Effect("sent_back", {**known, **told}),))


def _noted(case: Case, action: str, on: date, detail: dict[str, Any], notice: Notice | None) -> Case:
    step = notice.step if notice else case.step
    return case.add(Entry(step, action, max(on, case.last_on), detail=detail), notice=notice)


def _recorded(case: Case, action: str, **detail: str) -> bool:
    return any(entry.action == action and detail.items() <= entry.detail.items() for entry in case.entries)


def _running(case: Case) -> Notice:
    if not case.is_open:
        _refuse(case, CLOSED_CASE, f"本案已结（{case.status}）")
    if (notice := running_notice(case)) is None:
        _refuse(case, NOTICE_CLOSED, "本案现在没有进行中的公示")
    return notice


def _posted(case: Case, notice_id: str | None) -> Notice:
    notice = _running(case)
    if notice.id is None:
        _refuse(case, GATE_SHUT, "公示尚未张贴，不能登记异议")
    if notice_id not in (None, notice.id):
        _refuse(case, NOTICE_CLOSED, f"公示 {notice_id} 已不是进行中的公示")
    return notice


def _in_order(case: Case, on: date, earliest: date | None, what: str) -> None:
    if earliest is not None and on < earliest:
        _refuse(case, BACKDATED, f"{what}日期 {on} 早于 {earliest}")


def _refuse(case: Case, code: str, message: str) -> NoReturn:
    raise refusal([Reason(code, message)], f"案件 {case.id}")
