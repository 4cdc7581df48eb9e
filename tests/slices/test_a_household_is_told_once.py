"""Two members of one household are found by one rule: over the bus the household is told of once (S-03)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from shouwang.access import roles
from shouwang.department import service_class
from shouwang.sealing import seal
from shouwang.testing import actor
from shouwang.testing.suite import EmbeddedSuite

from services.monitoring.service import Monitoring
from tests.services.monitoring.sheet import VILLAGE, household, id_number
from tests.services.monitoring.steps import CADRE, COUNTY, HOME
from tests.shared.department.water import row, write_csv, write_plugin

OFFICER = actor(roles.DEPARTMENT_OFFICER, org="water")
FATHER, MOTHER, GRANDMOTHER = 10, 11, 12
UNCLE, AUNT = 20, 21
NEIGHBOURS = f"{VILLAGE}-0002"


class County:
    """Monitoring and the sample department, with what the tests ask of them."""

    def __init__(self, suite: EmbeddedSuite) -> None:
        self.suite = suite
        self.inbox = suite.settings.var_dir / "departments" / "water" / "inbox"

    def bring_in(self, period: str, *numbers: int) -> None:
        """Import one month of tests: everybody named drinks turbid water."""
        day = f"{period}-10"
        rows = [row(one, 身份证号=id_number(one), 检测日期=day, 浑浊度="9") for one in numbers]
        write_csv(self.inbox / "in.csv", rows)
        self.suite.call(OFFICER, "water", "import_table", table="water_tests", period=period, file="in.csv")

    def screen(self, period: str = "2021-06") -> int:
        """Screen and let everything arrive; returns how many clues were sent."""
        told = self.suite.call(OFFICER, "water", "screen", period=period)
        self.suite.settle()
        return int(told["rules"][0]["sent"])

    def clues(self, home: str) -> list[dict[str, Any]]:
        """Return the clues of a household."""
        found = self.suite.call(COUNTY, "monitoring", "clues", region=VILLAGE)
        return [one for one in found if one["household"] == home]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    """A village with two households of three; in May somebody's water was tested who is in neither."""
    folder = tmp_path_factory.mktemp("told_once")
    water = service_class(write_plugin(folder / "plugins" / "water"))
    with EmbeddedSuite(folder / "var", [Monitoring, water], day=date(2021, 7, 5)) as suite:
        key = suite.call(CADRE, "monitoring", "public_key")["key"]
        given = {"village": VILLAGE, "file": "名册.xlsx", "digest": "ab" * 8, "batch": 1, "batches": 1}
        given |= {"as_of": "2021-07-05", "sealed": seal(key, household(1, 2) + household(2, 5))}
        suite.call(CADRE, "monitoring", "import_roster", **given)
        made = County(suite)
        made.bring_in("2021-05", 90)
        yield made


@pytest.mark.rule("S-03")
@pytest.mark.rule("S-05")
def test_a_household_is_told_of_once_for_a_rule_and_a_period(county: County) -> None:
    county.bring_in("2021-06", FATHER, MOTHER)
    assert county.screen() == 2 + 1, "both members, and somebody who is in no household"
    (clue,) = county.clues(HOME)
    assert len(clue["sources"]) == 2
    assert county.screen() == 0, "screened again, nothing new is sent"
    county.bring_in("2021-06", FATHER, MOTHER)
    assert county.screen() == 0, "imported again as it was"
    county.bring_in("2021-06", FATHER, MOTHER, GRANDMOTHER)
    assert county.screen() == 1, "a correction names a third member"
    (same,) = county.clues(HOME)
    assert same["clue"] == clue["clue"] and len(same["sources"]) == 3
    assert county.screen("2021-07") == 0, "another month without newer data is the same period"


@pytest.mark.rule("S-03")
def test_after_it_was_answered_only_another_member_is_told(county: County) -> None:
    county.bring_in("2021-06", UNCLE)
    county.screen()
    (clue,) = county.clues(NEIGHBOURS)
    people = [{"person_ref": "t-7", "role": "town_officer"}, {"person_ref": "v-7", "role": "village_cadre"}]
    check = {"clue": clue["clue"], "on": "2021-07-05", "people": people, "finding": "no_risk"}
    county.suite.call(CADRE, "monitoring", "check_clue", **check)
    closing = {"clue": clue["clue"], "outcome": "no_risk", "reason": "已改水，无困难"}
    county.suite.call(CADRE, "monitoring", "close_clue", **closing)
    county.bring_in("2021-06", UNCLE)
    assert county.screen() == 0
    assert [one["clue"] for one in county.clues(NEIGHBOURS)] == [clue["clue"]]
    county.bring_in("2021-06", UNCLE, AUNT)
    assert county.screen() == 1
    assert len(county.clues(NEIGHBOURS)) == 2, "nobody has looked at the aunt"
