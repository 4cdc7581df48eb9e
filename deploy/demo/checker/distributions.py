"""Distributions of income: approved before they are paid, paid once and exactly, to those at risk first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from deploy.demo.checker.cases import Found, cases_of_households
from deploy.demo.checker.expected import FORBIDDEN_USES
from deploy.demo.checker.reading import Stored
from deploy.demo.checker.violation import Violation

Json = dict[str, Any]
Span = tuple[str, str]
STILL = "9999"


def check_distributions(stored: Stored) -> Iterator[Violation]:
    """Check every distribution that the county filed or that was paid."""
    books = {doc["_id"]: doc["state"]["entries"] for doc in stored.documents("assets", "books")}
    sizes = {doc["_id"]: doc["state"]["households"] for doc in stored.documents("monitoring", "villages")}
    at_risk = monitored_spans(stored)
    for doc in stored.documents("assets", "distributions"):
        found = Found("assets", "distributions", doc)
        yield from _paid(stored, found, books.get(f"{doc['region']}-{doc['state']['year']}", []))
        if "approved" in found.statuses() or doc["state"]["paid_on"]:
            yield from _uses(doc, sizes.get(doc["region"], 0), found.where)
            yield from _relief(found, at_risk)


def _paid(stored: Stored, found: Found, book: list[Json]) -> Iterator[Violation]:
    state = found.doc["state"]
    if state["paid_on"] is None:
        return
    filed = [one["on"] for one in found.forward("county_filing")]
    if not filed or state["paid_on"] < filed[-1] or found.case["status"] != "approved":
        yield Violation("paid_unapproved", found.where, f"{state['paid_on']} 发放")
    planned = sum(one["amount_fen"] for one in state["uses"])
    own = [one for one in book if one["id"].startswith(f"{found.id}/")]
    booked = sum(line["debit_fen"] for entry in own for line in entry["lines"])
    if planned != booked:
        yield Violation("money_does_not_sum", found.where, f"方案 {planned}，入账 {booked}")
    history = stored.history(found.service, found.collection, found.doc)
    if sum(one["action"] == "distribution.paid" for one in history) > 1:
        yield Violation("paid_twice", found.where, "发放了不止一次")


def _uses(doc: Json, households: int, where: str) -> Iterator[Violation]:
    uses = doc["state"]["uses"]
    if bad := sorted({one["use"] for one in uses} & FORBIDDEN_USES):
        yield Violation("forbidden_use", where, "、".join(bad))
    relief = [one["amount_fen"] for one in uses if one["use"] == "relief"]
    if households > 1 and len(relief) >= households and len(set(relief)) == 1:
        yield Violation("forbidden_use", where, "平均分给全村各户")


def _relief(found: Found, at_risk: dict[str, list[Span]]) -> Iterator[Violation]:
    """Who was monitored on the day on which the town passed the plan must be helped."""
    days = [entry["on"] for entry in found.forward("town_review")]
    helped = {one["household"] for one in found.doc["state"]["uses"] if one["use"] == "relief"}
    for household, spans in at_risk.items():
        here = household.startswith(found.doc["region"]) and household not in helped
        if here and days and any(since < days[-1] < until for since, until in spans):
            yield Violation("at_risk_left_out", found.where, household)


def monitored_spans(stored: Stored) -> dict[str, list[Span]]:
    """Return household → days of inclusion and removal, in order; still monitored: a day far away."""
    ended = [one for one in cases_of_households(stored) if one.case["status"] in ("included", "removed")]
    spans: dict[str, list[Span]] = defaultdict(list)
    for found in sorted(ended, key=lambda one: (one.ended_on(), one.id)):
        own = spans[str(found.household)]
        if found.case["status"] == "included":
            own.append((found.ended_on(), STILL))
        elif own:
            own[-1] = (own[-1][0], found.ended_on())
    return dict(spans)
