"""Clues, hand-overs, inspection ledgers, and who watches where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from shouwang.store import Aggregate, Database, Index

OPEN_CLUE = ["open", "responded", "in_case"]
PAGE = 500


class FindingStore:
    """How risk was found: what was said of whom stands encrypted."""

    clues: Any
    ledgers: Any
    handovers: Any
    posts: Any

    def open_finding(self, db: Database) -> None:
        """Declare the repositories of clues, hand-overs, ledgers and posts."""
        self.clues = db.repository(
            "clues",
            kind="clue",
            encrypted=[
                *("person", "response", "reason", "check.note", "moved.reason"),
                *("sources.*.note", "sources.*.grounds"),
            ],
            blind={"id_number": "person.id_number"},
            indexes=[
                Index("state.household", "state.status"),
                Index("state.status", "state.due_on"),
                Index("state.status", "state.close_by"),
                Index("state.keys"),
                Index("region"),
                Index("region", "state.status"),
                Index("region", "state.found_on"),
            ],
        )
        self.ledgers = db.repository(
            "inspection_ledgers", kind="inspection_ledger", indexes=[Index("state.round")]
        )
        self.handovers = db.repository(
            "handovers", kind="handover", indexes=[Index("state.status"), Index("region")]
        )
        self.posts = db.repository(
            "finding_posts", kind="finding_post", encrypted=["reason"], indexes=[Index("region")]
        )

    def open_clue(self, household: str) -> Aggregate | None:
        """Return the clue of a household that is not closed yet."""
        return self.clues.find_one(where={"state.household": household, "state.status": {"$in": OPEN_CLUE}})

    def clues_of(self, keys: Iterable[str]) -> dict[str, Aggregate]:
        """Return by key of a department ("department/key") the clue that holds it."""
        wanted = set(keys)
        found = self.clues.find({"state.keys": {"$in": sorted(wanted)}}, limit=len(wanted) or 1)
        return {key: agg for agg in found for key in agg.state["keys"] if key in wanted}

    def clue_of(self, keys: list[str]) -> Aggregate | None:
        """Return a clue that already holds one of these keys."""
        found = self.clues.find({"state.keys": {"$in": keys}}, limit=1) if keys else []
        return found[0] if found else None

    def clues_found(self, names: list[str], region: str, since: str, until: str) -> Iterator[dict[str, Any]]:
        """Yield these fields of every clue of a region that was found within days."""
        days = {"state.found_on": {"$gte": since, "$lte": until}}
        return self.clues.rows(names, days, region=region)

    def every(
        self,
        repo: Any,
        where: Mapping[str, Any],
        *,
        region: str | None = None,
        page: int = PAGE,
        after: str | None = None,
    ) -> Iterator[Aggregate]:
        """Walk all matches, page by page in the order of their ids: for the work of a day, and for lists of
        which a part is shown.
        """
        while found := repo.find(where, region=region, after=after, limit=page):
            yield from found
            after = found[-1].id
