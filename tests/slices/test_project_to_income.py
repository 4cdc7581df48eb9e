"""A project enters the library, is built, becomes an asset, earns, and its income goes to those at risk."""

from __future__ import annotations

from datetime import date

import pytest
from marshmallow import Schema, fields
from shouwang.access import roles
from shouwang.errors import Forbidden, Refused
from shouwang.service import Service, call
from shouwang.service.case_schemas import InRegion
from shouwang.testing import actor
from shouwang.testing.suite import EmbeddedSuite

from services.assets.service import Assets
from services.notify.service import Notify
from services.projects.service import Projects

VILLAGE = "430426100001"
PROJECT = {
    "name": "某村冷库",
    "category": "industry",
    "nature": "新建",
    "place": "某村三组",
    "schedule": "2021-09 至 2021-12",
    "responsible_unit": "某镇人民政府",
    "tasks": "建设冷库一座",
    "funds": {"total_fen": 30_000_000, "sources": [{"name": "衔接资金", "amount_fen": 30_000_000}]},
    "beneficiaries": "全村 210 户，其中脱贫户 26 户",
    "targets": "年租金不低于 1.8 万元",
    "linkage": "租金归村集体，优先用于有返贫风险的户",
}
ASKED = {"ex_poor": 20, "monitored": 3, "in_favour": 21, "against": 2}
ASSET = {"title": "某村冷库", "asset_class": "operating", "kind": "冷链设施", "owner": "某村股份经济合作社"}
INVESTIGATORS = [
    {"person_ref": "committee-1", "role": roles.VILLAGE_COMMITTEE},
    {"person_ref": "team-1", "role": roles.VILLAGE_TEAM},
]
USES = [
    {"use": "relief", "amount_fen": 600_000, "text": "帮困救助", "household": f"{VILLAGE}-0007"},
    {"use": "public_posts", "amount_fen": 800_000, "text": "保洁员岗位"},
    {"use": "reserve_fund", "amount_fen": 400_000, "text": "公积公益金"},
]


class Household(Schema):
    household = fields.String(required=True)
    category = fields.String(required=True)
    risks = fields.List(fields.String(), required=True)


class Counted(Schema):
    households = fields.Integer(required=True)


class KnownRisks(Service):
    """Stands for monitoring: one household of the village is at risk."""

    name = "monitoring"

    @call(InRegion, returns=[Household], callers=["*"], where="region")
    def at_risk_households(self, request):
        one = {"household": f"{VILLAGE}-0007", "category": "marginal", "risks": ["disaster"]}
        return [one] if VILLAGE.startswith(request["region"]) else []

    @call(InRegion, returns=Counted, callers=["*"], where="region")
    def figures(self, request):
        return {"households": 210}


COMMITTEE = actor(roles.VILLAGE_COMMITTEE, region=VILLAGE)
TOWN = actor(roles.TOWN_OFFICER)
COUNTY = actor(roles.COUNTY_OFFICER)


@pytest.fixture
def suite(tmp_path, mongo_uri):
    services = [Projects, Assets, Notify, KnownRisks]
    with EmbeddedSuite(tmp_path, services, day=date(2021, 8, 2)) as running:
        yield running


def paper(name):
    return [{"name": name, "reference": f"档案/{name}"}]


def step(suite, who, project, name, action="pass", papers=()):
    args = {"project": project, "step": name, "action": action, "papers": list(papers)}
    return suite.call(who, "projects", "take_step", **args)


def entered(suite):
    proposal = {"region": VILLAGE, "project": PROJECT, "consultation": ASKED}
    proposal["papers"] = paper("village_meeting_record")
    project = suite.call(COMMITTEE, "projects", "propose_project", **proposal)["project"]
    suite.pass_days(date(2021, 8, 12))
    with pytest.raises(Refused) as early:
        step(suite, TOWN, project, "town_review")
    assert "procedure.gate_shut" in {reason["code"] for reason in early.value.reasons}
    suite.pass_days(date(2021, 8, 13))
    step(suite, TOWN, project, "town_review")
    suite.pass_days(date(2021, 8, 24))
    step(suite, COUNTY, project, "revitalisation_opinion", papers=paper("revitalisation_opinion"))
    finance = actor(roles.COUNTY_FINANCE)
    step(suite, finance, project, "finance_opinion", papers=paper("finance_opinion"))
    industry = actor(roles.COUNTY_INDUSTRY)
    step(suite, industry, project, "industry_opinion", papers=paper("feasibility_opinion"))
    group = actor(roles.COUNTY_LEADING_GROUP)
    step(suite, group, project, "leading_group", papers=paper("leading_group_minutes"))
    suite.pass_days(date(2021, 9, 4))
    assert step(suite, COUNTY, project, "entry", "enter")["status"] == "entered"
    return project


def under_contract(suite, project):
    accepted = {"project": project, "value_fen": 30_000_000, "reference": "验收单", "asset": ASSET}
    suite.call(TOWN, "projects", "record_acceptance", **accepted)
    suite.settle()
    (asset,) = suite.call(COMMITTEE, "assets", "assets", region=VILLAGE)
    terms = {"operator": "某合作社", "mode": "lease", "rent_fen": 1_800_000}
    terms |= {"starts_on": "2021-09-04", "ends_on": "2024-09-03"}
    suite.call(COMMITTEE, "assets", "sign_contract", asset=asset["asset"], **terms)
    return asset["asset"]


def propose(suite, uses):
    args = {"region": VILLAGE, "year": 2021, "uses": uses, "papers": paper("collective_decision_record")}
    return suite.call(COMMITTEE, "assets", "propose_distribution", **args)


@pytest.mark.rule("P-02")
@pytest.mark.rule("P-07")
@pytest.mark.rule("X-01")
@pytest.mark.rule("X-06")
@pytest.mark.rule("X-07")
@pytest.mark.rule("N-01")
def test_a_project_becomes_an_asset_and_its_income_goes_to_those_at_risk(suite):
    asset = under_contract(suite, entered(suite))
    suite.pass_days(date(2021, 12, 1))
    suite.call(COMMITTEE, "assets", "settle_income", asset=asset, year=2021, received_fen=1_800_000)
    with pytest.raises(Refused) as left_out:
        propose(suite, USES[1:])
    assert "有返贫风险" in str(left_out.value.reasons)
    plan = propose(suite, USES)["distribution"]
    suite.pass_days(date(2021, 12, 12))
    for who, name, action in ((TOWN, "town_review", "pass"), (COUNTY, "county_filing", "file")):
        args = {"distribution": plan, "step": name, "action": action}
        suite.call(who, "assets", "take_step", **args)
    suite.call(COMMITTEE, "assets", "pay_out", distribution=plan)
    suite.settle()
    figures = suite.call(COUNTY, "assets", "figures", region="430426")
    assert figures == {
        "assets_registered": 1,
        "income_fen": 1_800_000,
        "distributed_fen": 1_400_000,
        "kept_funds_fen": 400_000,
    }
    balances = suite.call(COMMITTEE, "assets", "ledger", region=VILLAGE, year=2021)["balances"]
    assert sum(balances.values()) == 0
    told = suite.call(COUNTY, "notify", "figures", region="430426")
    assert (told["notices_published"], told["notices_open"], told["messages_sent"]) == (4, 0, 1)


@pytest.mark.rule("N-01")
def test_an_open_objection_holds_the_gate_and_an_answer_opens_it(suite):
    proposal = {"region": VILLAGE, "project": PROJECT, "consultation": ASKED}
    proposal["papers"] = paper("village_meeting_record")
    project = suite.call(COMMITTEE, "projects", "propose_project", **proposal)["project"]
    suite.settle()
    (notice,) = suite.call(COMMITTEE, "notify", "notices", region=VILLAGE)
    villager = actor(roles.HOUSEHOLD, region=VILLAGE)
    objection = {"notice": notice["notice"], "ground": "选址占用水塘", "by": "anonymous"}
    raised = suite.call(villager, "notify", "raise_objection", **objection)
    suite.pass_days(date(2021, 8, 30))
    with pytest.raises(Refused) as held:
        step(suite, TOWN, project, "town_review")
    assert "procedure.open_objection" in {reason["code"] for reason in held.value.reasons}
    named = {"notice": notice["notice"], "objection": raised["objections"][0]["id"], "upheld": False}
    answer = {**named, "answer": "经核查未占用水塘"}
    with pytest.raises(Refused) as refused:
        suite.call(COMMITTEE, "notify", "close_objection", **answer)
    assert refused.value.code == "objection.not_investigated"
    looked = {"people": INVESTIGATORS, "on": "2021-08-30", "found": "现场核对选址"}
    suite.call(COMMITTEE, "notify", "investigate_objection", **looked, **named)
    suite.call(COMMITTEE, "notify", "close_objection", **answer)
    assert step(suite, TOWN, project, "town_review")["step"] == "town_notice"


def test_another_village_may_not_propose_here(suite):
    stranger = actor(roles.VILLAGE_COMMITTEE, region="430426100002")
    with pytest.raises(Forbidden) as error:
        suite.call(stranger, "projects", "propose_project", region=VILLAGE, project=PROJECT)
    assert error.value.code == "access.wrong_region"
