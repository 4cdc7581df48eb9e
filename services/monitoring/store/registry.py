"""Households with their members, totals of villages, rosters and the rows that wait."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shouwang.store import Aggregate, Database, Index

from services.monitoring.domain.registry.history import new_history

VILLAGE_DIGITS = 12
UNDATED = "2021-07-02"
"""The day on which the form was issued: a household without a day of collection is known from then on."""


PERSONAL = (
    *("members", "former", "base", "changes", "phone", "collector", "last_record"),
    *("address", "other_risk", "collector_phone", "register"),
)
"""Everything of a household that says something about a person, its history included."""


class RegistryStore:
    """The registry. Names, ID numbers, phones, addresses, birth dates and health stand encrypted.

    Persons are found by the blind index of their ID number.
    """

    households: Any
    villages: Any
    rosters: Any
    held: Any
    moves: Any
    duplicates: Any
    sites: Any

    def open_registry(self, db: Database) -> None:
        """Declare the repositories of the registry."""
        self.households = db.repository(
            "households",
            kind="household",
            schema_version=2,
            migrations={1: with_history},
            encrypted=list(PERSONAL),
            blind={"id_number": "members.*.id_number"},
            indexes=[Index("region", "state.status"), Index("at")],
        )
        self.villages = db.repository(
            "villages", kind="village", indexes=[Index("region"), Index("state.compare")]
        )
        self.rosters = db.repository(
            "rosters", kind="roster", encrypted=["batches.*.lines"], indexes=[Index("region")]
        )
        self.held = db.repository(
            "held_households", kind="held_household", encrypted=["rows"], indexes=[Index("state.status")]
        )
        self.moves = db.repository(
            "member_moves",
            kind="member_move",
            encrypted=["reason"],
            indexes=[Index("state.household", "state.letter"), Index("state.status"), Index("region")],
        )
        self.duplicates = db.repository(
            "duplicates",
            kind="duplicate",
            encrypted=["pairs.*.decided"],
            indexes=[Index("region", "state.status"), Index("state.status")],
        )
        self.sites = db.repository("resettlement_sites", kind="resettlement_site", indexes=[Index("region")])

    def many_households(self, ids: list[str]) -> dict[str, Aggregate]:
        """Return the households of these ids that there are, by id."""
        return _by_id(self.households.find({"_id": {"$in": ids}}, limit=len(ids) or 1))

    def villages_in(self, region: str) -> list[str]:
        """Return every village of a region that ever handed in a roster, in order."""
        if len(region) == VILLAGE_DIGITS:
            return [region]
        repos = (self.villages, self.rosters)
        return sorted({one["region"] for repo in repos for one in repo.rows([], region=region)})

    def households_in(self, region: str, after: str | None, limit: int) -> list[Aggregate]:
        """Return a page of the households of a region, in the order of their numbers.

        Village by village: asked for a county at once, the embedded store reads all of it for one page.
        """
        page: list[Aggregate] = []
        for village in self.villages_in(region):
            if len(page) >= limit:
                break
            if village >= (after or "")[:VILLAGE_DIGITS]:
                page += self._page(village, after, limit - len(page))
        return page

    def _page(self, village: str, after: str | None, limit: int) -> list[Aggregate]:
        """Return a page of a village. Its numbers mostly follow one another without a gap: what ends with the
        `limit`-th number from here is asked for first, since the embedded store reads all that match.
        """
        last = _number(after) + limit if (after or "").startswith(f"{village}-") else limit
        until = f"{village}-{last:04d}"
        page: list[Aggregate] = self.households.find(region=village, after=after, until=until, limit=limit)
        if len(page) == limit:
            return page
        return page + self.households.find(
            region=village, after=max(after or "", until), limit=limit - len(page)
        )

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


def with_history(state: dict[str, Any]) -> dict[str, Any]:
    """Return a household as stored before it had a history of its own: known from its collection on."""
    known = state["collected_on"] or UNDATED
    added = dict.fromkeys(("address", "resettlement_site", "other_risk", "collector_phone"))
    own = {"to_clarify": {}, "measures": [], "roster_date": known}
    return {**added, **new_history(known), **own, **state}


def _number(household: str | None) -> int:
    number = (household or "").rpartition("-")[2]
    return int(number) if number.isdecimal() else 0


def _by_id(found: Iterable[Aggregate]) -> dict[str, Aggregate]:
    return {agg.id: agg for agg in found}
