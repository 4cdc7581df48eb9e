"""Village teams on their rounds: every household of the village, what was found, who was away (S-02)."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.access import roles as r

from deploy.demo.cast import Cast

Json = dict[str, Any]
LAST_OF_HALF = {1: (6, 30), 2: (12, 31)}


class Rounds:
    """Inspection rounds; visits of a day go in together with what was found on it."""

    def __init__(self, cast: Cast, town: str) -> None:
        self._cast, self._town = cast, town
        self._ledgers: dict[tuple[int, str], Json] = {}
        self.not_in_registry = 0

    def record(self, events: list[Json]) -> None:
        """Record one day's visits of every village."""
        found = {one["household"]: one for one in events if one["kind"] == "finding"}
        for one in events:
            if one["kind"] == "inspection":
                self._village(one, found)

    def _village(self, event: Json, found: dict[str, Json]) -> None:
        village, on = event["village"], date.fromisoformat(event["on"])
        ledger = self._ledger(event["round"], village, on)
        visits = [self._visit(f"{village}-{number}", event["on"], found) for number in event["visited"]]
        known = [one for one in visits if one["household"] in ledger["known"]]
        self.not_in_registry += len(visits) - len(known)
        if known:
            team = self._cast.village(village, r.VILLAGE_TEAM)
            args = {"ledger": ledger["ledger"], "visits": known}
            self._cast.call(team, "monitoring", "record_finding", **args)

    def _visit(self, household: str, on: str, found: dict[str, Json]) -> Json:
        seen = found.get(household)
        risks = [*seen["risks"], *seen["states"]] if seen else []
        return {"household": household, "on": on, "risks": risks, "note": seen["note"] if seen else ""}

    def _ledger(self, round_number: int, village: str, on: date) -> Json:
        if (round_number, village) not in self._ledgers:
            self._open(round_number, on)
        return self._ledgers[round_number, village]

    def _open(self, round_number: int, on: date) -> None:
        """The town opens the round; its ledgers say which households there are."""
        half = 1 if on.month <= LAST_OF_HALF[1][0] else 2
        last = date(on.year, *LAST_OF_HALF[half])
        args = {"region": self._town, "year": on.year, "half": half}
        args |= {"opens_on": on.isoformat(), "closes_on": last.isoformat()}
        for one in self._cast.call(self._cast.town(self._town), "monitoring", "inspection_round", **args):
            known = set(one["not_visited"])
            self._ledgers[round_number, one["village"]] = {"ledger": one["ledger"], "known": known}
