"""A clue: somebody or something says that a household may be at risk (S-01…S-06).

State: {household, status, risks, found_on, due_on, close_by, first_channel, responded_on, sources: [...],
response, check, outcome, reason, closed_on, case, answers, escalated_on, escalations: {level: day}}. A
source: {channel, on, risks, reporter, reference, department, key, batch, rule, grounds}. The same household
on several channels while the clue is open is one clue with several sources.
Source: 湘委乡振组发〔2021〕1号 二(二)1; 湘振局发〔2021〕18号 第四章二节三(3).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from shouwang.errors import Refused

from services.monitoring.domain.finding.channels import CHANNELS, DEPARTMENT, SOCIAL, WAYS

__all__ = ["CHANNELS", "WAYS"]
State = dict[str, Any]

UNMATCHED: Final = "unmatched"
OPEN: Final = "open"
RESPONDED: Final = "responded"
IN_CASE: Final = "in_case"
CLOSED: Final = "closed"
STATUSES: Final[dict[str, str]] = {
    UNMATCHED: "未找到对应农户",
    OPEN: "待响应",
    RESPONDED: "已响应、待核查结论",
    IN_CASE: "已进入识别程序",
    CLOSED: "已办结",
}
PENDING: Final = "期限待定"
"""How people read a term that nobody has set: the report is taken, its day follows (decision 0294)."""
OUTCOMES: Final[dict[str, str]] = {
    "included": "已纳入监测",
    "refused": "经程序未纳入",
    "no_risk": "核查无返贫致贫风险",
    "already_monitored": "已是监测对象",
    "solved": "问题已当场解决",
    "followed": "暂无返贫致贫风险，列入提前关注",
    "not_here": "人户不在本地",
    "wrong_person": "所报对象有误",
    "not_found": "查无此人",
    "withdrawn": "农户撤回申请",
    "gone": "全户死亡或迁出，登记已终止",
}
FREE: Final = (OPEN, RESPONDED)
"""A clue of a household that is in no case and not closed: it may be checked, moved, applied on."""
FOLLOWED: Final = "followed"
"""Outcome of a clue whose household is put on the early list (D-07)."""
MATCHED: Final = "matched"
"""Outcome of an unmatched clue whose household turned up: nobody is told, the sources go on elsewhere."""
REASSIGNED: Final = "reassigned"
"""Outcome of a clue that was another household's: its sources go on there, nobody is told yet."""
GONE: Final = "gone"
NOT_BY_HAND: Final = frozenset({"included", "refused", "withdrawn", GONE})
"""Outcomes that only the end of a case, or of the registration, gives."""
UNSEEN: Final = frozenset({"not_found", "not_here", "wrong_person"})
"""The only outcomes of a clue whose person nobody found."""
WITHOUT_CHECK: Final = frozenset({"already_monitored"})
"""Outcomes that need no visit, even to what a department sent."""
AGAINST_RISK: Final = frozenset({"no_risk", "not_here", "wrong_person"})
"""Outcomes that contradict a check which found the household at risk."""
FINDINGS: Final[dict[str, str]] = {
    "at_risk": "核查有返贫致贫风险",
    **{
        name: OUTCOMES[name]
        for name in ("no_risk", "already_monitored", "solved", "not_here", "wrong_person")
    },
}
"""What a household check may find."""


def source(channel: str, on: date, risks: list[str], **more: Any) -> State:
    """Return one source of a clue; `more`: reporter, note, request, department, key, batch, rule, grounds."""
    return {"channel": channel, "on": on.isoformat(), "risks": sorted(risks), **more}


def opened(household: str | None, first: State, response_days: int | None, close_days: int | None) -> State:
    """Return a new clue, to be answered and closed so many days after it was found (S-06: 0 is that day).

    Days that nobody has set (None) leave the term open: `due_on`, `close_by` None.
    """
    return {
        "household": household,
        "status": OPEN if household else UNMATCHED,
        "risks": first["risks"],
        "found_on": first["on"],
        "due_on": after(first["on"], response_days),
        "close_by": after(first["on"], close_days),
        "first_channel": first["channel"],
        "sources": [first],
        "answers": [],
        "escalations": {},
    } | dict.fromkeys(("responded_on", "response", "check", "outcome", "reason", "closed_on", "case"))


def dated(clue: State, response_days: int | None, close_days: int | None) -> State:
    """Return the clue with the terms that were open, counted from the day it was found as any other's.

    One that has been answered gets no day by which it had to be: nobody is late for a term set afterwards.
    """
    due, close = after(clue["found_on"], response_days), after(clue["found_on"], close_days)
    unanswered = clue["status"] in (OPEN, UNMATCHED)
    return {
        **clue,
        "due_on": clue["due_on"] or (due if unanswered else None),
        "close_by": clue["close_by"] or close,
    }


def after(day: str, days: int | None) -> str | None:
    """Return the day so many days later; None where nobody has set how many."""
    return None if days is None else (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def joined(clue: State, another: State) -> State:
    """Return the clue with one more source; what a department sends twice (same key) changes nothing."""
    if already_has(clue, another):
        return clue
    risks = sorted({*clue["risks"], *another["risks"]})
    return {**clue, "risks": risks, "sources": [*clue["sources"], another]}


def already_has(clue: State, another: State) -> bool:
    """Whether this very source is there: the key of a department, else channel, day and reporter."""
    return any(_same(one, another) for one in clue["sources"])


def _same(one: State, other: State) -> bool:
    if other.get("key") is not None:
        return (one.get("department"), one.get("key")) == (other.get("department"), other["key"])
    names = ("channel", "on", "reporter", "risks", "round", "reference")
    return one.get("key") is None and all(one.get(name) == other.get(name) for name in names)


def matched(clue: State, on: date) -> State:
    """Return an unmatched clue put away: its sources go on with the clue of the household that turned up."""
    return _put_away(clue, MATCHED, on)


def reassigned(clue: State, on: date) -> State:
    """Return a clue put away that was another household's; what stands in a case or is closed stays."""
    if clue["status"] not in (*FREE, UNMATCHED):
        raise _refused("not_open", f"线索{STATUSES[clue['status']]}，不能再改挂到别的农户")
    return moved_on(clue, on)


def moved_on(clue: State, on: date) -> State:
    """Return a clue put away whose household was taken in by another, where its sources go on (D-01)."""
    return _put_away(clue, REASSIGNED, on)


def _put_away(clue: State, outcome: str, on: date) -> State:
    return {**clue, "status": CLOSED, "outcome": outcome, "closed_on": on.isoformat(), "keys": []}


def responded(clue: State, on: date, response: State) -> State:
    """Return the clue answered (`response`: who goes, when, note); only an open clue can be answered."""
    if clue["status"] != OPEN:
        raise _refused("not_open", f"线索{STATUSES[clue['status']]}，不能再登记响应")
    return {**clue, "status": RESPONDED, "responded_on": on.isoformat(), "response": response}


def in_case(clue: State, case: str) -> State:
    """Return the clue that led to an application."""
    if clue["status"] not in FREE:
        raise _refused("not_open", f"线索{STATUSES[clue['status']]}，不能再转入识别程序")
    return {**clue, "status": IN_CASE, "case": case}


def checked(clue: State, check: State, least: int, on: date) -> State:
    """Return the clue with its household check (入户核查): {on, people: [{person_ref, role}], finding,
    note, by}.

    `least`: how many persons go at least (policy). A check of a clue that nobody had answered answers it.
    """
    if clue["status"] not in FREE:
        raise _refused("not_open", f"线索{STATUSES[clue['status']]}，不能再登记入户核查")
    if len({one["person_ref"] for one in check["people"]}) < least:
        raise _refused("too_few_people", f"入户核查每组不少于 {least} 人")
    if date.fromisoformat(check["on"]) < date.fromisoformat(clue["found_on"]):
        raise _refused("check_too_early", "入户核查早于线索发现日期")
    answered = clue["responded_on"] or on.isoformat()
    return {**clue, "status": RESPONDED, "responded_on": answered, "check": check}


def closed(clue: State, outcome: str, reason: str, on: date, *, by_case: bool = False) -> State:
    """Return the clue closed. What a case or the registry says (NOT_BY_HAND) is never said by hand."""
    if clue["status"] == CLOSED:
        raise _refused("closed", "线索已办结")
    if not by_case:
        _check_by_hand(clue, outcome)
    return {**clue, "status": CLOSED, "outcome": outcome, "reason": reason, "closed_on": on.isoformat()}


def _check_by_hand(clue: State, outcome: str) -> None:
    if outcome in NOT_BY_HAND or clue["status"] == IN_CASE:
        raise _refused("in_case", f"“{OUTCOMES[outcome]}”只能由识别程序或户籍登记得出，或线索已在程序中")
    if not _fits(clue, outcome):
        raise _refused("outcome", f"{STATUSES[clue['status']]}的线索不能以“{OUTCOMES[outcome]}”办结")
    if clue["status"] == OPEN:
        raise _refused("not_responded", "线索尚未响应，先登记入户核查再办结")
    _check_finding(clue, outcome)


def _fits(clue: State, outcome: str) -> bool:
    """Whether the outcome can be that of a clue with, or without, a household."""
    return outcome in UNSEEN if clue["status"] == UNMATCHED else outcome != "not_found"


def _check_finding(clue: State, outcome: str) -> None:
    """Refuse to close what a department sent unvisited, or against what the check found (S-03)."""
    if clue["check"] is None:
        if clue["status"] != UNMATCHED and is_departments(clue) and outcome not in WITHOUT_CHECK:
            raise _refused("not_checked", "部门推送的线索须先登记入户核查，再办结并反馈")
    elif clue["check"]["finding"] == "at_risk" and outcome in AGAINST_RISK:
        raise _refused("at_risk", f"入户核查有返贫致贫风险，不能以“{OUTCOMES[outcome]}”办结")


def is_departments(clue: State) -> bool:
    """Whether a department sent it."""
    return any(one["channel"] == DEPARTMENT for one in clue["sources"])


def owed_answers(clue: State) -> list[State]:
    """Return who from outside waits for an answer: {channel, reference} (S-04)."""
    given = {(one["channel"], one["reference"]) for one in clue["answers"]}
    asked = [(one["channel"], one["reference"]) for one in clue["sources"] if one["channel"] in SOCIAL]
    waiting = dict.fromkeys(one for one in asked if one not in given)
    return [{"channel": channel, "reference": reference} for channel, reference in waiting]


def reporter_answered(clue: State, answer: State, today: date) -> State:
    """Return the clue with an answer to who told it from outside: {channel, reference, on, way, by}."""
    if clue["status"] != CLOSED:
        raise _refused("not_closed", "线索尚未办结，办结后再答复来源单位")
    if {name: answer[name] for name in ("channel", "reference")} not in owed_answers(clue):
        raise _refused("no_answer_owed", "没有待答复的这一来源，或已经答复")
    if not clue["closed_on"] <= answer["on"] <= today.isoformat():
        raise _refused("answered_on", f"答复日期应在办结（{clue['closed_on']}）之后、今天（{today}）之前")
    return {**clue, "answers": [*clue["answers"], answer]}


def answers(clue: State) -> list[State]:
    """Return what each department that sent the household is told: {department, key, outcome} (S-03)."""
    return [
        {"department": one["department"], "key": one["key"], "outcome": clue["outcome"]}
        for one in clue["sources"]
        if one.get("department")
    ]


def is_overdue(clue: State, on: date) -> bool:
    """Whether nobody has answered in time (S-06); while the term is open: not yet."""
    return clue["status"] in (OPEN, UNMATCHED) and _past(clue["due_on"], on)


def is_late(clue: State, on: date) -> bool:
    """Whether it is not closed in time (S-03: 跟踪盯办); while the term is open: not yet."""
    return clue["status"] != CLOSED and _past(clue["close_by"], on)


def _past(term: str | None, on: date) -> bool:
    return term is not None and on.isoformat() > term


def _refused(code: str, message: str) -> Refused:
    return Refused(
        f"{message}。",
        code=f"clue.{code}",
        remedy="请用 clue 查看其状态。",
        details={"reasons": [{"code": f"clue.{code}", "message": message, "source": "S-03"}]},
    )
