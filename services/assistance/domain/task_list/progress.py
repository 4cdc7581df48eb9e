"""The 97 tasks: what each responsible unit reported, whether it is late, how a task stands (A-10).

A task of the list is {number, text, lead, responsible, due_on}; its state holds {unit: {state, on, evidence,
…}} of the units that reported. Source: 衡委振组发〔2021〕1号.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from shouwang.errors import Forbidden, Refused

NOT_BEGUN, UNDER_WAY, DONE, BLOCKED = "not_begun", "under_way", "done", "blocked"
STATES: Final = {NOT_BEGUN: "未启动", UNDER_WAY: "推进中", DONE: "已完成", BLOCKED: "受阻"}

Json = dict[str, Any]


def check_report(
    task: Mapping[str, Any], unit: str, own: Iterable[str], state: str, evidence: list[str]
) -> None:
    """Refuse a report for another unit, for a task that is not the unit's, or "done" without evidence."""
    if unit not in own:
        raise Forbidden(
            "只能报告本单位的进展",
            code="task_list.not_own_unit",
            where=unit,
            remedy="请由任务清单所列单位报告。",
        )
    if unit not in units_of(task):
        raise Refused(
            f"任务 {task['number']} 的牵头、责任单位中没有该单位",
            code="task_list.not_responsible",
            where=unit,
            remedy="请核对任务序号（衡委振组发〔2021〕1号）。",
        )
    if state == DONE and not evidence:
        raise Refused("报完成须附凭据", code="task_list.evidence", remedy="请附文件号、台账或照片编号。")


def state_of(task: Mapping[str, Any], reports: Mapping[str, Any]) -> str:
    """Return how a task stands: done when every unit is, blocked when any is, else begun or not."""
    states = [reports[unit]["state"] if unit in reports else NOT_BEGUN for unit in units_of(task)]
    if all(one == DONE for one in states):
        return DONE
    if BLOCKED in states:
        return BLOCKED
    return UNDER_WAY if any(one != NOT_BEGUN for one in states) else NOT_BEGUN


def units_of(task: Mapping[str, Any]) -> list[str]:
    """Return the units that report on a task: the one that leads, then those that are responsible."""
    return list(dict.fromkeys([*task["lead"], *task["responsible"]]))


def is_overdue(task: Mapping[str, Any], state: str, on: date) -> bool:
    """Whether the last day is past and it is not done."""
    return state != DONE and on.isoformat() > task["due_on"]


def silent_units(
    task: Mapping[str, Any], reports: Mapping[str, Any], began: date, on: date, days: int
) -> list[str]:
    """Return the units that have not reported for longer than `days`, and are not done.

    Who never reported counts from the day the list was issued (`began`).
    """
    found = []
    for unit in units_of(task):
        last = reports.get(unit)
        if last is not None and last["state"] == DONE:
            continue
        since = date.fromisoformat(last["on"]) if last is not None else began
        if (on - since).days > days:
            found.append(unit)
    return found


def by_unit(views: Iterable[Mapping[str, Any]]) -> list[Json]:
    """Return for each unit {unit, lead, responsible, overdue, to_report}: leading and sharing by state.

    views: {lead, responsible, state, overdue, silent (None: not known), units: {unit: state}}.
    """
    lead: dict[str, Counter[str]] = {}
    share: dict[str, Counter[str]] = {}
    late: Counter[str] = Counter()
    silent: Counter[str] = Counter()
    for view in views:
        for unit in view["lead"]:
            lead.setdefault(unit, Counter())[view["state"]] += 1
        for unit in view["responsible"]:
            share.setdefault(unit, Counter())[view["units"].get(unit, NOT_BEGUN)] += 1
        late.update({*view["lead"], *view["responsible"]} if view["overdue"] else ())
        silent.update(view["silent"] or ())
    return [
        {
            "unit": unit,
            "lead": dict(lead.get(unit, {})),
            "responsible": dict(share.get(unit, {})),
            "overdue": late[unit],
            "to_report": silent[unit],
        }
        for unit in sorted({*lead, *share})
    ]
