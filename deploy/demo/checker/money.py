"""The money of the assets: entries balance, nothing is spent that did not come in, amounts agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from deploy.demo.checker.reading import Stored
from deploy.demo.checker.violation import Violation

Json = dict[str, Any]
RECEIVED = "received"


def check_money(stored: Stored) -> Iterator[Violation]:
    """Check books, settlements and the funds of projects against each other."""
    owned = _owned(stored)
    for doc in stored.documents("assets", "books"):
        where = f"assets/{doc['_id']}"
        yield from _book(doc["state"]["entries"], where)
        yield from _nothing_from_nowhere(doc["state"]["entries"], owned, where)
    yield from _settlements(stored)
    yield from _funds(stored)


def _book(entries: list[Json], where: str) -> Iterator[Violation]:
    free = 0
    for entry in entries:
        debit, credit = (sum(line[side] for line in entry["lines"]) for side in ("debit_fen", "credit_fen"))
        if debit != credit or any(min(one["debit_fen"], one["credit_fen"]) < 0 for one in entry["lines"]):
            yield Violation("ledger_unbalanced", f"{where} {entry['id']}", f"借 {debit}，贷 {credit}")
        free += _free(entry)
        if free < 0:
            yield Violation("cash_overdrawn", f"{where} {entry['id']}", f"{free} 分")
    for entry_id, times in Counter(one["id"] for one in entries).items():
        if times > 1:
            yield Violation("paid_twice", f"{where} {entry_id}", f"记了 {times} 次")


def _free(entry: Json) -> int:
    """Return by how much an entry changes what may still be spent: cash less what is kept in reserve."""
    lines = (line for line in entry["lines"] if line["account"] in ("cash", "reserve_fund"))
    return sum(line["debit_fen"] - line["credit_fen"] for line in lines)


def _owned(stored: Stored) -> dict[str, str]:
    """Return the beginning of an entry's id → the day of the settlement or payment that it belongs to."""
    owned = {doc["_id"]: doc["state"]["paid_on"] for doc in stored.documents("assets", "distributions")}
    for doc in stored.documents("assets", "assets"):
        owned |= {f"{doc['_id']}/{one['year']}": one["on"] for one in doc["state"]["settlements"]}
    return {begins: on for begins, on in owned.items() if on}


def _nothing_from_nowhere(entries: list[Json], owned: dict[str, str], where: str) -> Iterator[Violation]:
    for entry in entries:
        if entry["id"].rpartition("/")[0] not in owned:
            yield Violation("money_does_not_sum", f"{where} {entry['id']}", "没有来由的分录")


def _settlements(stored: Stored) -> Iterator[Violation]:
    books = {doc["_id"]: doc["state"]["entries"] for doc in stored.documents("assets", "books")}
    for doc in stored.documents("assets", "assets"):
        where, seen = f"assets/{doc['_id']}", Counter[int]()
        for one in doc["state"]["settlements"]:
            seen[one["year"]] += 1
            booked = _booked(books.get(f"{doc['region']}-{one['year']}", []), f"{doc['_id']}/{one['year']}")
            if booked != one["received_fen"]:
                yield Violation("money_does_not_sum", where, f"结算 {one['received_fen']}，入账 {booked}")
            if one["due_fen"] != one["received_fen"] + one["short_fen"] or one["short_fen"] < 0:
                yield Violation("money_does_not_sum", where, f"应收 {one['due_fen']}，欠收不符")
        for year in (year for year, times in seen.items() if times > 1):
            yield Violation("paid_twice", where, f"{year} 年度结算了 {seen[year]} 次")


def _booked(entries: list[Json], settlement: str) -> int:
    own = (one for one in entries if one["id"] == f"{settlement}/{RECEIVED}")
    cash = (line for entry in own for line in entry["lines"] if line["account"] == "cash")
    return sum(line["debit_fen"] for line in cash)


def _funds(stored: Stored) -> Iterator[Violation]:
    """The funds of a project of the library are the sum of their sources."""
    for doc in stored.documents("projects", "projects"):
        funds = doc["state"]["contents"].get("funds")
        if funds and doc["state"]["entered_on"]:
            given = sum(one["amount_fen"] for one in funds["sources"])
            if given != funds["total_fen"]:
                what = f"规模 {funds['total_fen']}，来源合计 {given}"
                yield Violation("money_does_not_sum", f"projects/{doc['_id']}", what)
