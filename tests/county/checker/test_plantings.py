"""What is sound is not reported; each kind of violation, planted, is seen, and nothing else with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pytest
from shouwang.settings import Settings

from deploy.demo.checker import KINDS, Violation, check_uri
from deploy.demo.checker.chain import check_chain
from deploy.demo.checker.check import check_dead_letters, check_documents
from tests.county.checker import (
    plantings_households,
    plantings_machinery,
    plantings_money,
    plantings_steps,
)
from tests.county.checker.pen import Pen
from tests.county.checker.plantings import PLANTINGS, Planting

Check = Callable[[str, Settings], Iterator[Violation]]
ALTERED = "history_altered"
MODULES = (plantings_households, plantings_machinery, plantings_money, plantings_steps)
ALL = [
    pytest.param(kind, planting, id=f"{kind}-{planting.__name__}")
    for kind, plantings in sorted(PLANTINGS.items())
    for planting in plantings
]


Seen = list[tuple[str, str, str]]


def found(stored: str, pen: Pen, check: Check = check_uri) -> Seen:
    listed = [*check(stored, pen.settings), *check_dead_letters(pen.letters)]
    return [(one.kind, one.where, one.what) for one in listed]


@pytest.mark.rule("R-05", "K-03")
def test_the_village_as_it_was_lived_is_sound(stored: str, pen: Pen) -> None:
    assert found(stored, pen) == []


def test_the_village_holds_what_the_checks_look_at(pen: Pen) -> None:
    cases = [pen.state("monitoring/cases", id)["case"] for id in pen.ids("monitoring/cases")]
    assert Counter(case["status"] for case in cases) == {
        "included": 3,
        "removed": 1,
        "refused": 1,
        "withdrawn": 1,
    }
    notices = [pen.state("notify/notices", id) for id in pen.ids("notify/notices")]
    assert Counter(one["step"] for one in notices)["village_notice"] == 6
    assert sorted(one["upheld"] for notice in notices for one in notice["objections"]) == [False, True]
    plans = [pen.state("assistance/plans", id) for id in pen.ids("assistance/plans")]
    assert [one["measure"] for plan in plans for one in plan["tasks"]] == ["A48-03"] * 3
    assert len(pen.ids("civil_affairs/deliveries")) == 2


def test_every_kind_is_planted() -> None:
    assert set(PLANTINGS) == set(KINDS)
    assert all(vars(module) for module in MODULES)


@pytest.mark.rule("R-05", "K-03")
@pytest.mark.parametrize(("kind", "planting"), ALL)
def test_what_is_planted_is_seen_and_nothing_else(
    stored: str, pen: Pen, kind: str, planting: Planting
) -> None:
    planting(pen)
    seen = found(stored, pen, check_uri if kind == ALTERED else check_documents)
    assert {one[0] for one in seen} == {kind}, seen


def test_what_is_planted_has_a_genuine_history(stored: str, pen: Pen) -> None:
    """Else the chain would give every planting away, and the other checks would not be needed."""
    for kind in sorted(set(PLANTINGS) - {ALTERED}):
        PLANTINGS[kind][-1](pen)
        assert list(check_chain(stored, pen.settings)) == [], kind
        pen.undo()
