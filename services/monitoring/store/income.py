"""Income: collections of each quarter, growth, plausibility."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shouwang.store import Aggregate, Database, Index

from services.monitoring.domain.income.book import book_id

FIGURES = ("household", "year", "entries", "payments")
EVERY_BOOK = 20_000
"""Books of one village in a few years: far more than there are."""


class IncomeStore:
    """Income books (figures, facts, payments and flags stand encrypted), and the summary of each village."""

    income_books: Any
    income_villages: Any

    def open_income(self, db: Database) -> None:
        """Declare the repositories of this part."""
        self.income_books = db.repository(
            "income_books",
            kind="income_book",
            encrypted=["entries", "payments", "flags"],
            indexes=[Index("region", "state.year"), Index("region", "state.checking"), Index("at")],
        )
        self.income_villages = db.repository(
            "income_villages",
            kind="income_village",
            indexes=[Index("region", "state.year"), Index("state.status")],
        )

    def many_books(self, ids: Iterable[str]) -> dict[str, Aggregate]:
        """Return the books of these ids that there are, by id."""
        wanted = sorted(set(ids))
        found = self.income_books.find({"_id": {"$in": wanted}}, limit=len(wanted) or 1)
        return {agg.id: agg for agg in found}

    def books_of_village(self, village: str, years: Iterable[int]) -> dict[str, dict[int, Aggregate]]:
        """Return household → year → book of one village in a few years."""
        wanted = {"state.year": {"$in": sorted(years)}}
        found: dict[str, dict[int, Aggregate]] = {}
        for agg in self.income_books.find(wanted, region=village, limit=EVERY_BOOK):
            found.setdefault(agg.state["household"], {})[agg.state["year"]] = agg
        return found

    def figures_of_village(self, village: str, years: Iterable[int]) -> dict[str, dict[int, dict[str, Any]]]:
        """Return household → year → {entries, payments} of one village in a few years; for figures only."""
        wanted = {"state.year": {"$in": sorted(years)}}
        return _by_year(self.income_books.rows(FIGURES, wanted, region=village))

    def figures_of(
        self, households: Iterable[str], years: Iterable[int]
    ) -> dict[str, dict[int, dict[str, Any]]]:
        """Return the same of a few households."""
        ids = [book_id(one, year) for one in households for year in years]
        return _by_year(self.income_books.rows(FIGURES, {"_id": {"$in": ids}}))


def _by_year(rows: Iterable[dict[str, Any]]) -> dict[str, dict[int, dict[str, Any]]]:
    found: dict[str, dict[int, dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["household"], {})[row["year"]] = row
    return found
