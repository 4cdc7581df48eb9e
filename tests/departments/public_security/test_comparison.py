"""How a person stands on the household register: here, dead, moved out, cancelled, or never there (M-01)."""

from datetime import date
from typing import Any

import pytest
from shouwang.department.expressions import Duck
from shouwang.department.plugin import Plugin

from services.assistance.departments import public_security
from tests.departments.office import OTHER, VILLAGE, plugin_of, told

SINCE = date(2001, 5, 1)
HERE = {"household": "H7", "village": VILLAGE, "kind": "rural", "registered_on": SINCE}
ELSEWHERE = HERE | {"person": OTHER}
NOTHING = {"kind": None, "village": None, "household": None}


@pytest.fixture(scope="module")
def plugin() -> Plugin:
    return plugin_of(public_security)


def changed(kind: str, day: date, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "happened_on": day, "village": VILLAGE, "period": day.isoformat()[:7], **more}


def standing(plugin: Plugin, duck: Duck, register: list[Any], *changes: dict[str, Any]) -> dict[str, Any]:
    rows = [changed("birth", date(2021, 6, 1), person=OTHER), *changes]
    return told(plugin, duck, "household_register", household_register=register, register_changes=rows)


@pytest.mark.rule("M-01")
def test_who_is_on_the_register_is_told_with_place_and_day(plugin: Plugin, duck: Duck) -> None:
    found = standing(plugin, duck, [HERE, ELSEWHERE])
    assert found == {
        "status": "registered",
        "since": SINCE,
        "kind": "rural",
        "village": VILLAGE,
        "household": "H7",
    }


@pytest.mark.rule("M-01")
@pytest.mark.parametrize("kind", ["death", "move_out", "cancelled"])
def test_who_left_is_told_how_and_when(kind: str, plugin: Plugin, duck: Duck) -> None:
    found = standing(plugin, duck, [ELSEWHERE], changed(kind, date(2021, 5, 9)))
    assert found == {"status": kind, "since": date(2021, 5, 9), **NOTHING}


@pytest.mark.rule("M-01")
def test_who_moved_out_and_is_registered_again_is_here(plugin: Plugin, duck: Duck) -> None:
    assert standing(plugin, duck, [HERE], changed("move_out", date(2020, 5, 9)))["status"] == "registered"


@pytest.mark.rule("M-01")
def test_who_died_is_dead_even_while_the_register_still_lists_him(plugin: Plugin, duck: Duck) -> None:
    assert standing(plugin, duck, [HERE], changed("death", date(2021, 6, 20)))["status"] == "death"


@pytest.mark.rule("M-01")
@pytest.mark.parametrize(
    ("restored", "status"),
    [
        (date(2021, 6, 1), "registered"),
        (date(2021, 5, 1), "registered"),
        (date(2021, 4, 30), "death"),
        (None, "death"),
    ],
)
def test_who_was_restored_after_a_death_is_alive(
    restored: date | None, status: str, plugin: Plugin, duck: Duck
) -> None:
    changes = [changed("death", date(2021, 5, 1))]
    changes += [changed("restored", restored)] if restored else []
    assert standing(plugin, duck, [HERE], *changes)["status"] == status


@pytest.mark.rule("M-01")
def test_who_was_restored_and_died_again_is_dead(plugin: Plugin, duck: Duck) -> None:
    changes = [changed("cancelled", date(2020, 5, 1)), changed("restored", date(2020, 6, 1))]
    found = standing(plugin, duck, [HERE], *changes, changed("death", date(2021, 5, 9)))
    assert (found["status"], found["since"]) == ("death", date(2021, 5, 9))


@pytest.mark.rule("M-01")
def test_of_two_leavings_the_last_is_told(plugin: Plugin, duck: Duck) -> None:
    changes = changed("move_out", date(2021, 5, 9)), changed("cancelled", date(2020, 5, 9))
    assert standing(plugin, duck, [ELSEWHERE], *changes)["status"] == "move_out"


@pytest.mark.rule("M-01")
def test_who_was_never_there_is_not_registered(plugin: Plugin, duck: Duck) -> None:
    found = standing(plugin, duck, [ELSEWHERE], changed("move_in", date(2019, 5, 9)))
    assert found == {"status": "none", "since": None, **NOTHING}
