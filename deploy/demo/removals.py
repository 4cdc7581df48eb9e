"""Village, town and county at work on the five steps of removal (R-01…R-03, R-06)."""

from __future__ import annotations

from typing import Any

from shouwang.access import Actor
from shouwang.access import roles as r
from shouwang.errors import Conflict, NotFound, Refused

from deploy.demo.agenda import Agenda
from deploy.demo.caring import Caring
from deploy.demo.cases import Cases
from deploy.demo.cast import Cast, signature
from deploy.demo.findings import removal_record_of
from deploy.demo.meetings import appraisal
from deploy.demo.notices import Notices
from deploy.demo.world import World

Json = dict[str, Any]
CONFIRMED = "confirmed"
GROUNDS = ["destitute", "minimum_living", "several_risks", "up_to_the_line"]


class Removals:
    """Proposals of the villages; `refused` are those that the rules or a step refused."""

    def __init__(
        self, cast: Cast, world: World, agenda: Agenda, cases: Cases, notices: Notices, caring: Caring
    ) -> None:
        self._caring = caring
        self._cast, self._world, self._agenda = cast, world, agenda
        self._cases, self._notices = cases, notices
        self.refused: list[Json] = []
        self.removed: list[str] = []
        self.not_monitored: list[str] = []

    def propose(self, event: Json) -> None:
        """The village proposes; whom the rules leave out is left out (R-06)."""
        household = event["household"]
        delivered = self._delivered(household)
        way = "natural" if delivered is None else "helped"
        found = self._world.visit(household, self._agenda.today)
        record = removal_record_of(found, delivered is not False)
        who = self._at(household, r.VILLAGE_COMMITTEE)
        args = {"household": household, "way": way, "record": record}
        try:
            case = self._cast.call(who, "monitoring", "propose_removal", **args)
        except Conflict:
            self.not_monitored.append(household)
        except Refused as refused:
            self._note(household, refused)
        else:
            self._agenda.after(1, lambda: self._check(case))

    def _delivered(self, household: str) -> bool | None:
        """Whether every measure was confirmed; None when there was nothing to deliver."""
        officer = self._cast.county()
        try:
            plans = self._cast.call(officer, "assistance", "plan", household=household)
        except NotFound:
            return None
        tasks = [task for plan in plans for task in plan["tasks"]]
        return all(task["status"] == CONFIRMED for task in tasks) if tasks else None

    def _check(self, case: Json) -> None:
        """Two people check, the household signs 附件5 (R-03)."""
        household = case["household"]
        officer, team = self._cast.town(household), self._at(household, r.VILLAGE_TEAM)
        found = self._world.visit(household, self._agenda.today)
        signed = [signature(one) for one in (officer, team, self._cast.household(household))]
        papers = [self._paper(name, case) for name in ("measures_record", "removal_assessment")]
        record = removal_record_of(found, self._delivered(household) is not False)
        brought = {"people": signed, "papers": papers, "record": record}
        try:
            self._step(officer, case, "household_check", "pass", **brought)
        except Refused as refused:
            self._note(household, refused)
            reason = refused.reasons[0]["message"][:400]
            self._step(officer, case, "household_check", "refuse", reason=reason, **brought)
        else:
            self._agenda.after(1, lambda: self._appraise(case))

    def _appraise(self, case: Json) -> None:
        brought = appraisal(self._cast, case, self._agenda.today)
        papers = [self._paper("meeting_record", case)]
        committee = self._at(case["household"], r.VILLAGE_COMMITTEE)
        self._step(committee, case, "village_appraisal", "pass", papers=papers, **brought)
        self._notices.watch(case, self._review, self._withdraw)

    def _withdraw(self, case: Json) -> None:
        committee = self._at(case["household"], r.VILLAGE_COMMITTEE)
        self._step(committee, case, "village_appraisal", "withdraw", reason="异议属实，撤回消除提名")

    def _review(self, case: Json) -> None:
        household = case["household"]
        leaders = [self._cast.town(household, role) for role in (r.TOWN_PARTY_SECRETARY, r.TOWN_HEAD)]
        papers = [self._paper("removal_assessment", case)]
        signed = [signature(one) for one in leaders]
        self._step(leaders[0], case, "town_review", "pass", people=signed, papers=papers)
        self._agenda.after(1, lambda: self._decide(case))

    def _decide(self, case: Json) -> None:
        """The county decides; who calls for special review gets it, with its record (R-03)."""
        officer = self._cast.county()
        for _ in range(2):
            try:
                self._step(officer, case, "county_decision", "remove")
            except Refused as refused:
                self._last = refused
                self._review_specially(case)
            else:
                self.removed.append(case["household"])
                self._caring.removed(case)
                self._cases.free(case["household"])
                return
        self._note(case["household"], self._last)
        reason = self._last.reasons[0]["message"][:400]
        self._step(officer, case, "county_decision", "refuse", reason=reason)

    def _review_specially(self, case: Json) -> None:
        """The county looks again with the trades, ground by ground, and keeps the record."""
        officer, bureau = self._cast.county(), self._cast.department("civil_affairs")
        told = {"case": case["case"], "on": self._agenda.today.isoformat()}
        told |= {"people": [signature(officer), signature(bureau)], "grounds": GROUNDS}
        told |= {"findings": "逐项核对，风险已稳定消除", "conclusion": "may_be_removed"}
        told |= {"reference": f"special_review_record/{case['case']}"}
        self._cast.call(officer, "monitoring", "record_special_review", **told)

    def _note(self, household: str, refused: Refused) -> None:
        codes = sorted({reason.get("about") or reason["code"] for reason in refused.reasons})
        self.refused.append({"household": household, "reasons": codes})

    def _step(self, who: Actor, case: Json, step: str, action: str, **brought: Any) -> Json:
        args = {"case": case["case"], "step": step, "action": action, **brought}
        answer: Json = self._cast.call(who, "monitoring", "take_step", **args)
        return answer

    def _paper(self, name: str, case: Json) -> Json:
        on = self._agenda.today.isoformat()
        return {"name": name, "reference": f"{name}/{case['case']}", "on": on}

    def _at(self, household: str, role: str) -> Actor:
        return self._cast.village(household[:12], role)
