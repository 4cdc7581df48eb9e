"""A village's autumn, lived by the true suite: what the checker of the demo then finds sound.

One household is included over an objection that is found wrong; one is included and its risk removed; one is
sent back by an objection that is found right, and included the second time; one is refused, one withdraws,
of one only a clue is heard. A project enters the library, becomes an asset, earns, its income is paid out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from shouwang.access import Actor, roles
from shouwang.sealing import seal
from shouwang.service.discovery import find
from shouwang.settings import Settings
from shouwang.testing import actor
from shouwang.testing.suite import EmbeddedSuite

from tests.services.monitoring.sheet import VILLAGE, household

Json = dict[str, Any]
SERVICES = ["assets", "assistance", "monitoring", "notify", "projects", "civil_affairs"]
FIRST_DAY = date(2021, 9, 20)

CADRE = actor(roles.VILLAGE_CADRE)
TEAM = actor(roles.VILLAGE_TEAM)
COMMITTEE = actor(roles.VILLAGE_COMMITTEE)
MEETING = actor(roles.VILLAGE_MEETING)
TOWN = actor(roles.TOWN_OFFICER)
SECRETARY, HEAD_OF_TOWN = actor(roles.TOWN_PARTY_SECRETARY), actor(roles.TOWN_HEAD)
COUNTY = actor(roles.COUNTY_OFFICER)
BUREAU = actor(roles.DEPARTMENT_OFFICER, org="civil_affairs")
NEIGHBOUR = actor(roles.HOUSEHOLD, org=f"{VILLAGE}-0099")

POOR = {
    **{"wages": 1_200_000, "business": 500_000, "property": 0, "transfers": 300_000},
    **{"business_costs": 200_000, "claims": 0, "own_payments": 912_000},
}
"""1,800,000 fen for three persons: 6,000 yuan a head."""
BETTER = POOR | {"wages": 2_700_000, "own_payments": 0}
"""3,300,000 fen for three persons: 11,000 yuan a head."""
DONE = dict.fromkeys(("measures_delivered", "fed_and_clothed", "income_stable", "spending_controlled"), True)
PROJECT = {
    "name": "某村冷库",
    "category": "industry",
    "nature": "新建",
    "place": "某村三组",
    "schedule": "2021-09 至 2021-10",
    "responsible_unit": "某镇人民政府",
    "tasks": "建设冷库一座",
    "funds": {"total_fen": 30_000_000, "sources": [{"name": "衔接资金", "amount_fen": 30_000_000}]},
    "beneficiaries": "全村 210 户，其中脱贫户 26 户",
    "targets": "年租金不低于 1.8 万元",
    "linkage": "租金归村集体，优先用于有返贫风险的户",
}
ASKED = {"ex_poor": 20, "monitored": 3, "in_favour": 21, "against": 2}
ASSET = {"title": "某村冷库", "asset_class": "operating", "kind": "冷链设施", "owner": "某村股份经济合作社"}
RENT = 1_800_000


@dataclass(frozen=True)
class Told:
    """What the story left behind, by its ids."""

    settings: Settings
    stays: str
    removed: str
    removal: str
    again: str
    refused: str
    withdrawn: str
    clue: str
    project: str
    asset: str
    distribution: str


def home(number: int) -> str:
    """Return the number of a household of the village."""
    return f"{VILLAGE}-{number:04d}"


class Story:
    """Lives the autumn; each method is what one day holds."""

    def __init__(self, suite: EmbeddedSuite) -> None:
        self.suite = suite

    def tell(self) -> Told:
        """Live every day of it."""
        self._roster()
        clue, cases = self._clue(6), [self._applied(number) for number in (1, 2, 3, 4, 5)]
        stays, removed, again, refused, withdrawn = cases
        for case in (stays, removed, again):
            self._checked(case)
            self._appraised(case)
        self._refuse(refused)
        self._withdraw(withdrawn)
        project = self._proposed()
        self._objections(stays, again)
        self._included(date(2021, 9, 28), stays, removed)
        self._delivered(date(2021, 10, 1))
        self._review(project, date(2021, 10, 1))
        self._included(date(2021, 10, 2), again)
        removal = self._removal(date(2021, 10, 4))
        self._opinions(project, date(2021, 10, 12))
        self._remove(removal)
        asset = self._built(project, date(2021, 10, 25))
        distribution = self._distributed(asset, date(2021, 11, 5))
        ids = (stays, removed, removal, again, refused, withdrawn, clue, project, asset, distribution)
        return Told(self.suite.settings, *ids)

    def _roster(self) -> None:
        key = self._call(CADRE, "monitoring", "public_key")["key"]
        rows = [row for number in range(1, 7) for row in household(number, 3 * number)]
        given = {"village": VILLAGE, "file": "名册.xlsx", "digest": "ab" * 8, "batch": 1, "batches": 1}
        self._call(CADRE, "monitoring", "import_roster", as_of="2021-09-20", sealed=seal(key, rows), **given)

    def _heard(self, number: int) -> str:
        found = {"region": VILLAGE, "household": home(number), "risks": ["accident"]}
        found |= {"channel": "self_report", "found_on": self._today()}
        who = actor(roles.HOUSEHOLD, org=home(number))
        self._call(who, "monitoring", "report_clue", **found)
        waiting = self._call(CADRE, "monitoring", "clues", region=VILLAGE, status="open")
        clue: str = next(one["clue"] for one in waiting if one["household"] == home(number))
        self._call(CADRE, "monitoring", "respond_clue", clue=clue, visit_on=self._today())
        return clue

    def _clue(self, number: int) -> str:
        clue = self._heard(number)
        told = {"outcome": "no_risk", "reason": "入户核查未发现返贫致贫风险"}
        self._call(CADRE, "monitoring", "close_clue", clue=clue, **told)
        return clue

    def _applied(self, number: int) -> str:
        self._heard(number)
        paper = {"reference": "附件1", "on": self._today(), "signed_by": f"{home(number)}-01"}
        given = {"household": home(number), "risks": ["accident"], "paper": paper}
        case: str = self._call(CADRE, "monitoring", "apply", **given)["case"]
        return case

    def _checked(self, case: str, action: str = "pass", **changes: Any) -> None:
        record = {"collected_on": self._today(), "figures": POOR, "risks": ["accident"]} | changes
        brought = {"people": signed(TOWN, TEAM), "papers": papers("information_record"), "record": record}
        reason = None if action == "pass" else "入户核实未发现返贫致贫风险"
        self._take(TOWN, case, "household_check", action, reason=reason, **brought)

    def _refuse(self, case: str) -> None:
        self._checked(case, "refuse", figures=BETTER, risks=[])

    def _withdraw(self, case: str) -> None:
        who = actor(roles.HOUSEHOLD, org=case.rpartition("-")[0])
        self._take(who, case, "household_check", "withdraw", reason="已自行解决")

    def _appraised(self, case: str) -> None:
        brought = {"people": signed(TEAM, COMMITTEE, MEETING), "papers": papers("meeting_record")}
        brought["meeting"] = meeting(self._today())
        self._take(COMMITTEE, case, "village_appraisal", "pass", **brought)

    def _objections(self, wrong: str, right: str) -> None:
        self._until(date(2021, 9, 22))
        raised = [(case, self._object(case)) for case in (wrong, right)]
        self._until(date(2021, 9, 23))
        for case, (notice, objection) in raised:
            answer = {"notice": notice, "objection": objection, "upheld": case == right}
            looked = {"people": signed(COMMITTEE, TEAM), "on": self._today(), "found": "入户核对收入"}
            self._call(COMMITTEE, "notify", "investigate_objection", **looked, **answer)
            self._call(COMMITTEE, "notify", "close_objection", answer="已入户核查", **answer)
        self._until(date(2021, 9, 24))
        self._appraised(right)

    def _object(self, case: str) -> tuple[str, str]:
        notice = self._call(TOWN, "monitoring", "case", case=case)["notice"]["id"]
        told = {"notice": notice, "ground": "家中另有收入", "by": "anonymous"}
        return notice, self._call(NEIGHBOUR, "notify", "raise_objection", **told)["objections"][-1]["id"]

    def _included(self, on: date, *cases: str) -> None:
        self._until(on)
        for case in cases:
            self._reviewed(case, "identification_approval")
            self._call(COUNTY, "monitoring", "request_comparison", case=case)
            self._take(COUNTY, case, "county_decision", "include")

    def _reviewed(self, case: str, paper: str) -> None:
        brought = {"people": signed(SECRETARY, HEAD_OF_TOWN), "papers": papers(paper)}
        self._take(SECRETARY, case, "town_review", "pass", **brought)

    def _delivered(self, on: date) -> None:
        self._until(on)
        told = ("measure", "household", "amount_fen", "persons", "evidence")
        for task in self._call(BUREAU, "assistance", "open_tasks", region="430426"):
            given = {name: task[name] for name in told}
            self._call(BUREAU, "civil_affairs", "deliver_measure", task=task["id"], **given)
            self.suite.settle()
            self._call(CADRE, "assistance", "confirm_measure", task=task["id"])

    def _removal(self, on: date) -> str:
        self._until(on)
        record = {"collected_on": self._today(), "figures": BETTER, **DONE}
        given = {"household": home(2), "way": "helped", "record": record}
        case: str = self._call(COMMITTEE, "monitoring", "propose_removal", **given)["case"]
        people = [*signed(TOWN, TEAM), {"person_ref": f"{home(2)}-01", "role": roles.HOUSEHOLD}]
        brought = {"people": people, "papers": papers("measures_record", "removal_assessment")}
        self._take(TOWN, case, "household_check", "pass", record=record, **brought)
        self._appraised(case)
        return case

    def _remove(self, case: str) -> None:
        self._reviewed(case, "removal_assessment")
        self._take(COUNTY, case, "county_decision", "remove")

    def _proposed(self) -> str:
        given: Json = {"region": VILLAGE, "project": PROJECT, "consultation": ASKED}
        given["papers"] = papers("village_meeting_record")
        project: str = self._call(COMMITTEE, "projects", "propose_project", **given)["project"]
        return project

    def _review(self, project: str, on: date) -> None:
        self._until(on)
        self._project(TOWN, project, "town_review")

    def _opinions(self, project: str, on: date) -> None:
        self._until(on)
        finance, industry = actor(roles.COUNTY_FINANCE), actor(roles.COUNTY_INDUSTRY)
        self._project(COUNTY, project, "revitalisation_opinion", "revitalisation_opinion")
        self._project(finance, project, "finance_opinion", "finance_opinion")
        self._project(industry, project, "industry_opinion", "feasibility_opinion")
        group = actor(roles.COUNTY_LEADING_GROUP)
        self._project(group, project, "leading_group", "leading_group_minutes")

    def _built(self, project: str, on: date) -> str:
        self._until(on)
        self._project(COUNTY, project, "entry", action="enter")
        accepted = {"value_fen": 30_000_000, "reference": "验收单", "asset": ASSET}
        self._call(TOWN, "projects", "record_acceptance", project=project, **accepted)
        self.suite.settle()
        (asset,) = self._call(COMMITTEE, "assets", "assets", region=VILLAGE)
        terms = {"operator": "某合作社", "mode": "lease", "rent_fen": RENT}
        terms |= {"starts_on": self._today(), "ends_on": "2024-10-24"}
        self._call(COMMITTEE, "assets", "sign_contract", asset=asset["asset"], **terms)
        settled = {"year": 2021, "received_fen": RENT}
        self._call(COMMITTEE, "assets", "settle_income", asset=asset["asset"], **settled)
        return str(asset["asset"])

    def _distributed(self, asset: str, on: date) -> str:
        relief = [use("relief", 300_000, home(number)) for number in (1, 3)]
        uses = [*relief, use("public_posts", 800_000), use("reserve_fund", 400_000)]
        given = {"region": VILLAGE, "year": 2021, "uses": uses}
        given["papers"] = papers("collective_decision_record")
        plan: str = self._call(COMMITTEE, "assets", "propose_distribution", **given)["distribution"]
        self._until(on)
        for who, step, action in ((TOWN, "town_review", "pass"), (COUNTY, "county_filing", "file")):
            self._call(who, "assets", "take_step", distribution=plan, step=step, action=action)
        self._call(COMMITTEE, "assets", "pay_out", distribution=plan)
        self.suite.settle()
        return plan

    def _project(
        self, who: Actor, project: str, step: str, paper: str | None = None, action: str = "pass"
    ) -> None:
        given = {"project": project, "step": step, "action": action}
        self._call(who, "projects", "take_step", papers=papers(paper) if paper else [], **given)

    def _take(self, who: Actor, case: str, step: str, action: str, **brought: Any) -> None:
        given = {"case": case, "step": step, "action": action} | brought
        self._call(who, "monitoring", "take_step", **given)

    def _call(self, who: Actor, service: str, method: str, /, **args: Any) -> Any:
        return self.suite.call(who, service, method, **args)

    def _until(self, day: date) -> None:
        self.suite.pass_days(day)

    def _today(self) -> str:
        return str(self.suite.suite.clock.today())


def signed(*people: Actor) -> list[Json]:
    """Return the signatures of these people, each in the first of their roles."""
    return [{"person_ref": one.id, "role": one.roles[0]} for one in people]


def meeting(held_on: str) -> Json:
    """Return the record of an appraisal meeting at which all four functions sat, all in favour."""
    functions = {TEAM: "village_team", COMMITTEE: "two_committees", MEETING: "group_leader"}
    attended = [{"person_ref": who.id, "function": function} for who, function in functions.items()]
    attended.append({"person_ref": "party_member-1", "function": "party_member"})
    record: Json = {"held_on": held_on, "place": "村部", "reference": "会议记录", "chair": COMMITTEE.id}
    record |= {"attended": attended, "invited": 4, "in_favour": 4, "against": 0, "abstained": 0}
    return record


def papers(*names: str) -> list[Json]:
    """Return papers by name."""
    return [{"name": name, "reference": f"档案/{name}"} for name in names]


def use(kind: str, amount_fen: int, household: str | None = None) -> Json:
    """Return one use of a distribution."""
    return {"use": kind, "amount_fen": amount_fen, "text": kind, "household": household}


def live(folder: Path) -> Told:
    """Live the story in a folder; the suite is stopped when it is told."""
    with EmbeddedSuite(folder, find(SERVICES), day=FIRST_DAY) as suite:
        told = Story(suite).tell()
        suite.settle()
        return told
