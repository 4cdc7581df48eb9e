"""The early list: households followed before they are monitored (D-07).

State: {household, reason, since, due_on, status, escalated, clue, looks: [{on, by, change, note}], looked,
result, ended_on}. Source: 国乡振发〔2023〕8号 一
(监测对象、低收入人口、收入明显下降以及支出负担骤增的脱贫人口和易地扶贫搬迁群众).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from services.monitoring.domain.care.refusing import refused

State = dict[str, Any]

WATCHING: Final = "watching"
ENDED: Final = "ended"
REASONS: Final[dict[str, str]] = {
    "income_fell": "脱贫户收入明显下降",
    "cost_surge": "脱贫户支出负担骤增",
    "low_income": "低收入人口",
    "relocated": "易地扶贫搬迁群众",
    "clue": "线索核查暂无风险，继续跟踪",
}
RESULTS: Final[dict[str, str]] = {
    "stable": "情况稳定，结束跟踪",
    "included": "已纳入监测",
    "clue": "转为线索核查",
    "moved": "人户不在本地",
}
LOOKS_KEPT: Final = 12
_SOURCE = "国乡振发〔2023〕8号 一"


def begun(household: str, reason: str, on: date, look_days: int, clue: str | None = None) -> State:
    """Return a household on the list; somebody looks again after so many days (policy)."""
    return {
        "household": household,
        "reason": reason,
        "since": on.isoformat(),
        "due_on": (on + timedelta(days=look_days)).isoformat(),
        "status": WATCHING,
        "escalated": "village",
        "clue": clue,
        "looks": [],
        "looked": 0,
        "result": None,
        "ended_on": None,
    }


def check_may_watch(monitored: bool) -> None:
    """Refuse a household that is monitored already: it is followed as such."""
    if monitored:
        message = "该户已是监测对象，按监测帮扶跟踪，不再列入提前关注。"
        raise refused(message, "D-07", _SOURCE, "请在季度评估和走访中办理。", code="care.already_monitored")


def looked(state: State, look: State, look_days: int) -> State:
    """Return the entry after a look {on, by, change, note}; the next is due from that day."""
    _check_watching(state)
    due = (date.fromisoformat(look["on"]) + timedelta(days=look_days)).isoformat()
    kept = [*state["looks"], look][-LOOKS_KEPT:]
    return {**state, "looks": kept, "looked": state["looked"] + 1, "due_on": due, "escalated": "village"}


def ended(state: State, result: str, on: date) -> State:
    """Return the entry ended with its result."""
    _check_watching(state)
    return {**state, "status": ENDED, "result": result, "ended_on": on.isoformat()}


def _check_watching(state: State) -> None:
    if state["status"] != WATCHING:
        message = f"该户已于 {state['ended_on']} 结束提前关注。"
        raise refused(message, "D-07", _SOURCE, "如又出现情况，请重新列入。", code="care.watch_ended")
