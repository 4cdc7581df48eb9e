"""The order of every case: stages one after another, days that do not go back, an end that was decided."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from deploy.demo.checker.cases import Found, all_cases
from deploy.demo.checker.expected import ENDS, FORWARD, IN_FORCE, STAGES
from deploy.demo.checker.reading import Stored
from deploy.demo.checker.violation import Violation

Json = dict[str, Any]
CORRECTED = "correct"


def check_order(stored: Stored) -> Iterator[Violation]:
    """Check every case."""
    for found in all_cases(stored):
        yield from _stages(found)
        yield from _days(found)
        yield from _end(found)


def _stages(found: Found) -> Iterator[Violation]:
    """A step is passed only when every stage before it was, since the case last came back."""
    stages = STAGES[found.procedure]
    passed: set[str] = set()
    for entry in found.entries:
        position = _position(stages, entry["step"])
        if entry["action"] in FORWARD and position is not None:
            if not {step for stage in stages[:position] for step in stage} <= passed:
                yield Violation("wrong_order", f"{found.where} {entry['step']}", "前面的步骤没有办完")
            passed.add(entry["step"])
        elif back := _back_to(stages, entry):
            passed -= {step for stage in stages[back - 1 :] for step in stage}


def _position(stages: tuple[tuple[str, ...], ...], step: str) -> int | None:
    return next((number for number, stage in enumerate(stages) if step in stage), None)


def _back_to(stages: tuple[tuple[str, ...], ...], entry: Json) -> int:
    """Return the number of the stage, from 1, at which the case begins anew; 0 when it does not."""
    to = entry["detail"].get("to") or (entry["step"] if entry["action"] == CORRECTED else None)
    position = _position(stages, to) if to else None
    return 0 if position is None else position + 1


def _days(found: Found) -> Iterator[Violation]:
    last = found.entries[0]["on"]
    if last < IN_FORCE[found.procedure]:
        yield Violation("before_the_document", found.where, f"{last} 立案")
    for entry in found.entries:
        if entry["on"] < last:
            yield Violation("wrong_order", f"{found.where} {entry['step']}", "日期早于前一步")
        last = entry["on"]


def _end(found: Found) -> Iterator[Violation]:
    """The status is what the last action made of it; nothing is done after the end."""
    status = "open"
    for entry in found.entries:
        if status != "open" and entry["action"] in FORWARD:
            yield Violation("wrong_order", f"{found.where} {entry['step']}", "结案后又办了一步")
        status = "open" if entry["action"] == CORRECTED else ENDS.get(entry["action"], status)
    if found.case["status"] != status:
        yield Violation("wrong_order", found.where, f"状态 {found.case['status']}，步骤只到 {status}")
