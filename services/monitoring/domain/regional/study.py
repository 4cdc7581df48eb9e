"""Joint study by the departments (会商研判): who took part, what was concluded, which measures, followed to
the end.

State: {held_on, minutes, departments, absent: {code: reason}, warnings, conclusions, measures: [{number,
department, text, due_on, status, follow_ups: [{on, status, note, by}]}], composition, status, escalations}.
S-10. Source: 湘委乡振组发〔2021〕1号 五(二) (定期集中研判规模性返贫风险，研究应对措施); 衡办发〔2021〕7号
五(二).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from shouwang.decision import NO, UNKNOWN, YES, Decision, Ground, outcome, rule
from shouwang.errors import Refused
from shouwang.policy import Unknown, Value, View

State = dict[str, Any]
OPEN, DONE, REPLACED = "open", "done", "replaced"
STATUSES: Final[dict[str, str]] = {OPEN: "未完成", DONE: "已完成", REPLACED: "已由其他措施代替"}
NOTE_LIMIT: Final = 500


@rule(
    "S-10",
    version=1,
    valid_from=date(2021, 7, 2),
    title="会商部门齐全",
    source="湘委乡振组发〔2021〕1号 五(二)",
)
def composition_complete(departments: tuple[str, ...], leads: tuple[str, ...], policy: View) -> Decision:
    """Yes when every department that must take part did, those that lead the risks studied among them."""
    wanted = policy.find("joint_study_departments")
    required = {*(wanted.value or ()), *leads}
    lacking = tuple(sorted(required - set(departments)))
    grounds = [
        Ground("input", "departments", "参加部门", departments, phrase="参加会商的部门有 {value}"),
        _wanted(wanted),
        Ground("input", "lacking", "缺席部门", lacking, phrase="缺席部门：{value}"),
    ]
    verdict = (NO if lacking else YES) if wanted.known else UNKNOWN
    words = {YES: "会商部门齐全", NO: "会商部门不齐"}
    said = words.get(verdict, "")
    return outcome(verdict, grounds, said, value=list(lacking), subject="本次")


def _wanted(found: Value | Unknown) -> Ground:
    return Ground.of_parameter(found, "应参加会商的部门为 {value}" if found.known else "")


def held(given: Mapping[str, Any], composition: Decision, on: date) -> State:
    """Return a study as its minutes tell it; one of the future is refused, so is a measure already late."""
    if given["held_on"] > on:
        raise refused("future", f"会商日期 {given['held_on']} 晚于今天 {on}")
    measures = [
        _measure(number, one, given["held_on"]) for number, one in enumerate(given["measures"], start=1)
    ]
    kept = {name: given[name] for name in ("minutes", "departments", "absent", "warnings", "conclusions")}
    return {
        **kept,
        "held_on": given["held_on"].isoformat(),
        "measures": measures,
        "composition": composition.to_dict(),
        "complete": composition.verdict.value,
        "status": OPEN if measures else DONE,
        "escalations": {},
    }


def _measure(number: int, one: Mapping[str, Any], held_on: date) -> State:
    if one["due_on"] < held_on:
        raise refused("measure_due", f"措施 {number} 的期限 {one['due_on']} 早于会商日期 {held_on}")
    kept = {"department": one["department"], "text": one["text"], "due_on": one["due_on"].isoformat()}
    return {"number": number, **kept, "status": OPEN, "follow_ups": []}


def followed(state: State, number: int, status: str, follow_up: State) -> State:
    """Return the study with one more look at a measure; a measure that is done is not opened again."""
    measure = next((one for one in state["measures"] if one["number"] == number), None)
    if measure is None:
        raise refused("no_such_measure", f"本次会商没有第 {number} 项措施")
    if measure["status"] != OPEN:
        raise refused("measure_over", f"第 {number} 项措施{STATUSES[measure['status']]}")
    seen = {
        **measure,
        "status": status,
        "follow_ups": [*measure["follow_ups"], {**follow_up, "status": status}],
    }
    measures = [seen if one["number"] == number else one for one in state["measures"]]
    return {**state, "measures": measures, "status": DONE if all_over(measures) else OPEN}


def all_over(measures: Iterable[Mapping[str, Any]]) -> bool:
    """Whether no measure is open."""
    return all(one["status"] != OPEN for one in measures)


def overdue(state: Mapping[str, Any], on: date) -> list[State]:
    """Return the measures that are open past their day."""
    return [one for one in state["measures"] if one["status"] == OPEN and on.isoformat() > one["due_on"]]


def to_tell(state: Mapping[str, Any], on: date, again_days: int) -> list[State]:
    """Return the overdue measures to tell of today: never told, or told `again_days` ago or longer."""
    told, again = state["escalations"], (on - timedelta(days=again_days)).isoformat()
    return [one for one in overdue(state, on) if told.get(str(one["number"]), "") <= again]


def told(state: State, measures: Sequence[Mapping[str, Any]], on: date) -> State:
    """Return the study with the day on which the delay of these measures was told."""
    days = dict.fromkeys((str(one["number"]) for one in measures), on.isoformat())
    return {**state, "escalations": {**state["escalations"], **days}}


def next_due(last_held: str | None, since: date, every_days: int) -> date:
    """Return by when the departments study together again: so many days after the last time, or `since`."""
    return (date.fromisoformat(last_held) if last_held else since) + timedelta(days=every_days)


def refused(code: str, message: str) -> Refused:
    """Return the refusal of a matter of a joint study."""
    return Refused(message, code=f"study.{code}", remedy="请用 joint_study 查看会商记录。")
