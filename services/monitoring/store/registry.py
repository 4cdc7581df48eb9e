"""Households with their members, totals of villages, rosters and the rows that wait."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shouwang.store import Aggregate, Database, Index

VILLAGE_DIGITS = 12


class RegistryStore:
    """The registry. Names, ID numbers, phones, birth dates and health stand encrypted.

    Persons are found by the blind index of their ID number.
    """

    households: Any
    villages: Any
    rosters: Any
    held: Any

    def open_registry(self, db: Database) -> None:
        """Declare the repositories of the registry."""
        self.households = db.repository(
            "households",
            kind="household",
            encrypted=["members", "phone", "collector", "last_record"],
            blind={"id_number": "members.*.id_number"},
            indexes=[Index("region", "state.status"), Index("at")],
        )
        self.villages = db.repository("villages", kind="village", indexes=[Index("region")])
        self.rosters = db.repository("rosters", kind="roster", indexes=[Index("region")])
        self.held = db.repository(
            "held_households", kind="held_household", encrypted=["rows"], indexes=[Index("state.status")]
        )

    def many_households(self, ids: list[str]) -> dict[str, Aggregate]:
        """Return the households of these ids that there are, by id."""
        return _by_id(self.households.find({"_id": {"$in": ids}}, limit=len(ids) or 1))

    def villages_in(self, region: str) -> list[str]:
        """Return every village of a region that ever handed in a roster, in order."""
        if len(region) == VILLAGE_DIGITS:
            return [region]
        repos = (self.villages, self.rosters)
        return sorted({one["region"] for repo in repos for one in repo.rows([], region=region)})

    def unfilled(self, region: str, after: str, limit: int) -> list[dict[str, Any]]:
        """Return a page of {id, unknown} of the households with unknown cells, behind `after` on.

        Village by village and only what is shown: asked for a county at once, the store would read all of it.
        """
        page: list[dict[str, Any]] = []
        for village in self.villages_in(region):
            if len(page) >= limit:
                break
            if village >= after[:VILLAGE_DIGITS]:
                found = self.households.rows(["unknown"], region=village)
                open_ = (one for one in found if one["unknown"] and one["id"] > after)
                page += sorted(open_, key=lambda one: str(one["id"]))
        return page[:limit]

    def held_household(self, id: str, region: str) -> Aggregate:
        """Return what is kept of a held household, or a new aggregate for it."""
        return self.held.get_or_none(id) or self.held.new(id, region=region, state={})

    def homes_of(self, id_numbers: list[str]) -> dict[str, str]:
        """Return ID number → household of those whom the registry has."""
        found = self.households.holders("id_number", id_numbers) if id_numbers else {}
        return {number: homes[0] for number, homes in found.items() if homes}

    def next_id(self, repo: Any, household: str, letter: str) -> str:
        """Return "<household>-C3" for the third of its kind; a race ends in a Conflict on saving."""
        number = repo.count({"state.household": household, "state.letter": letter}) + 1
        return f"{household}-{letter}{number}"


def _by_id(found: Iterable[Aggregate]) -> dict[str, Aggregate]:
    return {agg.id: agg for agg in found}
