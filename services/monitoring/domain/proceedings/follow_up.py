"""Looking again after a removal: when, at what, and what a new risk leads to (R-04).

State: {household, letter, case, way, removed_on, interval_months, until, next_on, status, clue,
escalated_for, visits: [{on, looked_at, risks, people, findings}]}. How often and how long is the county's
(docs/decisions/0146). Source: 湘振局发〔2021〕18号 第二章一节一、第四章二节三(1), 定期对风险消除对象
收支变化和“两不愁三保障”进行跟踪分析.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

from shouwang.errors import Refused
from shouwang.periods import Month

State = dict[str, Any]
RUNNING, DONE, REBOUND, UNDONE = "running", "done", "rebound", "undone"
STATUSES: Final = {RUNNING: "回访中", DONE: "回访期满", REBOUND: "风险反弹", UNDONE: "消除决定已更正"}
LOOKED_AT: Final[dict[str, str]] = {
    "income": "收入",
    "spending": "刚性支出",
    "food_and_clothing": "不愁吃不愁穿",
    "housing": "住房安全",
    "school": "义务教育",
    "insurance": "基本医疗",
    "water": "饮水安全",
}
"""收支变化和“两不愁三保障”及饮水安全: a visit looks at all of them."""


def opened(household: str, case: str, way: str, removed_on: date, interval: int, months: int) -> State:
    """Return the follow-up of a removal: a visit every `interval` months, for `months` months."""
    until = ends_on(removed_on, months)
    first = min(_later(removed_on, interval), until)
    return {
        "household": household,
        "letter": "F",
        "case": case,
        "way": way,
        "removed_on": removed_on.isoformat(),
        "interval_months": interval,
        "until": until.isoformat(),
        "next_on": first.isoformat(),
        "status": RUNNING,
        "visits": [],
        "clue": None,
        "escalated_for": None,
    }


def visited(state: State, visit: Mapping[str, Any]) -> State:
    """Return the follow-up with a visit; the next is due an interval later, until the time is over."""
    _check(state, visit)
    on, until = date.fromisoformat(visit["on"]), date.fromisoformat(state["until"])
    visits = [*state["visits"], dict(visit)]
    if on >= until:
        return {**state, "visits": visits, "status": DONE, "next_on": None}
    following = min(_later(on, state["interval_months"]), until)
    return {**state, "visits": visits, "next_on": following.isoformat(), "escalated_for": None}


def _check(state: State, visit: Mapping[str, Any]) -> None:
    if state["status"] != RUNNING:
        told = f"该户{STATUSES[state['status']]}，不再登记回访"
        raise Refused(
            told, code="follow_up.not_running", remedy="请核对案件；只有消除风险后的跟踪期内才登记回访。"
        )
    last = state["visits"][-1]["on"] if state["visits"] else state["removed_on"]
    if visit["on"] < last:
        raise Refused(
            f"回访日期 {visit['on']} 早于 {last}",
            code="follow_up.backdated",
            remedy="请按回访先后登记，日期不早于上一次。",
        )
    if left_out := unseen(visit["looked_at"]):
        told = f"回访没有查看：{'、'.join(left_out)}"
        raise Refused(told, code="follow_up.not_everything", remedy="请补看后一并登记。")


def unseen(looked_at: Collection[str]) -> list[str]:
    """Return what a visit has not looked at, in Chinese."""
    return [title for name, title in LOOKED_AT.items() if name not in looked_at]


def rebounded(state: State, case: str) -> State:
    """Return the follow-up of a household that is in identification again."""
    return {**state, "status": REBOUND, "next_on": None, "rebound": case}


def undone(state: State) -> State:
    """Return the follow-up of a removal that was corrected."""
    return {**state, "status": UNDONE, "next_on": None}


def is_overdue(state: Mapping[str, Any], on: date) -> bool:
    """Whether the visit that is due has not been made by its day."""
    return bool(state["status"] == RUNNING and on.isoformat() > state["next_on"])


def ends_on(removed_on: date, months: int) -> date:
    """Return the last day of a follow-up; so long the contact person stays, too (D-03)."""
    return _later(removed_on, months)


def _later(day: date, months: int) -> date:
    """Return the same day so many months later, the last of a month that is shorter."""
    month = Month.of(day).shift(months)
    return date(month.year, month.month, min(day.day, month.last.day))
