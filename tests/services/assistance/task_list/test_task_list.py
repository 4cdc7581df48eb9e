"""The 97 tasks as printed, reported by unit, seen by the county (A-10)."""

import re
from datetime import date
from pathlib import Path

import pytest
from shouwang.access import roles
from shouwang.errors import Forbidden, Refused
from shouwang.testing import actor

from services.assistance.handlers.task_list.listing import printed
from tests.services.assistance.county import COUNTY, County

NAME = "2021-hengyang-policy-compendium.txt"
BESIDE = [above / "shared" / "seeds" / NAME for above in Path(__file__).resolve().parents[5:]]
SOURCE = next((path for path in BESIDE if path.is_file()), None)
EDUCATION = actor(roles.DEPARTMENT_OFFICER, org="education")


def report(county, who=EDUCATION, number=42, unit="education", state="under_way", **more):
    asked = {"region": "430426", "number": number, "unit": unit, "state": state}
    return county.call(who, "report_progress", **asked | more)


def one(county, number):
    return next(
        one for one in county.call(COUNTY, "listed_tasks", region="430426") if one["number"] == number
    )


@pytest.mark.rule("A-10")
def test_there_are_ninety_seven_each_with_lead_and_responsible_units():
    tasks, units = printed()["tasks"], printed()["units"]
    assert sorted(tasks) == list(range(1, 98))
    assert all(one["text"] and one["lead"] and one["responsible"] for one in tasks.values())
    assert all(len(one["lead"]) == 1 for one in tasks.values())
    named = {code for one in tasks.values() for code in (*one["lead"], *one["responsible"])}
    assert named | {"survey_team"} == set(units)
    assert len(set(units.values())) == len(units)


@pytest.mark.rule("A-10")
@pytest.mark.skipif(SOURCE is None, reason="the source documents are not beside the repository")
def test_the_words_and_the_units_are_those_of_the_document():
    lines = SOURCE.read_text(encoding="utf-8").split("\n")
    units = printed()["units"]
    for number, task in printed()["tasks"].items():
        line = plain(lines[task["line"] - 1]).replace(".", "")
        text = plain(task["text"]).replace(".", "")
        assert f"{number}{text}" in line
        names = [
            units[code] for code in (*task["lead"], *task["responsible"], *(task.get("data_from") or []))
        ]
        said = re.split(r"[\t、。：:]|数据提供单位", line.partition(text)[2])
        assert [word for word in said if word] == [plain(name) for name in names], number


def plain(text):
    return re.sub(r"<[^>]+>| ", "", text)


@pytest.mark.rule("A-10")
def test_a_unit_reports_its_own_with_evidence(county):
    told = report(county, note="已开学")
    assert (told["state"], told["reports"]["education"]["state"]) == ("under_way", "under_way")
    assert told["titles"]["education"] == "市教育局"
    with pytest.raises(Refused) as error:
        report(county, state="done")
    assert error.value.code == "task_list.evidence"
    with pytest.raises(Forbidden) as error:
        report(county, unit="finance")
    assert error.value.code == "task_list.not_own_unit"
    with pytest.raises(Refused) as error:
        report(county, number=9)
    assert error.value.code == "task_list.not_responsible"


@pytest.mark.rule("A-10")
def test_a_task_is_done_when_every_responsible_unit_is(county):
    finance = actor(roles.DEPARTMENT_OFFICER, org="finance")
    for unit, who in (("counties", COUNTY), ("rural_revitalisation", COUNTY), ("finance", finance)):
        report(county, who, 3, unit, "done", evidence=["文件-1"])
        assert one(county, 3)["state"] == ("done" if unit == "finance" else "under_way"), "the lead, too"
    report(county, COUNTY, 3, "rural_revitalisation", "blocked")
    assert one(county, 3)["state"] == "blocked"
    assert len(county.call(COUNTY, "listed_tasks", region="430426", state="blocked")) == 1
    with pytest.raises(Forbidden):
        report(county, COUNTY, 3, "finance", "done", evidence=["文件"])


@pytest.mark.rule("A-10")
def test_the_county_sees_every_unit_by_what_it_leads_and_shares(county):
    report(county, number=41, state="done", evidence=["验收"])
    units = {one["unit"]: one for one in county.call(COUNTY, "task_list_by_unit", region="430426")}
    assert units["education"]["title"] == "市教育局"
    assert sum(units["education"]["lead"].values()) == 5
    assert sum(units["counties"]["responsible"].values()) == 90
    with pytest.raises(Forbidden):
        county.call(EDUCATION, "task_list_by_unit", region="430426")
    own = county.call(EDUCATION, "listed_tasks", region="430426", unit="education")
    assert len(own) == sum({**units["education"]["lead"]}.values()) + 17


@pytest.mark.rule("A-10")
def test_what_is_late_is_shown_as_late():
    county = County(date(2022, 1, 1))
    assert one(county, 7)["overdue"] is True, "the evaluation of 2021"
    assert one(county, 8)["due_on"] == "2025-12-31"
    assert [one["number"] for one in county.call(COUNTY, "listed_tasks", region="430426", overdue=True)] == [
        7
    ]


@pytest.mark.rule("A-10", "K-05")
def test_after_the_period_the_days_still_stand_and_what_nobody_renewed_is_not_known():
    county = County(date(2026, 1, 1))
    assert one(county, 8)["overdue"] is True
    assert one(county, 8)["silent"] is None


@pytest.mark.rule("A-10")
def test_who_does_not_report_is_shown(county):
    assert one(county, 42)["silent"] == []
    later = County(date(2022, 2, 2))
    assert "finance" in one(later, 42)["silent"]
    report(later, actor(roles.DEPARTMENT_OFFICER, org="finance"), unit="finance")
    assert "finance" not in one(later, 42)["silent"]


UNITS_OF = {
    "agriculture": "市农业农村局",
    "civil_affairs": "市民政局",
    "development_reform": "市发改委",
    "disabled_federation": "市残联",
    "education": "市教育局",
    "emergency": "市应急管理局",
    "financial_affairs": "市金融办",
    "health": "市卫健委",
    "health_insurance": "市医保局",
    "housing": "市住建局",
    "human_resources": "市人社局",
    "water_resources": "市水利局",
    "finance": "市财政局",
    "natural_resources": "市自然资源和规划局",
    "public_security": "市公安局",
    "market_regulation": None,
    "vehicles": None,
}
"""Written by hand: the plugin of a department reports for the unit of the same office, and for no other."""


@pytest.mark.rule("A-10")
def test_every_department_of_this_tree_reports_for_its_own_unit():
    plugins = {path.parent.name for path in Path("services/assistance/departments").glob("*/department.yaml")}
    assert plugins == set(UNITS_OF)
    assert {code: printed()["units"].get(code) for code in plugins} == UNITS_OF


@pytest.mark.rule("A-10")
def test_the_loan_plugin_does_not_report_for_the_finance_bureau(county):
    loans = actor(roles.DEPARTMENT_OFFICER, org="financial_affairs")
    with pytest.raises(Forbidden):
        report(county, loans, 3, "finance", "done", evidence=["文件"])
    assert report(county, loans, 77, "financial_affairs")["reports"]["financial_affairs"]
