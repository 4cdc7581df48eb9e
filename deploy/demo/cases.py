"""Village, town and county at work on the five steps of identification (I-01…I-07)."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.access import Actor
from shouwang.access import roles as r
from shouwang.errors import Refused

from deploy.demo.agenda import Agenda
from deploy.demo.caring import Caring
from deploy.demo.cast import Cast, signature
from deploy.demo.findings import record_of
from deploy.demo.meetings import appraisal
from deploy.demo.notices import Notices
from deploy.demo.world import World

Json = dict[str, Any]
NO_RISK_NAMED = "other"
MEANS = {
    ("bank_deposits", "balance"): 20_000_000,
    ("motor_vehicles", "cars"): 1,
    ("real_estate", "market"): 1,
    ("business_registration", "leads"): 1,
    ("public_payroll", "serving"): 1,
}
"""What makes the county look again: fact, value, from how much on (fen, or how many)."""


class Cases:
    """Cases by household; `looked_again` are those in which a hidden fact came out."""

    def __init__(self, cast: Cast, world: World, agenda: Agenda, notices: Notices, caring: Caring) -> None:
        self._cast, self._world, self._agenda, self._notices = cast, world, agenda, notices
        self._caring = caring
        self._busy: set[str] = set()
        self._looked_again: set[str] = set()
        self.ended: dict[str, Json] = {}

    def is_busy(self, household: str) -> bool:
        """Whether the household is in a case or monitored."""
        return household in self._busy

    def free(self, household: str) -> None:
        """The household is neither in a case nor monitored any more."""
        self._busy.discard(household)

    def apply(self, clue: Json, found: Json, signed_by: str) -> None:
        """The village helps the household to apply with the signed 附件1 (I-01, I-06)."""
        household, today = clue["household"], self._agenda.today
        paper = {"reference": f"附件1/{household}", "on": today.isoformat(), "signed_by": signed_by}
        args = {"household": household, "risks": found["risks"] or [NO_RISK_NAMED], "paper": paper}
        case = self._cast.call(self._at(household, r.VILLAGE_CADRE), "monitoring", "apply", **args)
        self._busy.add(household)
        self._agenda.after(1, lambda: self._check(case))

    def _check(self, case: Json) -> None:
        """Two people go there, town and village team (I-02); a household may withdraw before."""
        household = case["household"]
        leaving = self._world.reaction(household, "withdraws")
        if leaving is not None and household not in self._looked_again:
            who = self._cast.household(household)
            self._close(self._step(who, case, "household_check", "withdraw", reason=leaving["reason"]))
            return
        officer, team = self._cast.town(household), self._at(household, r.VILLAGE_TEAM)
        record = record_of(self._world.visit(household, self._agenda.today, self._anchor(case)))
        brought: Json = {"people": [signature(officer), signature(team)], "record": record}
        brought["papers"] = [self._paper("information_record", case)]
        if household in self._looked_again:
            true = [risk for risk in record["risks"] if not self._world.is_pretended(household, risk)]
            brought["record"] = record | {"risks": true}
            reason = "复核查明所称风险不实，家庭财产足以保障生活"
            self._close(self._step(officer, case, "household_check", "refuse", reason=reason, **brought))
            return
        self._step(officer, case, "household_check", "pass", **brought)
        self._agenda.after(1, lambda: self._appraise(case))

    def _appraise(self, case: Json) -> None:
        """The appraisal meeting in its named composition, then the notice (I-03)."""
        brought = appraisal(self._cast, case, self._agenda.today)
        papers = [self._paper("meeting_record", case)]
        committee = self._at(case["household"], r.VILLAGE_COMMITTEE)
        self._step(committee, case, "village_appraisal", "pass", papers=papers, **brought)
        self._notices.watch(case, self._review, self._look_again)

    def _look_again(self, case: Json) -> None:
        """What an upheld objection or the departments showed: the village sends it back to the check."""
        self._looked_again.add(case["household"])
        committee = self._at(case["household"], r.VILLAGE_COMMITTEE)
        reason = "经核查反映的情况属实，须重新入户核实"
        self._step(committee, case, "village_appraisal", "send_back", reason=reason, to="household_check")
        self._agenda.after(1, lambda: self._check(case))

    def _review(self, case: Json) -> None:
        """Both leaders of the town sign (I-04)."""
        household = case["household"]
        leaders = [self._cast.town(household, role) for role in (r.TOWN_PARTY_SECRETARY, r.TOWN_HEAD)]
        signed = [signature(one) for one in leaders]
        papers = [self._paper("identification_approval", case)]
        self._step(leaders[0], case, "town_review", "pass", people=signed, papers=papers)
        self._agenda.after(1, lambda: self._decide(case))

    def _decide(self, case: Json) -> None:
        """The county compares and decides (I-05, I-07)."""
        officer, household = self._cast.county(), case["household"]
        answer = self._cast.call(officer, "monitoring", "request_comparison", case=case["case"])
        if self._has_means(answer):
            reason = "部门比对发现家庭财产与申报不符，请重新入户核实"
            self._step(officer, case, "county_decision", "send_back", reason=reason, to="household_check")
            self._looked_again.add(household)
            self._agenda.after(1, lambda: self._check(case))
            return
        try:
            self._close(self._step(officer, case, "county_decision", "include"))
        except Refused as refused:
            reason = refused.reasons[0]["message"][:400]
            self._close(self._step(officer, case, "county_decision", "refuse", reason=reason))

    def _has_means(self, answer: Json) -> bool:
        """Whether what the departments answered shows property that nobody at risk has."""
        facts = (fact for one in answer["departments"] for fact in one["facts"])
        return any(_exceeds(fact["fact"], values) for fact in facts for values in fact["persons"].values())

    def _close(self, case: Json) -> None:
        self.ended[case["case"]] = case
        if case["status"] == "included":
            self._caring.included(case)
        else:
            self.free(case["household"])

    def _step(self, who: Actor, case: Json, step: str, action: str, **brought: Any) -> Json:
        args = {"case": case["case"], "step": step, "action": action, **brought}
        answer: Json = self._cast.call(who, "monitoring", "take_step", **args)
        return answer

    def _paper(self, name: str, case: Json) -> Json:
        on = self._agenda.today.isoformat()
        return {"name": name, "reference": f"{name}/{case['case']}", "on": on}

    def _anchor(self, case: Json) -> date:
        return date.fromisoformat(case["opened_on"])

    def _at(self, household: str, role: str) -> Actor:
        return self._cast.village(household[:12], role)


def _exceeds(fact: str, values: Json) -> bool:
    """Whether one of the values of a fact is at or over its limit."""
    return any(int(values.get(value) or 0) >= limit for (of, value), limit in MEANS.items() if of == fact)
