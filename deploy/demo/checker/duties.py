"""What was to be done by a day: clues answered (S-06), measures delivered (A-09), or the next level told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from deploy.demo.checker.reading import Stored
from deploy.demo.checker.violation import Violation

Json = dict[str, Any]
BY_HAND = frozenset({"no_risk", "already_monitored", "solved", "not_here"})
ENDED = frozenset({"stopped", "replaced"})
"""States of a task that is not owed any more."""
OF_CASE = {"included": "included", "refused": "refused", "withdrawn": "withdrawn", "aborted": "refused"}
"""Status of a case → outcome of the clue that led to it."""


def check_duties(stored: Stored) -> Iterator[Violation]:
    """Check every clue and every task."""
    cases = {doc["_id"]: doc["state"]["case"] for doc in stored.documents("monitoring", "cases")}
    today = stored.last_day("monitoring")
    for doc in stored.stream("monitoring", "clues"):
        opened_on = stored.history("monitoring", "clues", doc)[0]["on"]
        yield from _answered(doc, opened_on, today)
        yield from _followed(doc, cases.get(doc["state"]["case"]))
    yield from _tasks(stored)


def _answered(doc: Json, opened_on: str, today: str) -> Iterator[Violation]:
    """Answered by its day or put to the town; never closed by hand without an answer.

    A clue whose household turned up later cannot be answered before it is there.
    """
    state, where = doc["state"], f"monitoring/{doc['_id']}"
    due, answered = max(state["due_on"], opened_on), state["responded_on"]
    if state["status"] == "open" and today > due:
        yield Violation("clue_unanswered", where, f"应于 {due} 响应，至今没有")
    elif state["outcome"] in BY_HAND and not answered:
        yield Violation("clue_unanswered", where, "没有响应就办结")
    elif answered and answered > due and not state["escalated_on"]:
        yield Violation("clue_unanswered", where, f"应于 {due} 响应，{answered} 才响应，未上报")


def _followed(doc: Json, case: Json | None) -> Iterator[Violation]:
    """A clue that led to a case ends as the case does."""
    state, where = doc["state"], f"monitoring/{doc['_id']}"
    if state["case"] is None:
        return
    if case is None:
        yield Violation("status_mismatch", where, f"没有案件 {state['case']}")
        return
    expected = OF_CASE.get(case["status"])
    if (state["outcome"] if state["status"] == "closed" else None) != expected:
        yield Violation("status_mismatch", where, f"线索 {state['outcome']}，案件 {case['status']}")


def _tasks(stored: Stored) -> Iterator[Violation]:
    today = stored.last_day("assistance")
    for doc in stored.documents("assistance", "plans"):
        for task in doc["state"]["tasks"]:
            yield from _task(task, f"assistance/{task['id']}", today, doc["state"]["status"])


def _task(task: Json, where: str, today: str, plan: str) -> Iterator[Violation]:
    delivered, confirmed = task["delivered"], task["confirmed_on"]
    owed = delivered is None and task["status"] not in ENDED
    late = owed and task["due_on"] < today and plan == "running"
    if late and not task["escalated_on"]:
        yield Violation("overdue_untold", where, f"应于 {task['due_on']} 落实")
    if delivered and (lacking := set(task["evidence"]) - set(delivered["evidence"])):
        yield Violation("missing_paper", where, "、".join(sorted(lacking)))
    if confirmed and (delivered is None or confirmed < delivered["on"]):
        yield Violation("wrong_order", where, "尚未落实就确认")
