"""What can be asked of a household: what is missing, whom to watch first, which sites are large (M-09,
M-13, M-15).
"""

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import BadRequest, Forbidden
from shouwang.testing import actor

from tests.services.monitoring import steps
from tests.services.monitoring.county import VILLAGE
from tests.services.monitoring.registry.village import CADRE, HOME, OTHER, SECOND, TOWN, change, sealed
from tests.services.monitoring.sheet import household, id_number, spoil

COUNTY = VILLAGE[:6]


@pytest.fixture
def village(county):
    county.import_rows(household(1, 2) + household(2, 5))
    return county


@pytest.mark.rule("M-09")
def test_families_to_watch_first_are_listed_with_their_grounds(village):
    change(village, "correction", ref=SECOND, sealed=sealed(village, health="大病"))
    change(village, "correction", household=OTHER, ref=f"{OTHER}-01", sealed=sealed(village, health="健康"))
    told = village.call(CADRE, "focus_groups", household=HOME)
    assert told["groups"] == ["illness"]
    assert "有大病患者" in told["sentences"]["illness"]
    listed = village.call(CADRE, "focus_households", region=VILLAGE)
    assert listed == [{"household": HOME, "groups": ["illness"], "unknown": []}]
    with_unknown = village.call(CADRE, "focus_households", region=VILLAGE, unknown=True)
    assert [one["household"] for one in with_unknown] == [HOME]


@pytest.mark.rule("M-09")
def test_a_severe_disability_of_any_kind_is_one(county):
    county.import_rows(spoil(household(1, 2), 1, id_number=id_number(11) + "12", health="残疾"))
    assert "disability" in county.call(CADRE, "focus_groups", household=HOME)["groups"]


@pytest.mark.rule("M-15")
def test_a_site_is_large_from_eight_hundred_people_on_and_a_wrong_a1_is_asked_back(village):
    site = {"region": COUNTY, "site": "甲安置区", "on": "2021-07-01"}
    county_officer = actor(roles.COUNTY_OFFICER)
    told = village.call(county_officer, "record_site", persons=799, **site)
    assert (told["large"], "799 人" in told["sentence"]) == ("no", True)
    change(
        village, "correction", sealed=sealed(village, large_resettlement="是", resettlement_site="甲安置区")
    )
    codes = [one["code"] for one in village.call(CADRE, "completeness", household=HOME)["to_clarify"]]
    assert codes == ["resettlement.nobody_relocated", "resettlement.small_site"]
    assert village.call(county_officer, "record_site", persons=800, **site)["large"] == "yes"
    (listed,) = village.call(county_officer, "sites", region=COUNTY)
    assert (listed["site"], listed["persons"]) == ("甲安置区", 800)
    (line,) = village.call(CADRE, "worklist", region=VILLAGE)
    assert [one["code"] for one in line["to_clarify"]] == ["resettlement.nobody_relocated"]


@pytest.mark.rule("M-13")
def test_the_form_is_complete_phase_by_phase(village):
    case = steps.up_to_the_county(village)
    told = village.call(CADRE, "completeness", household=HOME)
    assert [(one["due"], one["complete"]) for one in told["phases"]] == [
        (True, True),
        (False, None),
        (False, None),
    ]
    steps.take(village, steps.COUNTY, case, "county_decision", "include")
    second = village.call(CADRE, "completeness", household=HOME)["phases"][1]
    assert [one["item"] for one in second["missing"]] == ["A39–A52"]
    (line,) = village.call(CADRE, "worklist", region=VILLAGE)
    assert line["later"] == [{"phase": 2, "item": "A39–A52", "field": "measures"}]
    given = {"task": "t-1", "household": HOME, "department": "civil_affairs", "measure": "relief"}
    village.hear("assistance", "task.done", "help_given", given)
    assert village.call(CADRE, "completeness", household=HOME)["phases"][1]["complete"] is True


@pytest.mark.rule("D-01", "R-05")
def test_a_monitored_household_as_it_was_before_its_inclusion(village):
    case = steps.up_to_the_county(village)
    included_on = village.clock.today()
    steps.take(village, steps.COUNTY, case, "county_decision", "include")
    ago = village.call(CADRE, "household", household=HOME, as_of="2021-07-01")
    assert (ago["status"], ago["category"], ago["monitoring"]) == ("registered", None, None)
    assert ago["figures"]["wages"]["on"] == "2021-06-10"
    now = village.call(CADRE, "household", household=HOME, as_of=str(included_on))
    assert (now["status"], now["category"], now["monitoring"]["case"]) == (
        "monitored",
        "unstable_ex_poor",
        case,
    )
    assert now == village.call(CADRE, "household", household=HOME)


def test_every_read_is_on_record(village):
    before = len(village.reads.of_subject(HOME))
    for method in ("household_changes", "completeness", "focus_groups", "who_counts"):
        village.call(CADRE, method, household=HOME)
    assert len(village.reads.of_subject(HOME)) == before + 4


def test_a_village_sees_no_other(village):
    with pytest.raises(Forbidden):
        village.call(actor(roles.VILLAGE_CADRE, region="430426100002"), "completeness", household=HOME)
    with pytest.raises(Forbidden):
        village.call(TOWN, "worklist", region="430426200")
    village.clock.advance_to(date(2021, 7, 6))
    assert village.call(TOWN, "worklist", region=VILLAGE[:9]) == []


@pytest.mark.rule("M-02", "M-13")
def test_a_page_is_filled_past_households_without_anything_to_do(county):
    gap = spoil(household(4, 11), 0, medical_insurance="")
    county.import_rows([*household(1, 2), *household(2, 5), *household(3, 8), *gap])
    (line,) = county.call(CADRE, "worklist", region=VILLAGE, limit=1)
    assert line["household"] == f"{VILLAGE}-0004"
    assert county.call(CADRE, "worklist", region=VILLAGE, limit=1, after=line["household"]) == []
    with pytest.raises(BadRequest) as refused:
        county.call(actor(roles.COUNTY_OFFICER), "worklist", region=COUNTY)
    assert refused.value.code == "registry.one_town"


@pytest.mark.rule("M-09", "R-05")
def test_who_is_listed_by_illness_was_looked_at(village):
    change(village, "correction", ref=SECOND, sealed=sealed(village, health="大病"))
    village.call(CADRE, "focus_households", region=VILLAGE)
    assert [one["purpose"] for one in village.reads.of_subject(HOME)][-1] == "查看重点关注户"
