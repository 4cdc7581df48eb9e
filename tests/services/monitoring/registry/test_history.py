"""Properties of the history: it replays, refs are never used again, nobody is lost (D-01)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from shouwang.errors import ShouwangError

from services.monitoring.domain.registry import changes, history, moves, reimport, roster, timeline
from services.monitoring.domain.registry.roster_form import PERSON_COLUMNS
from services.monitoring.domain.registry.roster_household import nobody
from tests.services.monitoring.registry.village import HOME, OTHER, registered
from tests.services.monitoring.sheet import FRAME, household, spoil

TODAY = date(2021, 12, 31)
FIRST = date(2021, 6, 10)
KINDS = ("move_in", "death", "move_out", "return", "head_change", "correction", "still_here")
STEP = st.tuples(st.sampled_from(KINDS), st.integers(0, 200), st.integers(1, 6), st.integers(1, 6))
STEPS = st.lists(STEP, max_size=8)
PERSON = {column.field: None for column in PERSON_COLUMNS} | nobody("female") | {"name": "测试新"}


def recorded(state: dict[str, Any], kind: str, on: date, effects: list[Any]) -> dict[str, Any]:
    change = {"kind": kind, "on": on.isoformat(), "recorded_on": TODAY.isoformat(), "effects": effects}
    return history.with_change(state, change)


def lived(state: dict[str, Any], steps: list[tuple[str, int, int, int]]) -> dict[str, Any]:
    """The household after those of the steps that could be true."""
    for kind, day, who, head in steps:
        on = FIRST + timedelta(days=day)
        ref, other = (f"{HOME}-{place:02d}" for place in (who, head))
        wanted = changes.Wanted(kind, on, ref, PERSON, {"education": "primary"}, head=other)
        try:
            effects = changes.effects_of(state, HOME, wanted, TODAY)
        except ShouwangError:
            continue
        state = recorded(state, kind, on, effects)
    return state


def refs(state: dict[str, Any], *parts: str) -> list[str]:
    return [one["ref"] for part in parts for one in state[part]]


@settings(deadline=None, max_examples=60)
@given(STEPS)
def test_today_is_what_the_history_says_of_today(steps):
    state = lived(registered(), steps)
    now = history.as_of(state, TODAY)
    assert now == state


@settings(deadline=None, max_examples=60)
@given(STEPS)
def test_nobody_is_lost_and_no_ref_is_used_again(steps):
    state = lived(registered(), steps)
    known = refs(state, "members", "former")
    assert len(known) == len(set(known))
    came = sum(effect["op"] == "add" for one in state["changes"] for effect in one["effects"])
    assert len(known) == 3 + came
    assert history.next_place(state) == max(int(ref[-2:]) for ref in known) + 1


def heads(state: dict[str, Any]) -> list[str]:
    return [one["ref"] for one in state["members"] if one["relation"] == "head"]


@settings(deadline=None, max_examples=60)
@given(STEPS)
def test_today_people_have_one_head_unless_everybody_had_left_before_them(steps):
    state = registered()
    for step in steps:
        state = lived(state, [step]) if state["members"] else state
    assert len(heads(state)) == bool(state["members"])


@settings(deadline=None, max_examples=60)
@given(STEPS, st.integers(0, 200))
@example([("move_in", 1, 1, 1), ("death", 0, 1, 4)], 0)
@example([("death", 1, 3, 2), ("death", 0, 1, 2)], 0)
def test_every_day_has_at_most_one_head_and_none_only_where_nobody_was_told(steps, day):
    state = lived(registered(), steps)
    on = FIRST + timedelta(days=day)
    then = history.as_of(state, on)
    assert then is not None
    told = {f"{HOME}-01"} | {
        effect["ref"]
        for one in state["changes"]
        for effect in one["effects"]
        if effect["op"] == "head" and effect.get("since", one["on"]) <= on.isoformat()
    }
    here = told & {one["ref"] for one in then["members"]}
    assert len(heads(then)) == bool(here)
    assert set(heads(then)) <= here
    assert then["size"] == len(then["members"])
    assert (then["ended"] is None) == bool(then["members"])


@pytest.mark.rule("D-01")
def test_a_departure_told_late_does_not_take_the_household_from_who_headed_it_then():
    """01 dies on 30 June and 02 heads; then it is told that 02 had left on 15 June, and 03 heads now."""
    state = lived(registered(), [("death", 20, 1, 2), ("move_out", 5, 2, 3)])
    by_day = {day: heads(history.as_of(state, FIRST + timedelta(days=day)) or {}) for day in (4, 5, 19, 20)}
    assert by_day == {4: [f"{HOME}-01"], 5: [f"{HOME}-01"], 19: [f"{HOME}-01"], 20: [f"{HOME}-03"]}


@settings(deadline=None, max_examples=40)
@given(st.permutations([("death", 30, 3), ("move_out", 60, 2), ("correction", 90, 1)]))
def test_the_order_of_recording_does_not_matter_for_different_days(steps):
    states = [
        lived(registered(), [(kind, day, who, 1) for kind, day, who in order])
        for order in (steps, sorted(steps))
    ]
    for day in (0, 29, 30, 59, 60, 89, 90, 200):
        on = FIRST + timedelta(days=day)
        one, other = (history.as_of(state, on) for state in states)
        assert one is not None and other is not None
        assert {name: one[name] for name in history.DATED} == {name: other[name] for name in history.DATED}


@pytest.mark.rule("D-01")
@settings(deadline=None, max_examples=40)
@given(st.sets(st.integers(1, 3), min_size=1, max_size=2), st.booleans())
def test_split_and_merge_conserve_people(places, interrupted):
    chosen = [f"{HOME}-{place:02d}" for place in sorted(places)]
    source, target = registered(1), registered(2)
    staying = [ref for ref in refs(source, "members") if ref not in chosen]
    move = {"kind": "move", "to": OTHER, "refs": chosen, "on": "2021-07-01", "head": None, "relations": {}}
    move |= {"staying_head": staying[0], "staying_relations": {}}
    for _ in range(2 if interrupted else 1):
        arriving = moves.received(target, OTHER, source, "m", move)
        if arriving:
            target = recorded(target, "move", moves.day(move), arriving)
    going = moves.still_here(source, move)
    source = recorded(source, "move", moves.day(move), changes.leaves(source, moves.wanted(move, "m"), going))
    assert moves.received(target, OTHER, source, "m", move) == []
    assert moves.still_here(source, move) == ()
    assert moves.stands_in_the_way(source, "m", move) is None
    people = sorted(one["id_number"] for state in (source, target) for one in state["members"])
    assert people == sorted(one["id_number"] for n in (1, 2) for one in registered(n)["members"])
    before = moves.split_off(registered(1), f"{HOME[:12]}-0009", "m", {**move, "head": chosen[0]})
    assert refs(before, "members") == [f"{HOME[:12]}-0009-{place:02d}" for place in range(1, len(chosen) + 1)]


@settings(deadline=None, max_examples=30)
@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from(["education", "health", "student", "name"])), max_size=4
    )
)
def test_the_same_roster_again_changes_nothing(spoils):
    rows = household(1, 2)
    for index, field in spoils:
        text = {"education": "初中", "health": "大病", "student": "小学", "name": "测试改"}[field]
        rows = spoil(rows, index, **{field: text})
    (told,) = roster.read(rows, FRAME)
    state = registered()
    first = reimport.merged(state, HOME, told.state, told.row_numbers)
    if first.effects:
        state = recorded(state, "roster", FRAME.as_of, first.effects)
    again = reimport.merged(state, HOME, told.state, told.row_numbers)
    assert (again.effects, again.missing, again.joined) == ([], [], [])


def figure(fen: int, to: str, on: str) -> dict[str, Any]:
    return {"fen": fen, "from": "2020-07-01", "to": to, "giver": "村信息采集人", "on": on}


@pytest.mark.rule("M-06")
@pytest.mark.parametrize(
    ("given_figure", "stands"),
    [
        (figure(1, "2021-05-31", "2021-06-30"), 1200000),
        (figure(2, "2021-06-30", "2021-06-09"), 1200000),
        (figure(3, "2021-06-30", "2021-06-10"), 3),
        (figure(4, "2021-07-31", "2021-06-01"), 4),
    ],
)
def test_a_figure_of_an_older_window_never_stands_over_a_newer_one(given_figure, stands):
    effect = {"op": "figures", "values": {"wages": given_figure}}
    state = recorded(registered(), "roster", date(2021, 8, 1), [effect])
    assert state["figures"]["wages"]["fen"] == stands


def case(status: str, on: str, category: str | None = None) -> dict[str, Any]:
    return {"case": {"status": status, "entries": [{"on": on}]}, "category": category}


@pytest.mark.rule("R-05")
def test_monitoring_on_a_day_is_that_of_the_last_case_that_had_ended():
    listed = [
        case("removed", "2022-03-01"),
        case("included", "2021-08-01", "marginal"),
        case("refused", "2021-07-20"),
        case("included", "2022-09-01", "sudden_hardship"),
    ]
    home = {"monitoring": {"since": "2022-09-01", "case": "x", "risks": ["illness"]}}
    days = ("2021-07-31", "2021-08-01", "2022-02-28", "2022-03-01", "2022-08-31", "2022-09-01")
    found = [timeline.monitoring_on(listed, home, date.fromisoformat(day)) for day in days]
    assert [(one["status"], one["category"]) for one in found] == [
        ("registered", None),
        ("monitored", "marginal"),
        ("monitored", "marginal"),
        ("removed", "marginal"),
        ("removed", "marginal"),
        ("monitored", "sudden_hardship"),
    ]
    assert found[-1]["monitoring"]["risks"] == ["illness"]
    assert found[1]["monitoring"] == {"since": "2021-08-01"}
