"""Clues and inspection ledgers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shouwang.store import Aggregate, Database, Index

OPEN_CLUE = ["open", "responded", "in_case"]


class FindingStore:
    """How risk was found: what was said of whom stands encrypted."""

    clues: Any
    ledgers: Any

    def open_finding(self, db: Database) -> None:
        """Declare the repositories of clues and ledgers."""
        self.clues = db.repository(
            "clues",
            kind="clue",
            encrypted=["person", "response", "reason", "sources.*.note", "sources.*.grounds"],
            blind={"id_number": "person.id_number"},
            indexes=[
                Index("state.household", "state.status"),
                Index("state.status", "state.due_on"),
                Index("state.keys"),
                Index("region", "state.found_on"),
            ],
        )
        self.ledgers = db.repository(
            "inspection_ledgers", kind="inspection_ledger", indexes=[Index("state.round")]
        )

    def open_clue(self, household: str) -> Aggregate | None:
        """Return the clue of a household that is not closed yet."""
        return self.clues.find_one(where={"state.household": household, "state.status": {"$in": OPEN_CLUE}})

    def known_keys(self, keys: Iterable[str]) -> set[str]:
        """Return which keys of departments ("department/key") already belong to a clue."""
        wanted = set(keys)
        found = self.clues.find({"state.keys": {"$in": sorted(wanted)}}, limit=len(wanted) or 1)
        return wanted & {key for agg in found for key in agg.state["keys"]}

    def clue_of(self, keys: list[str]) -> Aggregate | None:
        """Return a clue that already holds one of these keys."""
        found = self.clues.find({"state.keys": {"$in": keys}}, limit=1) if keys else []
        return found[0] if found else None
