"""Eleven contents, eight categories, and that households were asked (P-01, P-02, P-03)."""

from datetime import date

import pytest
from shouwang.decision import NO, UNKNOWN, YES
from shouwang.policy import Policy

from services.projects.domain import content, guards

VIEW = Policy({}).at(date(2021, 8, 1), "430426")
PROJECT = {
    "name": "白地市镇某村冷库",
    "category": "industry",
    "nature": "新建",
    "place": "某村三组",
    "schedule": "2021-09 至 2021-12",
    "responsible_unit": "白地市镇人民政府",
    "tasks": "建设冷库一座 200 立方米",
    "funds": {"total_fen": 30_000_000, "sources": [{"name": "衔接资金", "amount_fen": 30_000_000}]},
    "beneficiaries": "全村 210 户，其中脱贫户 26 户",
    "targets": "年租金不低于 1.8 万元",
    "linkage": "租金归村集体，优先用于有返贫风险的户",
}
ASKED = {"ex_poor": 20, "monitored": 3, "in_favour": 21, "against": 2}


@pytest.mark.rule("P-01")
def test_the_document_names_eleven_contents_and_eight_categories():
    assert (len(content.CONTENTS), len(content.CATEGORIES)) == (11, 8)


@pytest.mark.rule("P-01")
def test_a_complete_project_passes():
    assert guards.contents_complete({"project": PROJECT}, VIEW).verdict is YES


@pytest.mark.rule("P-03")
@pytest.mark.parametrize("name", sorted(content.CONTENTS))
def test_each_missing_content_stops_it_and_is_named(name):
    decision = guards.contents_complete({"project": PROJECT | {name: None}}, VIEW)
    assert decision.verdict is NO
    assert content.CONTENTS[name] in decision.sentence()


@pytest.mark.rule("P-01")
@pytest.mark.parametrize(
    "change",
    [
        {"category": "palace"},
        {"funds": {"total_fen": 5, "sources": [{"name": "衔接资金", "amount_fen": 4}]}},
    ],
)
def test_contents_that_do_not_hold_together_stop_it(change):
    assert guards.contents_complete({"project": PROJECT | change}, VIEW).verdict is NO


@pytest.mark.rule("P-02")
@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({}, YES),
        ({"in_favour": 2, "against": 21}, NO),
        ({"in_favour": 11, "against": 11}, NO),
        ({"ex_poor": 0, "monitored": 0}, NO),
    ],
)
def test_households_must_have_been_asked_and_agree(change, verdict):
    assert guards.households_consulted({"consultation": ASKED | change}, VIEW).verdict is verdict


@pytest.mark.rule("P-02")
def test_no_record_of_asking_is_unknown():
    assert guards.households_consulted({"consultation": None}, VIEW).verdict is UNKNOWN
