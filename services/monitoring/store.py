"""The only room that knows the database of monitoring."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shouwang.store import Aggregate, Database, Index

OPEN_CLUE = ["open", "responded", "in_case"]
ENTRIES = ("case", "earlier_cases.*")
NAMED = ("pinned.*", "entries.*.papers.*", "debts.*")
"""Where a case holds names that are not of persons: parameters, papers, what is owed."""


class Store:
    """Households with their members, held rows, clues, inspection ledgers, cases.

    Names, ID numbers, phones, birth dates and health stand encrypted, and so do the decisions of a case and
    what the departments answered; persons are found by the blind index of their ID number.
    """

    def __init__(self, db: Database) -> None:
        self.households = db.repository(
            "households",
            kind="household",
            encrypted=["members", "phone", "collector", "last_record"],
            blind={"id_number": "members.*.id_number"},
            indexes=[Index("region", "state.status")],
        )
        self.villages = db.repository("villages", kind="village", indexes=[Index("region")])
        self.rosters = db.repository("rosters", kind="roster", indexes=[Index("region")])
        self.held = db.repository(
            "held_households", kind="held_household", encrypted=["rows"], indexes=[Index("state.status")]
        )
        self.clues = db.repository(
            "clues",
            kind="clue",
            encrypted=["person", "response", "reason", "sources.*.note", "sources.*.grounds"],
            blind={"id_number": "person.id_number"},
            indexes=[
                Index("state.household", "state.status"),
                Index("state.status", "state.due_on"),
                Index("state.keys"),
            ],
        )
        self.ledgers = db.repository(
            "inspection_ledgers", kind="inspection_ledger", indexes=[Index("state.round")]
        )
        self.cases = db.repository(
            "cases",
            kind="case",
            encrypted=[
                *(f"{one}.entries.*.{part}" for one in ENTRIES for part in ("decisions", "reason")),
                "record",
                "comparison",
            ],
            public=[f"{one}.{part}.name" for one in ENTRIES for part in NAMED],
            indexes=[
                Index("state.household", "state.case.status"),
                Index("state.case.status", "state.case.procedure"),
            ],
        )

    def many_households(self, ids: list[str]) -> dict[str, Aggregate]:
        """Return the households of these ids that there are, by id."""
        return _by_id(self.households.find({"_id": {"$in": ids}}, limit=len(ids) or 1))

    def held_household(self, id: str, region: str) -> Aggregate:
        """Return what is kept of a held household, or a new aggregate for it."""
        return self.held.get_or_none(id) or self.held.new(id, region=region, state={})

    def homes_of(self, id_numbers: list[str]) -> dict[str, str]:
        """Return ID number → household of those whom the registry has."""
        found = self.households.holders("id_number", id_numbers) if id_numbers else {}
        return {number: homes[0] for number, homes in found.items() if homes}

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

    def open_case(self, household: str) -> Aggregate | None:
        """Return the running case of a household."""
        return self.cases.find_one(where={"state.household": household, "state.case.status": "open"})

    def cases_of(self, household: str) -> list[Aggregate]:
        """Return every case of a household, in the order in which they were opened."""
        return _in_order(self.cases.find({"state.household": household}))

    def next_id(self, repo: Any, household: str, letter: str) -> str:
        """Return "<household>-C3" for the third of its kind; a race ends in a Conflict on saving."""
        number = repo.count({"state.household": household, "state.letter": letter}) + 1
        return f"{household}-{letter}{number}"


def _by_id(found: Iterable[Aggregate]) -> dict[str, Aggregate]:
    return {agg.id: agg for agg in found}


def _in_order(found: Iterable[Aggregate]) -> list[Aggregate]:
    return sorted(found, key=lambda agg: (str(agg.state["opened_on"]), agg.id))
