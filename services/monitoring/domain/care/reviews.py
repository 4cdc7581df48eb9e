"""Review rounds: the town every half month, the county every month, and jointly every quarter (D-02).

Source: 大委乡振组〔2023〕21号 四(四) (村级动态排查、乡级半月定期研判、县级每月定期调度), taken over by the
county; 湘委乡振组发〔2021〕1号 五(四) (月比对、季分析、季调度、年考核). How many a month is policy. What a
quarterly one decides stands in the problem ledger: there it is followed up (decision 0165).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from shouwang.periods import Month, Quarter

from services.monitoring.domain.care.refusing import refused

State = dict[str, Any]
DUE: Final = "due"
DONE: Final = "done"
TITLES: Final[dict[str, str]] = {"town": "乡镇定期研判", "county": "县级定期调度"}
JOINT: Final = "季调度"
_SOURCE = "大委乡振组〔2023〕21号 四(四)"


def parts_of(month: Month, a_month: int) -> list[tuple[date, date]]:
    """Return a month cut into so many equal parts, the last with what remains (2: 1–15, 16–end)."""
    length = 30 // a_month
    starts = [month.first + timedelta(days=length * number) for number in range(a_month)]
    ends = [one - timedelta(days=1) for one in starts[1:]] + [month.last]
    return list(zip(starts, ends, strict=True))


def period_of(on: date, a_month: int) -> tuple[str, date]:
    """Return the name of the period in which a day lies ("2021-07-2") and its last day."""
    month = Month.of(on)
    for number, (_, end) in enumerate(parts_of(month, a_month), 1):
        if on <= end:
            return f"{month}-{number}", end
    raise AssertionError("the last part ends with the month")


def joint_period(on: date) -> tuple[str, date]:
    """Return the quarter of a day ("2021Q3"), for which the county schedules jointly, and its last day."""
    quarter = Quarter.of(on)
    return str(quarter), quarter.last


def title(level: str, period: str) -> str:
    """Return what a review is called: 季调度 of a quarter, else by its level."""
    return JOINT if "Q" in period else TITLES[level]


def wanted(level: str, period: str, due_on: date) -> State:
    """Return a review that is still to be held."""
    empty = dict.fromkeys(("on", "by", "people", "note", "seen"))
    return {
        "level": level,
        "period": period,
        "status": DUE,
        "due_on": due_on.isoformat(),
        "escalated": "village",
        "decisions": [],
    } | empty


def held(state: State, given: State, on: date) -> State:
    """Return the review with its record: {by, people, note, seen, decisions}.

    seen: what stood open that day; decisions: numbers of the problem ledger.
    """
    if state["status"] == DONE:
        message = f"{state['period']} 的{title(state['level'], state['period'])}已于 {state['on']} 登记。"
        raise refused(message, "D-02", _SOURCE, "无需重复登记。", code="care.review_held")
    return {**state, **given, "status": DONE, "on": on.isoformat()}
