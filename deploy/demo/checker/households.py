"""Households and their cases: one at a time, a status that follows from them, comparison with consent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from deploy.demo.checker.cases import Found, cases_of_households
from deploy.demo.checker.reading import Stored
from deploy.demo.checker.violation import Violation

Json = dict[str, Any]
CONSENT = "application_and_authorisation"
STATUSES = {None: "registered", "included": "monitored", "removed": "removed"}


def check_households(stored: Stored) -> Iterator[Violation]:
    """Check each household against its cases."""
    cases: dict[str, list[Found]] = defaultdict(list)
    for found in cases_of_households(stored):
        cases[str(found.household)].append(found)
        yield from _compared(found)
    for doc in stored.stream("monitoring", "households"):
        yield from _status(doc, cases.get(doc["_id"], []))
    for household, own in cases.items():
        yield from _one_at_a_time(household, sorted(own, key=lambda one: (one.case["opened_on"], one.id)))


def _compared(found: Found) -> Iterator[Violation]:
    """Compared before it was decided, and not before the household signed 附件1 (I-01, I-05)."""
    compared = found.doc["state"]["compared_on"]
    if found.case["status"] == "included" and not (compared and compared <= found.ended_on()):
        yield Violation("no_comparison", found.where, "审定前没有比对记录")
    if compared and not any(one <= compared for one in _signed_on(found)):
        yield Violation("compared_without_consent", found.where, f"{compared} 比对")


def _signed_on(found: Found) -> Iterator[str]:
    for entry in found.entries:
        if any(one["role"] == "household" for one in entry["people"]):
            yield from (one["on"] or entry["on"] for one in entry["papers"] if one["name"] == CONSENT)


def _status(doc: Json, cases: list[Found]) -> Iterator[Violation]:
    """A household is what its newest case made of it; nobody is included or removed twice in a row."""
    where, last = f"monitoring/{doc['_id']}", None
    ended = [one for one in cases if one.case["status"] in ("included", "removed")]
    for one in sorted(ended, key=lambda one: (one.ended_on(), one.id)):
        if (one.case["status"] == "included") is (last is not None and last.case["status"] == "included"):
            yield Violation("status_mismatch", where, f"{one.id} 之前已是 {one.case['status']}")
        last = one
    expected = STATUSES[last.case["status"] if last else None]
    if doc["state"]["status"] != expected:
        yield Violation("status_mismatch", where, f"状态 {doc['state']['status']}，应为 {expected}")
    elif expected == "monitored" and last and doc["state"]["category"] != last.doc["state"]["category"]:
        yield Violation("status_mismatch", where, "类型与案件不同")


def _one_at_a_time(household: str, cases: list[Found]) -> Iterator[Violation]:
    for earlier, later in pairwise(cases):
        if earlier.case["status"] == "open" or later.case["opened_on"] < earlier.ended_on():
            yield Violation("two_open_cases", f"monitoring/{household}", f"{earlier.id}、{later.id}")
