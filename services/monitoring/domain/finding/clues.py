"""A clue: somebody or something says that a household may be at risk (S-01…S-06).

State: {household, status, risks, found_on, due_on, close_by, first_channel, responded_on, sources: [...],
response, outcome, reason, closed_on, case}. A source: {channel, on, risks, reporter, department, key,
batch, rule, grounds}. The same household on several channels while the clue is open is one clue with several
sources.
Source: 湘委乡振组发〔2021〕1号 二(二)1; 湘振局发〔2021〕18号 第四章二节三(3).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from shouwang.errors import Refused

State = dict[str, Any]

CHANNELS: Final[dict[str, str]] = {
    "self_report": "农户自报",
    "reported_by_another": "他人代报",
    "app": "手机 APP",
    "hotline": "12317 热线",
    "inspection": "干部走访排查",
    "department": "部门筛查预警",
    "income_watch": "收入监测",
    "follow_up": "消除后回访",
}
BY_ITSELF: Final = frozenset({"income_watch"})
"""Channels of what the suite itself finds (D-07): nobody reports on them."""
WAYS: Final[dict[str, str]] = {
    "self_report": "农户自主申报",
    "reported_by_another": "农户自主申报",
    "app": "农户自主申报",
    "hotline": "农户自主申报",
    "inspection": "干部走访排查",
    "department": "部门筛查预警",
    "income_watch": "干部走访排查",
    "follow_up": "干部走访排查",
}
"""Which of the three ways of S-01, S-02, S-03 a channel belongs to."""

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
OUTCOMES: Final[dict[str, str]] = {
    "included": "已纳入监测",
    "refused": "经程序未纳入",
    "no_risk": "核查无返贫致贫风险",
    "already_monitored": "已是监测对象",
    "solved": "问题已当场解决",
    "followed": "暂无返贫致贫风险，列入提前关注",
    "not_here": "人户不在本地",
    "withdrawn": "农户撤回申请",
}
FOLLOWED: Final = "followed"
"""Outcome of a clue whose household is put on the early list (D-07)."""
MATCHED: Final = "matched"
"""Outcome of an unmatched clue whose household turned up: nobody is told, the sources go on elsewhere."""
BY_CASE: Final = frozenset({"included", "refused", "withdrawn"})
"""Outcomes that only the end of a case gives."""


def source(channel: str, on: date, risks: list[str], **more: Any) -> State:
    """Return one source of a clue; `more`: reporter, note, request, department, key, batch, rule, grounds."""
    return {"channel": channel, "on": on.isoformat(), "risks": sorted(risks), **more}


def opened(household: str | None, first: State, response_days: int, close_days: int) -> State:
    """Return a new clue, to be answered and closed so many days after it was found (S-06: 0 is that day)."""
    found = date.fromisoformat(first["on"])
    return {
        "household": household,
        "status": OPEN if household else UNMATCHED,
        "risks": first["risks"],
        "found_on": first["on"],
        "due_on": (found + timedelta(days=response_days)).isoformat(),
        "close_by": (found + timedelta(days=close_days)).isoformat(),
        "first_channel": first["channel"],
        "sources": [first],
    } | dict.fromkeys(("responded_on", "response", "outcome", "reason", "closed_on", "case"))


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
    names = ("channel", "on", "reporter", "risks", "round")
    return one.get("key") is None and all(one.get(name) == other.get(name) for name in names)


def matched(clue: State, on: date) -> State:
    """Return an unmatched clue put away: its sources go on with the clue of the household that turned up."""
    return {**clue, "status": CLOSED, "outcome": MATCHED, "closed_on": on.isoformat(), "keys": []}


def responded(clue: State, on: date, response: State) -> State:
    """Return the clue answered (`response`: who goes, when, note); only an open clue can be answered."""
    if clue["status"] != OPEN:
        raise _refused("not_open", f"线索{STATUSES[clue['status']]}，不能再登记响应")
    return {**clue, "status": RESPONDED, "responded_on": on.isoformat(), "response": response}


def in_case(clue: State, case: str) -> State:
    """Return the clue that led to an application."""
    if clue["status"] not in (OPEN, RESPONDED):
        raise _refused("not_open", f"线索{STATUSES[clue['status']]}，不能再转入识别程序")
    return {**clue, "status": IN_CASE, "case": case}


def closed(clue: State, outcome: str, reason: str, on: date, *, by_case: bool = False) -> State:
    """Return the clue closed. `included`, `refused` and `withdrawn` come from the case, never by hand."""
    if clue["status"] == CLOSED:
        raise _refused("closed", "线索已办结")
    if not by_case and (outcome in BY_CASE or clue["status"] == IN_CASE):
        raise _refused("in_case", f"“{OUTCOMES[outcome]}”只能由识别程序得出，或线索已在程序中")
    if not by_case and clue["status"] == OPEN:
        raise _refused("not_responded", "线索尚未响应，先登记入户核查再办结")
    return {**clue, "status": CLOSED, "outcome": outcome, "reason": reason, "closed_on": on.isoformat()}


def answers(clue: State) -> list[State]:
    """Return what each department that sent the household is told: {department, key, outcome} (S-03)."""
    return [
        {"department": one["department"], "key": one["key"], "outcome": clue["outcome"]}
        for one in clue["sources"]
        if one.get("department")
    ]


def is_overdue(clue: State, on: date) -> bool:
    """Whether nobody has answered in time (S-06)."""
    return clue["status"] in (OPEN, UNMATCHED) and on > date.fromisoformat(clue["due_on"])


def is_late(clue: State, on: date) -> bool:
    """Whether it is not closed in time (S-03: 跟踪盯办)."""
    return clue["status"] != CLOSED and on > date.fromisoformat(clue["close_by"])


def _refused(code: str, message: str) -> Refused:
    return Refused(
        f"{message}。",
        code=f"clue.{code}",
        remedy="请用 clue 查看其状态。",
        details={"reasons": [{"code": f"clue.{code}", "message": message, "source": "S-03"}]},
    )
