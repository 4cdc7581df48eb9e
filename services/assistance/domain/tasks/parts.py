"""The deliveries of a task: each sum by itself, numbered from 1 in the order in which it was told (A-09).

A sum that turned out not to be paid stays with its mark `withdrawn` {on, reason} and counts nowhere.
Source: 湘委乡振组发〔2021〕1号 附件4; docs/decisions/0254, 0282.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

AFTER_END: Final = "delivered_after_end"
Task = dict[str, Any]


def part_of(amount_fen: int, evidence: Sequence[str], on: date, part: int = 1) -> Task:
    """Return one delivery as it is kept: said again it is the same; `part` tells equal sums apart."""
    return {"part": part, "on": on.isoformat(), "amount_fen": amount_fen, "evidence": list(evidence)}


def parts_of(task: Mapping[str, Any]) -> list[Task]:
    """Return every delivery that was recorded, disputed, withdrawn and late ones too, oldest first."""
    return [_kept(one) for one in [*own(task), *_after_end(task)]]


def own(task: Mapping[str, Any]) -> list[Task]:
    """Return the deliveries from before the task's end as they are kept, with their marks.

    What was kept before parts had numbers was paid once: disputed and answered it is the same payment.
    """
    told = [*task["disputed"], *([task["delivered"]] if task["delivered"] else [])]
    return list(task.get("parts", told[:1]))


def standing(task: Mapping[str, Any]) -> dict[int, Task]:
    """Return the deliveries that were not withdrawn, as they are kept, by their number."""
    numbered = enumerate([*own(task), *_after_end(task)], start=1)
    return {number: one for number, one in numbered if _stands(one)}


def own_standing(task: Mapping[str, Any]) -> list[Task]:
    """Return those from before the task's end that were not withdrawn."""
    return [one for one in own(task) if _stands(one)]


def late(task: Mapping[str, Any]) -> list[Task]:
    """Return what was delivered after the task had ended: {on, amount_fen, evidence} each, oldest first."""
    return [one for one in _after_end(task) if _stands(one)]


def delivered_on(task: Mapping[str, Any]) -> list[date]:
    """Return the days on which a task was delivered, also after its end; not what is disputed."""
    standing_ones = [task["delivered"]] if task["delivered"] else []
    return [date.fromisoformat(one["on"]) for one in (*standing_ones, *late(task))]


def marked(task: Task, numbers: Collection[int], mark: Task, instead: Task | None = None) -> Task:
    """Return the task with these deliveries marked as withdrawn, and what was paid in their place.

    What takes a place is numbered behind all others: a number is a payment, and never another one.
    """
    before = own(task)
    kept = [_marked(one, number, numbers, mark) for number, one in enumerate(before, start=1)]
    changes, ended = _marked_late(task["changes"], len(before), numbers, mark), bool(_after_end(task))
    if instead is None:
        return {**task, "parts": kept, "changes": changes}
    if ended:
        return {**task, "parts": kept, "changes": [*changes, {"what": AFTER_END, **instead}]}
    return {**task, "parts": [*kept, instead], "changes": changes}


def sums_of(task: Mapping[str, Any]) -> list[Task]:
    """Return the deliveries as people see them: {number, on, amount_fen, withdrawn: {on, reason} or None}."""
    numbered = enumerate([*own(task), *_after_end(task)], start=1)
    return [
        {
            "number": number,
            "on": one["on"],
            "amount_fen": one["amount_fen"],
            "withdrawn": one.get("withdrawn"),
        }
        for number, one in numbered
    ]


def _after_end(task: Mapping[str, Any]) -> list[Task]:
    return [one for one in task["changes"] if one["what"] == AFTER_END]


def _stands(one: Mapping[str, Any]) -> bool:
    return "withdrawn" not in one


def _kept(one: Mapping[str, Any]) -> Task:
    """Return a delivery as a part; what was kept before parts had numbers is a first one."""
    return {"part": one.get("part", 1), **{name: one[name] for name in ("on", "amount_fen", "evidence")}}


def _marked(one: Task, number: int, numbers: Collection[int], mark: Task) -> Task:
    return {**one, "withdrawn": mark} if number in numbers else one


def _marked_late(changes: list[Task], before: int, numbers: Collection[int], mark: Task) -> list[Task]:
    places = [place for place, one in enumerate(changes) if one["what"] == AFTER_END]
    number_at = {place: before + count for count, place in enumerate(places, start=1)}
    return [_marked(one, number_at.get(place, 0), numbers, mark) for place, one in enumerate(changes)]
