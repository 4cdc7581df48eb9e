"""Why: sentences from stored decisions, computed anew; what departments get to see of persons."""

from datetime import date

import pytest
from shouwang.errors import Forbidden, NotFound, Tampered
from shouwang.sealing import KeyPair, open_sealed
from shouwang.testing import service_actor

from tests.services.monitoring import steps
from tests.services.monitoring.sheet import household, id_number, spoil
from tests.services.monitoring.steps import COUNTY, HOME


@pytest.mark.rule("R-05")
def test_the_sentence_of_an_included_household(county):
    case = steps.include(county)
    told = county.call(COUNTY, "explain", case=case)
    assert told["decided"] is True
    assert told["sentence"] == (
        "该户前十二个月（2020-07-01 至 2021-06-30）人均纯收入 6,000 元，"
        "低于 6,500 元/人·年的防止返贫监测基准线（湘委乡振组发〔2021〕1号 二(一)1），"
        "存在因病风险（入户核实组 2021-07-08），属建档立卡脱贫户（村信息采集人 2021-06-10），"
        "故为脱贫不稳定户（同文 二(一)2）。"
        "工资性收入 12,000 元由入户核实组 2021-07-08 提供，"
        "生产经营性收入 5,000 元由入户核实组 2021-07-08 提供，"
        "财产性收入 0 元由入户核实组 2021-07-08 提供，"
        "转移性收入 3,000 元由县民政局 2021-07-08 提供，"
        "生产经营性支出 2,000 元由入户核实组 2021-07-08 提供，"
        "家庭人口 3 人（村信息采集人 2021-06-10）。"
    )


def test_a_household_is_explained_as_of_a_day(county):
    steps.include(county)
    with pytest.raises(NotFound):
        county.call(COUNTY, "explain", household=HOME, as_of="2021-07-01")
    before = county.call(COUNTY, "explain", household=HOME, as_of="2021-07-12")
    assert before["decided"] is False
    assert county.call(COUNTY, "explain", household=HOME)["decided"] is True


def test_an_altered_decision_is_found_when_it_is_explained(county):
    case = steps.include(county)
    agg = county.store.cases.get(case)
    agg.state["case"]["entries"][-1]["decisions"][0]["value"] = "marginal"
    county.context(COUNTY).save(county.store.cases, agg, "tampering")
    with pytest.raises(Tampered):
        county.call(COUNTY, "explain", case=case)


def test_only_assistance_gets_persons_and_only_sealed(county):
    steps.include(county)
    pair = KeyPair.generate()
    asked = {"household": HOME, "department_key": pair.public_text, "purpose": "制定帮扶计划"}
    with pytest.raises(Forbidden) as refusal:
        county.call(service_actor("projects"), "persons_for", **asked)
    assert refusal.value.code == "access.wrong_service"
    answer = county.call(service_actor("assistance"), "persons_for", **asked)
    assert id_number(10) not in str(answer)
    persons = open_sealed(pair.private, answer["sealed"])
    assert (persons[0]["ref"], persons[0]["id_number"]) == (f"{HOME}-01", id_number(10))
    assert persons[0]["groups"] == ["monitored"]
    told = {"destitute": False, "minimum_living": False, "severely_disabled": False, "monitored": True}
    assert persons[0]["groups_told"] == told, "of orphans, low income and the relapsed it says nothing"
    assert county.reads.of_subject(HOME)[-1]["purpose"] == "制定帮扶计划"


@pytest.mark.rule("A-06")
def test_income_is_told_only_to_who_reckons_with_it_and_as_far_as_it_is_known(county):
    steps.include(county)
    pair = KeyPair.generate()
    asked = {"household": HOME, "department_key": pair.public_text, "purpose": "制定帮扶计划"}
    plain = county.call(service_actor("assistance"), "persons_for", **asked)
    assert not {"household", "stable_income"} & set(open_sealed(pair.private, plain["sealed"])[0])
    told = county.call(service_actor("assistance"), "persons_for", **asked, income=True)
    persons = open_sealed(pair.private, told["sealed"])
    known = county.store.households.get(HOME).state
    net = sum(known["figures"][kind]["fen"] for kind in ("wages", "business", "property", "transfers"))
    net -= known["figures"]["business_costs"]["fen"]
    assert persons[0]["household"]["income_per_head_fen"] == round(net / known["size"])
    assert {one["labour"]: one["stable_income"] for one in persons} == {"ordinary": None}
    assert (persons[0]["household"]["workers"], persons[0]["household"]["size"]) == (3, 3)


@pytest.mark.rule("A-06")
def test_what_the_household_check_found_of_the_income_is_told(county):
    case = steps.include(county)
    agg = county.store.cases.get(case)
    agg.state["record"]["answers"]["income_stable"] = {"value": True, "by": "入户核实组", "on": "2021-07-10"}
    county.context(COUNTY).save(county.store.cases, agg, "test.kept")
    pair = KeyPair.generate()
    asked = {"household": HOME, "department_key": pair.public_text, "purpose": "制定帮扶计划"}
    told = county.call(service_actor("assistance"), "persons_for", **asked, income=True)
    found = {one["labour"]: one["stable_income"] for one in open_sealed(pair.private, told["sealed"])}
    assert found["ordinary"] is True


def test_groups_are_unknown_while_nobody_said(county):
    county.import_rows(spoil(household(1, 2), 0, minimum_living="", id_number=id_number(10) + "41"))
    pair = KeyPair.generate()
    asked = {"household": HOME, "department_key": pair.public_text, "purpose": "制定帮扶计划"}
    answer = county.call(service_actor("assistance"), "persons_for", **asked)
    first, second, _ = open_sealed(pair.private, answer["sealed"])
    assert (first["groups"], first["disability"]) == (None, {"category": 4, "grade": 1})
    assert second["groups"] == []
    assert first["groups_told"] == {"destitute": False, "severely_disabled": True, "monitored": False}


@pytest.mark.rule("A-04", "A-06")
def test_a_member_without_a_number_is_sent_and_never_left_out(county):
    county.import_rows(household(1, 2))
    agg = county.store.households.get(HOME)
    agg.state["members"][2]["id_number"] = None
    county.context(COUNTY).save(county.store.households, agg, "test.kept")
    pair = KeyPair.generate()
    asked = {"household": HOME, "department_key": pair.public_text, "purpose": "制定帮扶计划"}
    answer = county.call(service_actor("assistance"), "persons_for", **asked)
    third = open_sealed(pair.private, answer["sealed"])[2]
    assert (third["ref"], third["id_number"]) == (f"{HOME}-03", None)
    assert "severely_disabled" not in third["groups_told"], "no number, no card to read it from"


def test_names_are_masked_and_numbers_never_shown(county):
    county.import_rows(household(1, 2))
    seen = county.call(COUNTY, "household", household=HOME)
    assert seen["members"][0]["name"] == "测**"
    assert id_number(10) not in str(seen)
    assert "0734" not in str(seen)


def test_figures_of_a_county(county):
    steps.include(county)
    county.clock.advance_to(date(2021, 12, 1))
    figures = county.call(COUNTY, "figures", region="430426")
    assert (figures["households"], figures["persons"], figures["monitored"]) == (1, 3, 1)
    assert figures["identification"] == {"opened": 1, "included": 1}
    assert figures["identified"] == {"unstable_ex_poor": 1}
