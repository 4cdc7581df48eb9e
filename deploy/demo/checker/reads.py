"""Reads of persons that must have happened are on record, by whom they were made.

What can be seen: a comparison and a plan cannot come about without reading the persons of a household. A read
that left no trace in any case cannot be seen here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shouwang.errors import Tampered

from deploy.demo.checker.cases import Found, cases_of_households
from deploy.demo.checker.reading import Stored
from deploy.demo.checker.violation import Violation

Json = dict[str, Any]
COMPARING, PLANNING, SEALING = "比对", "测算措施", "制定帮扶计划"


def check_reads(stored: Stored) -> Iterator[Violation]:
    """Check the read logs against comparisons and plans."""
    services = stored.databases()
    logs = {service: _lines(stored, service) for service in services}
    for found in cases_of_households(stored):
        yield from _compared(stored, found, logs)
    for doc in stored.documents("assistance", "plans"):
        yield from _planned(doc["state"], logs)


def _lines(stored: Stored, service: str) -> list[Json]:
    return [line for line in stored.documents(service, "reads") if not line.get("void")]


def _compared(stored: Stored, found: Found, logs: dict[str, list[Json]]) -> Iterator[Violation]:
    """The county officer who compared stands in the log of monitoring, the case in that of departments."""
    history = stored.history(found.service, found.collection, found.doc)
    for entry in (one for one in history if one["action"] == "case.compared"):
        wanted = (found.household, entry["actor"]["id"], entry["on"])
        lines = (line for line in logs["monitoring"] if COMPARING in line["purpose"])
        if wanted not in {(line["subject"], line["actor"]["id"], line["on"]) for line in lines}:
            yield Violation("read_unrecorded", found.where, f"{entry['on']} 比对")
    for department in _answered(stored, found):
        if not _about(logs.get(department, []), COMPARING, found.id):
            yield Violation("read_unrecorded", f"{department}/{found.id}", "答复了比对")


def _answered(stored: Stored, found: Found) -> list[str]:
    if not found.doc["state"]["compared_on"]:
        return []
    try:
        case = stored.opened(found.service, found.collection, found.id)
    except Tampered:
        return []  # reported as altered where the case is judged
    answers: list[Json] = (case["state"]["comparison"] if case else None) or []
    return [one["department"] for one in answers if one["answered"]]


def _planned(plan: Json, logs: dict[str, list[Json]]) -> Iterator[Violation]:
    departments = {task["department"] for task in plan["tasks"]}
    sealed = any(
        line["subject"] == plan["household"] and line["purpose"] == SEALING for line in logs["monitoring"]
    )
    if departments and not sealed:
        yield Violation("read_unrecorded", f"monitoring/{plan['household']}", "交出密封人员")
    for department in sorted(departments):
        if not _about(logs.get(department, []), PLANNING, plan["case"]):
            yield Violation("read_unrecorded", f"{department}/{plan['case']}", "测算了措施")


def _about(lines: list[Json], what: str, case: str) -> bool:
    return any(line["purpose"].startswith(what) and case in line["purpose"].split() for line in lines)
