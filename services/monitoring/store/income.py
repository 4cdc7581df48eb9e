"""Income: collections of each quarter, growth, plausibility."""

from __future__ import annotations

from shouwang.store import Database


class IncomeStore:
    """Income: collections of each quarter, growth, plausibility."""

    def open_income(self, db: Database) -> None:
        """Declare the repositories of this part."""
