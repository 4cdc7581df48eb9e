"""Needs, offers, and what was matched: what was said of a household and who gives stand encrypted."""

from __future__ import annotations

from typing import Any

from shouwang.store import Aggregate, Database, Index

from services.assistance.store.migrations import thing_by_code

PAGE = 500


class SocietyStore:
    """Each need, each offer and each match is a document of its own."""

    needs: Any
    offers: Any
    matches: Any

    def open_society(self, db: Database) -> None:
        """Declare the repositories of needs, offers and matches."""
        self.needs = db.repository(
            "needs",
            kind="need",
            schema_version=2,
            encrypted=["detail", "note", "reason"],
            migrations={1: thing_by_code},
            indexes=[Index("region", "state.status", "state.kind"), Index("state.household")],
        )
        self.offers = db.repository(
            "offers",
            kind="offer",
            schema_version=2,
            encrypted=["giver", "detail", "note", "reason"],
            migrations={1: thing_by_code},
            indexes=[Index("region", "state.kind", "state.status")],
        )
        self.matches = db.repository(
            "matches",
            kind="match",
            encrypted=["ended.reason"],
            indexes=[Index("region", "state.status"), Index("state.need"), Index("state.offer")],
        )

    def open_offers(self, kind: str, county: str) -> list[Aggregate]:
        """Return the offers of a kind that have something left, within a county and from outside it."""
        wanted = {"state.kind": kind, "state.status": "open"}
        found: list[Aggregate] = self.offers.find(wanted, region=county[:6], limit=PAGE)
        return found

    def open_needs(self, region: str, kind: str | None) -> list[Aggregate]:
        """Return the needs of a region that are not met."""
        where = {"state.status": "open"} | ({"state.kind": kind} if kind else {})
        found: list[Aggregate] = self.needs.find(where, region=region, limit=PAGE)
        return found
