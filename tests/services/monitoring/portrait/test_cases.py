"""The cases of the four classes, which officials can read, run against the rule."""

from pathlib import Path

import pytest
from shouwang.testing.cases import case_params

from services.monitoring.domain.portrait import classes
from services.monitoring.domain.portrait.classes import CLASSES, Living, class_of
from tests.services.monitoring import reading
from tests.services.monitoring.test_cases import sound, view

CASES = Path("services/monitoring/cases/portrait")
DECIDES = (classes,)
LIVING = ("已是监测对象", "特困", "低保")


def living(given: dict[str, object]) -> Living:
    """Whom nothing is said of is not monitored, and lives on nothing but its own."""
    yes_no = {name: reading.YES_NO[given.get(name, "否")] for name in LIVING}
    monitored, destitute, minimum_living = (reading.said(yes_no[name], name) for name in LIVING)
    return Living(reading.kind(given), monitored, reading.labour(given), destitute, minimum_living)


@pytest.mark.parametrize("case", case_params(CASES, rule="M-11"))
def test_class(case):
    given = case.given_of(*reading.GIVEN, "已是监测对象")
    picture = (reading.income(given, case.as_of), reading.danger(given), living(given))
    found = sound(class_of(*picture, view(case)))
    case.check({"结果": reading.word(found), "等级": CLASSES.get(found.value, "无")})
