"""A warning of regional risk is handled: verified, studied, its households drawn up and looked after."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from shouwang.access import roles
from shouwang.errors import Refused
from shouwang.testing import actor
from shouwang.testing.procedures import check_access

from tests.services.monitoring.county import ENGINE, VILLAGE
from tests.services.monitoring.regional import county as at
from tests.services.monitoring.regional.county import (
    COUNTY,
    LEADERS,
    OTHER_VILLAGE,
    hold,
    signal,
    take,
    tell,
)
from tests.services.monitoring.steps import papers

TABLE = Path(__file__).parent / "tables" / "regional_risk.yaml"
MINUTES = papers("joint_study_minutes")


def handled(county, warning):
    """The procedure up to the measures."""
    take(county, warning, "verification", "confirm")
    study = hold(county, warning)
    take(county, warning, "joint_study", "pass", papers=MINUTES)
    take(county, warning, "measures", "pass")
    return study["study"]


@pytest.mark.rule("S-08", "S-10")
def test_from_the_signal_to_the_end(flooded):
    (opened,) = at.warnings(flooded)
    warning = opened["warning"]
    assert opened["due_on"] == "2021-07-07"
    study = handled(flooded, warning)
    with pytest.raises(Refused):
        take(flooded, warning, "follow_up", "pass")
    done = {"study": study, "measure": 1, "status": "done", "note": "十二户已修缮", "evidence": "验收单-1"}
    flooded.call(actor(roles.DEPARTMENT_OFFICER, org="emergency"), "follow_measure", **done)
    take(flooded, warning, "follow_up", "pass")
    with pytest.raises(Refused):
        take(flooded, warning, "closing", "close")
    closed = take(flooded, warning, "closing", "close", LEADERS)
    assert (closed["status"], closed["outcome"], closed["studies"]) == ("closed", "resolved", [study])
    with pytest.raises(Refused) as refusal:
        take(flooded, warning, "closing", "close", LEADERS)
    assert refusal.value.code == "warning.closed"
    told = [data for type, data in flooded.events() if type == "warning.closed"]
    assert [one["outcome"] for one in told] == ["resolved"]


@pytest.mark.rule("S-10")
def test_the_study_step_waits_for_a_study_with_every_department(flooded):
    warning = at.warnings(flooded)[0]["warning"]
    take(flooded, warning, "verification", "confirm")
    (step,) = [
        one for one in flooded.call(COUNTY, "warning_next", warning=warning) if one["action"] == "pass"
    ]
    assert not step["allowed"]
    hold(flooded, warning, departments=["emergency", "health"], absent={"agriculture": "防汛抢险"})
    with pytest.raises(Refused):
        take(flooded, warning, "joint_study", "pass", papers=MINUTES)
    assert len(at.messages(flooded, "联合会商部门不齐")) == 1
    hold(flooded, warning, minutes="祁防返贫纪要〔2021〕2号")
    assert take(flooded, warning, "joint_study", "pass", papers=MINUTES)["step"] == "measures"


@pytest.mark.rule("S-08")
def test_nobody_confirms_before_the_households_are_drawn_up(county):
    at.village(county)
    data = {"batch": "b", "department": "emergency", "period": "2021-07", "signals": [signal("f1", 12)]}
    county.hear("emergency", "signals.found", "signals_found", data)  # its own events have not come back yet
    (warning,) = at.warnings(county)
    with pytest.raises(Refused) as refusal:
        county.call(
            COUNTY, "take_warning_step", warning=warning["warning"], step="verification", action="confirm"
        )
    assert "摸清底数" in str(refusal.value.reasons)
    at.settle(county)
    assert take(county, warning["warning"], "verification", "confirm")["step"] == "joint_study"


@pytest.mark.rule("S-08")
def test_each_household_becomes_one_clue_when_the_county_says_so(flooded):
    warning = at.warnings(flooded)[0]["warning"]
    with pytest.raises(Refused) as refusal:
        flooded.call(COUNTY, "open_warning_clues", warning=warning)
    assert refusal.value.code == "warning.not_verified"
    take(flooded, warning, "verification", "confirm")
    for _ in range(2):
        assert flooded.call(COUNTY, "open_warning_clues", warning=warning)["villages"] == 1
        at.settle(flooded)
    clues = flooded.call(COUNTY, "clues", region="430426")
    assert [one["household"] for one in clues] == [f"{VILLAGE}-0010", f"{VILLAGE}-0011"]
    assert {(one["sources"][0]["channel"], one["risks"][0]) for one in clues} == {("regional", "disaster")}
    (drawn,) = flooded.call(COUNTY, "affected", warning=warning, region="430426")
    assert drawn["clues"] == {one["household"]: one["clue"] for one in clues}
    assert flooded.call(COUNTY, "warning", warning=warning)["clues"] == 2


@pytest.mark.rule("S-08")
def test_drawing_anew_finds_who_came_since_and_keeps_the_clues(flooded):
    warning = at.warnings(flooded)[0]["warning"]
    take(flooded, warning, "verification", "confirm")
    flooded.call(COUNTY, "open_warning_clues", warning=warning)
    at.settle(flooded)
    at.village(flooded, homes=3)
    flooded.call(COUNTY, "draw_affected", warning=warning)
    at.settle(flooded)
    (drawn,) = flooded.call(COUNTY, "affected", warning=warning, region="430426")
    assert len(drawn["concerned"]) == len(drawn["clues"]) == 3


@pytest.mark.rule("S-08")
def test_a_price_fall_concerns_those_who_farm_and_lists_whom_nobody_knows(county):
    at.village(county)
    at.village(county, OTHER_VILLAGE, business="", risks="因病")
    fall = signal("p1", 35, "430426100", kind="price_fall", unit="percent", started_on="2021-05-01")
    tell(county, fall, department="agriculture")
    (warning,) = at.warnings(county)
    assert (warning["concerned"], warning["unknown"]) == (2, 2)
    lists = county.call(COUNTY, "affected", warning=warning["warning"], region="430426")
    assert [len(one["unknown"]) for one in lists] == [0, 2]


@pytest.mark.rule("S-08", "N-03")
def test_a_warning_that_nobody_verifies_goes_to_the_county_then_to_the_leading_group(flooded):
    for day in (7, 8, 9, 11, 12, 14):
        flooded.clock.advance_to(date(2021, 7, day))
        flooded.day()
    told = at.messages(flooded, "区域性风险预警逾期未处置")
    assert [(one["role"], one["key"][-10:]) for one in told] == [
        ("county_officer", "2021-07-08"),
        ("county_leading_group", "2021-07-11"),
        ("county_leading_group", "2021-07-14"),
    ]


@pytest.mark.rule("S-08")
def test_every_role_may_take_exactly_the_steps_of_the_table():
    check_access(ENGINE, "regional_risk", TABLE, region="430426")
