"""The cases of the four classes, which officials can read, run against the rule."""

from pathlib import Path

import pytest
from shouwang.periods import Month
from shouwang.testing.cases import case_params

from services.monitoring.domain.income.figures import REFERENCE
from services.monitoring.domain.portrait import classes, newest
from services.monitoring.domain.portrait.classes import CLASSES, Living, class_of
from tests.services.monitoring import reading
from tests.services.monitoring.income import reading as books
from tests.services.monitoring.test_cases import sound, view, yuan_text

CASES = Path("services/monitoring/cases/portrait")
DECIDES = (classes, newest)
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


def registered(given: dict[str, object]) -> dict[str, object]:
    """Figures of the form: zero but for wages, of so many months up to the end of one."""
    figures: dict[str, object] = {}
    for month, wages in given["名册"].items():
        last = Month.parse(str(month))
        first = last.shift(1 - given.get("名册月数", 12)).first
        frame = {"from": first.isoformat(), "to": last.last.isoformat(), "giver": "村", "on": "2021-08-01"}
        amounts = dict.fromkeys(REFERENCE, 0) | {"wages": books.fen(wages)}
        amounts.pop(given.get("名册缺"), None)
        figures |= {name: {"fen": fen, **frame} for name, fen in amounts.items()}
    return figures


@pytest.mark.parametrize("case", case_params(CASES, rule="M-06"))
def test_the_newest_year(case):
    given = case.given_of("名册", "名册缺", "名册月数", "台账", "未采齐")
    rows = [{"时段": quarter, "工资性收入": wages} for quarter, wages in given["台账"].items()]
    part = [{"时段": given["未采齐"], "工资性收入": 9, "只填": "wages"}] if "未采齐" in given else []
    found = newest.with_newest_figures({"figures": registered(given)}, books.whole_books([*rows, *part]))
    window = newest.newest_window(found["figures"])
    wages = found["figures"].get("wages")
    case.check(
        {
            "周期末": window.end.isoformat() if window else "无",
            "工资性收入": yuan_text(wages and wages["fen"]),
        }
    )
