"""The money of the assets: every entry balances, nothing is spent that did not come in, plans and books agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from deploy.demo.checker.reading import Stored
from deploy.demo.checker.violation import Violation

Json = dict[str, Any]
FORBIDDEN = {"cash_handout", "share_and_leave", "equal_split", "management_fee", "bonus"}


def check_money(stored: Stored) -> Iterator[Violation]:
    """Check books, settlements and distributions against each other."""
    books = {doc["_id"]: doc for doc in stored.documents("assets", "books")}
    for book_id, doc in books.items():
        yield from _book(doc["state"]["entries"], f"assets/{book_id}")
    yield from _settlements(stored, books)
    yield from _distributions(stored, books)


def _book(entries: list[Json], where: str) -> Iterator[Violation]:
    cash = 0
    for entry in entries:
        debit = sum(line["debit_fen"] for line in entry["lines"])
        credit = sum(line["credit_fen"] for line in entry["lines"])
        if debit != credit:
            yield Violation("ledger_unbalanced", f"{where} {entry['id']}", f"借 {debit}，贷 {credit}")
        lines = [line for line in entry["lines"] if line["account"] == "cash"]
        cash += sum(line["debit_fen"] - line["credit_fen"] for line in lines)
        if cash < 0:
            yield Violation("cash_overdrawn", f"{where} {entry['id']}", f"{cash} 分")
    twice = [entry for entry, times in Counter(one["id"] for one in entries).items() if times > 1]
    for entry in twice:
        yield Violation("money_does_not_sum", f"{where} {entry}", "同一笔记了两次")


def _settlements(stored: Stored, books: dict[str, Json]) -> Iterator[Violation]:
    for doc in stored.documents("assets", "assets"):
        for one in doc["state"]["settlements"]:
            book = books.get(f"{doc['region']}-{one['year']}")
            booked = _amount(book, f"{doc['_id']}/{one['year']}/received", "cash")
            if booked != one["received_fen"]:
                what = f"结算 {one['received_fen']}，入账 {booked}"
                yield Violation("money_does_not_sum", f"assets/{doc['_id']}", what)


def _distributions(stored: Stored, books: dict[str, Json]) -> Iterator[Violation]:
    at_risk = _monitored_since(stored)
    for doc in stored.documents("assets", "distributions"):
        state, where = doc["state"], f"assets/{doc['_id']}"
        if state["paid_on"] is None:
            continue
        if bad := sorted({one["use"] for one in state["uses"]} & FORBIDDEN):
            yield Violation("forbidden_use", where, "、".join(bad))
        planned = sum(one["amount_fen"] for one in state["uses"])
        booked = _paid(books.get(f"{doc['region']}-{state['year']}"), doc["_id"])
        if planned != booked:
            yield Violation("money_does_not_sum", where, f"方案 {planned}，入账 {booked}")
        yield from _relief(doc, at_risk, where)


def _relief(doc: Json, at_risk: dict[str, tuple[str, str]], where: str) -> Iterator[Violation]:
    """Who was monitored on the day the plan was made, and still when the town reviewed it, must be helped."""
    days = [entry["on"] for entry in doc["state"]["case"]["entries"] if entry["step"] == "town_review"]
    helped = {one["household"] for one in doc["state"]["uses"] if one["use"] == "relief"}
    for household, (since, until) in at_risk.items():
        there = household.startswith(doc["region"]) and days and since < days[-1] < until
        if there and household not in helped:
            yield Violation("at_risk_left_out", where, household)


def _monitored_since(stored: Stored) -> dict[str, tuple[str, str]]:
    """Return household → (day included, day removed or far away)."""
    found: dict[str, tuple[str, str]] = {}
    for doc in stored.documents("monitoring", "cases"):
        case, household = doc["state"]["case"], doc["state"]["household"]
        if case["status"] == "included":
            found[household] = (case["entries"][-1]["on"], found.get(household, ("", "9999"))[1])
        elif case["status"] == "removed":
            found[household] = (found.get(household, ("", ""))[0], case["entries"][-1]["on"])
    return found


def _amount(book: Json | None, entry_id: str, account: str) -> int:
    entries = [one for one in book["state"]["entries"] if one["id"] == entry_id] if book else []
    lines = (line for entry in entries for line in entry["lines"] if line["account"] == account)
    return sum(line["debit_fen"] for line in lines)


def _paid(book: Json | None, distribution: str) -> int:
    entries = book["state"]["entries"] if book else []
    own = (one for one in entries if one["id"].startswith(f"{distribution}/"))
    return sum(line["debit_fen"] for entry in own for line in entry["lines"])
