"""Figures and reports of a region."""

from __future__ import annotations

from shouwang.store import Database


class ReportsStore:
    """Figures and reports of a region."""

    def open_reports(self, db: Database) -> None:
        """Declare the repositories of this part."""
