"""Village cadres at work: clues answered the same day, households visited, applications made."""

from __future__ import annotations

from typing import Any

from shouwang.access import roles as r
from shouwang.errors import NotFound, Refused

from deploy.demo.agenda import Agenda
from deploy.demo.cases import Cases
from deploy.demo.cast import Cast
from deploy.demo.findings import head_of, is_at_risk
from deploy.demo.world import World

Json = dict[str, Any]
CHANNELS = {"village": "self_report"}
DAYS_TO_VISIT = 2
DAYS_TO_TRY_AGAIN = 5
NOT_YET = "procedure.not_valid"
"""The document that sets the procedure is not out yet (docs/decisions/0002)."""


class Clues:
    """What becomes of a clue until it is closed or a case is opened."""

    def __init__(self, cast: Cast, world: World, agenda: Agenda, cases: Cases) -> None:
        self._cast, self._world, self._agenda, self._cases = cast, world, agenda, cases
        self.unknown_households = 0

    def report(self, event: Json) -> None:
        """A household reports itself, or a neighbour calls the hotline (S-01)."""
        household = event["household"]
        by_phone = event["channel"] == "hotline"
        who = self._cast.hotline() if by_phone else self._cast.household(household)
        channel = CHANNELS.get(event["channel"], event["channel"])
        told = {"channel": channel, "risks": [*event["risks"], *event["states"]]}
        args = {"region": event["village"], "household": household, "note": event["note"], **told}
        try:
            self._cast.call(who, "monitoring", "report_clue", found_on=event["on"], **args)
        except NotFound:
            self.unknown_households += 1

    def answer_new(self, town: str) -> None:
        """Lists of departments are taken over; every open clue is answered today (S-06) and visited soon."""
        officer = self._cast.town(town)
        for one in self._cast.call(officer, "monitoring", "handovers", region=town, status="waiting"):
            self._cast.call(officer, "monitoring", "take_over", handover=one["handover"])
        for clue in self._cast.call(officer, "monitoring", "clues", region=town, status="open"):
            self._answer(clue)

    def _answer(self, clue: Json) -> None:
        cadre = self._cast.village(clue["household"][:12], r.VILLAGE_CADRE)
        visit_on = self._agenda.today.isoformat()
        self._cast.call(cadre, "monitoring", "respond_clue", clue=clue["clue"], visit_on=visit_on)
        self._agenda.after(DAYS_TO_VISIT, lambda: self._visit(clue))

    def _visit(self, clue: Json) -> None:
        household = clue["household"]
        found = self._world.visit(household, self._agenda.today)
        self._check(clue, "at_risk" if is_at_risk(found) else "no_risk")
        if not is_at_risk(found):
            self._close(clue, "no_risk", "入户核查未发现返贫致贫风险")
        elif not found["signs_authorisation"]:
            self._close(clue, "solved", "农户不愿签署承诺授权书，已告知权利并继续跟踪")
        else:
            self._apply(clue, found)

    def _check(self, clue: Json, finding: str) -> None:
        """Two go to the household: one of the town, one of the village (S-03)."""
        village = clue["household"][:12]
        town, cadre = self._cast.town(village[:9]), self._cast.village(village, r.VILLAGE_CADRE)
        pair = ((town, r.TOWN_OFFICER), (cadre, r.VILLAGE_CADRE))
        people = [{"person_ref": who.id, "role": role} for who, role in pair]
        args = {"clue": clue["clue"], "on": self._agenda.today.isoformat(), "people": people}
        self._cast.call(cadre, "monitoring", "check_clue", finding=finding, **args)

    def _close(self, clue: Json, outcome: str, reason: str) -> None:
        cadre = self._cast.village(clue["household"][:12], r.VILLAGE_CADRE)
        args = {"clue": clue["clue"], "outcome": outcome, "reason": reason}
        self._cast.call(cadre, "monitoring", "close_clue", **args)

    def _apply(self, clue: Json, found: Json) -> None:
        if self._cases.is_busy(clue["household"]):
            self._close(clue, "already_monitored", "该户已在监测或程序之中，合并办理")
            return
        try:
            self._cases.apply(clue, found, head_of(found))
        except Refused as refused:
            if NOT_YET not in {reason["code"] for reason in refused.reasons}:
                raise
            self._agenda.after(DAYS_TO_TRY_AGAIN, lambda: self._visit(clue))
