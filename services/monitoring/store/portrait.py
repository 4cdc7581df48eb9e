"""Standings of households, how they changed, what was asked hypothetically."""

from __future__ import annotations

from typing import Any

from shouwang.store import Aggregate, Database, Index

A_LIFE = 400
"""Recomputations of one village that are read at most: thirty years of months."""


class PortraitStore:
    """What is computed from the registry stands apart from it; by household number, encrypted as a whole."""

    standings: Any
    standing_changes: Any
    standing_runs: Any
    inquiries: Any

    def open_portrait(self, db: Database) -> None:
        """Declare the repositories of this part."""
        self.standings = db.repository(
            "standings", kind="standing", encrypted=["households"], indexes=[Index("region")]
        )
        self.standing_changes = db.repository(
            "standing_changes", kind="standing_change", encrypted=["households"], indexes=[Index("region")]
        )
        self.standing_runs = db.repository("standing_runs", kind="standing_run", indexes=[Index("region")])
        self.inquiries = db.repository("inquiries", kind="inquiry", indexes=[Index("region")])

    def standing_of(self, village: str) -> Aggregate | None:
        """Return the newest standings of a village, None before the first recomputation."""
        found: Aggregate | None = self.standings.get_or_none(village)
        return found

    def standing_changes_of(self, village: str) -> list[Aggregate]:
        """Return how the standings of a village changed, oldest first."""
        found: list[Aggregate] = self.standing_changes.find(region=village, limit=A_LIFE)
        return sorted(found, key=lambda agg: str(agg.state["on"]))
