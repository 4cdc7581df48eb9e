"""Business days: once each, in order, none skipped, also when a process dies or several run."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from prometheus_client import REGISTRY
from shouwang.clock import SimulatedClock, SystemClock
from shouwang.errors import BadRequest, Conflict, ShouwangError
from shouwang.service import daily
from shouwang.service.days import DayBook
from shouwang.service.keeper import ClockKeeper, DayTimer
from shouwang.service.runtime import Runtime
from shouwang.store import Entry

from tests.shared.service.kit import DAY, runtime
from tests.shared.service.toys import Counter


def days_of(made: Runtime) -> list[str]:
    found = made.store.tallies.get_or_none("all")
    return list(found.state["days"]) if found else []


def later(days: int) -> date:
    return DAY + timedelta(days=days)


def test_the_first_day_is_today_and_then_every_day_in_order() -> None:
    made = runtime(Counter)
    book = DayBook(made)
    assert book.catch_up(DAY) == [DAY]
    assert book.catch_up(later(3)) == [later(1), later(2), later(3)]
    assert book.catch_up(later(3)) == []
    assert days_of(made) == ["2021-06-01", "2021-06-02", "2021-06-03", "2021-06-04"]
    assert book.last("day_passed") == later(3)


def test_a_failed_day_is_tried_again_and_holds_up_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    made = runtime(Counter)
    book = DayBook(made)
    book.catch_up(DAY)
    with monkeypatch.context() as patch:
        patch.setattr(Counter, "_add", _fail)
        with pytest.raises(ShouwangError):
            book.catch_up(later(2))
    assert book.last("day_passed") == DAY
    assert book.catch_up(later(2)) == [later(1), later(2)]
    assert days_of(made) == ["2021-06-01", "2021-06-02", "2021-06-03"]


def _fail(self: Any, *args: Any, **options: Any) -> None:
    raise OSError("no room")


class TwoTasks(Counter):
    @daily
    def then_this(self, on: date) -> None:
        self._add("then", count=1)


def test_of_two_methods_only_the_one_that_failed_does_its_day_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made = runtime(TwoTasks)
    book = DayBook(made)
    with monkeypatch.context() as patch:
        patch.setattr(TwoTasks, "then_this", _fail)
        with pytest.raises(ShouwangError):
            book.catch_up(DAY)
    assert (book.last("day_passed"), book.last("then_this")) == (DAY, None)
    assert book.catch_up(DAY) == [DAY]
    assert days_of(made) == ["2021-06-01"]
    assert made.store.tallies.get("all").state["count"] == 1


def test_a_method_that_fails_does_not_hold_up_another(monkeypatch: pytest.MonkeyPatch) -> None:
    made = runtime(TwoTasks)
    book = DayBook(made)
    book.catch_up(DAY)
    with monkeypatch.context() as patch:
        patch.setattr(TwoTasks, "then_this", _fail)
        with pytest.raises(ShouwangError):
            book.catch_up(later(3))
    assert (book.last("day_passed"), book.last("then_this")) == (later(3), DAY)
    assert book.catch_up(later(3)) == [later(1), later(2), later(3)]
    assert made.store.tallies.get("all").state["count"] == 4


def test_a_new_method_begins_today_and_the_book_of_an_older_version_goes_on() -> None:
    made = runtime(TwoTasks)
    book = DayBook(made, 0)
    old = book._repo.new("counter.day_passed", region="430426", state={"done": DAY.isoformat()})
    old.record(Entry("done", {"id": "counter"}, DAY))
    book._repo.save(old)
    assert book.catch_up(later(2)) == [later(1), later(2)]
    assert days_of(made) == ["2021-06-02", "2021-06-03"]
    assert made.store.tallies.get("all").state["count"] == 1
    assert book.last("then_this") == later(2)


def test_a_day_claimed_by_another_process_is_left_to_it_until_its_claim_lapses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made, moment = runtime(Counter), [1000.0]
    book = DayBook(made, lease=60, now=lambda: moment[0])
    book.catch_up(DAY)
    died = book._claimed(later(1), ())
    assert died is not None
    assert book.catch_up(later(1)) == []
    moment[0] += 61
    assert book.catch_up(later(1)) == [later(1)]
    assert days_of(made) == ["2021-06-01", "2021-06-02"]


def test_of_two_processes_that_claim_at_once_one_gets_the_day() -> None:
    book = DayBook(runtime(Counter), now=lambda: 1000.0)
    book.catch_up(DAY)
    first, second = book._book(), book._book()
    for claim in (first, second):
        claim.state.update(claimed=later(1).isoformat(), until=2000.0)
    assert book._stored_claim(first) is not None
    assert book._stored_claim(second) is None


def test_the_keeper_settles_before_and_after_each_day() -> None:
    made, told = runtime(Counter), list[str]()
    keeper = ClockKeeper(
        made.clock,
        [DayBook(made, 0)],
        lambda: told.append(f"settled {made.clock.today()} {len(days_of(made))}"),
        lambda day: told.append(f"moved {day}"),
    )
    assert keeper.advance(later(2)) == [later(1), later(2)]
    assert told == [
        "settled 2021-06-01 0",
        "moved 2021-06-02",
        "settled 2021-06-02 1",
        "moved 2021-06-03",
        "settled 2021-06-03 2",
    ]
    assert keeper.advance(later(2)) == []
    assert told[-1] == "settled 2021-06-03 2"
    assert len(told) == 6


def test_the_clock_is_moved_by_one_at_a_time_and_never_back() -> None:
    made = runtime(Counter)
    keeper = ClockKeeper(made.clock, [], lambda: None)

    def move_too() -> None:
        keeper.advance(later(9))

    keeper._settle = move_too
    with pytest.raises(Conflict) as moving:
        keeper.advance(later(1))
    assert moving.value.code == "clock.moving"
    with pytest.raises(BadRequest) as backwards:
        keeper.advance(later(-1))
    assert backwards.value.code == "clock.backwards"


def test_a_real_clock_cannot_be_moved() -> None:
    with pytest.raises(BadRequest) as caught:
        ClockKeeper(SystemClock(), [], lambda: None).advance(date(2100, 1, 1))
    assert caught.value.code == "clock.not_simulated"


class BookWithoutRoots(DayBook):
    def write_root(self, today: date) -> None:
        self.rooted = today


def test_under_a_real_clock_one_service_that_fails_does_not_hold_up_another() -> None:
    clock = SimulatedClock(DAY)
    bad, good = runtime(Counter, clock=clock), runtime(Counter, clock=clock)
    bad.store.tallies.find = _fail
    timer = DayTimer(clock, [BookWithoutRoots(bad), BookWithoutRoots(good)])
    timer.look()
    clock.advance_to(later(2))
    timer.look()
    assert days_of(good) == ["2021-06-01", "2021-06-02", "2021-06-03"]


class NoRoom(DayBook):
    full = True

    def write_root(self, today: date) -> None:
        if self.full:
            raise OSError("430426199001011234")


class Unlucky(Counter):
    name = "unlucky"


def done(entrypoint: str, outcome: str) -> float | None:
    labels = {"service": "unlucky", "entrypoint": entrypoint, "kind": "daily", "outcome": outcome}
    return REGISTRY.get_sample_value("shouwang_entrypoint_total", labels)


def test_what_nobody_foresaw_is_counted_and_told_and_the_next_look_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock = SimulatedClock(DAY)
    book = NoRoom(runtime(Unlucky, clock=clock))
    timer = DayTimer(clock, [book])
    assert done("day_passed", "ok") == 0, "what was never done must be there to be compared"
    timer.look()
    assert (done("day_passed", "ok"), done("look", "error")) == (1, 1)
    assert "430426199001011234" not in caplog.text
    clock.advance_to(later(1))
    book.full = False
    timer.look()
    assert (done("day_passed", "ok"), done("look", "error")) == (2, 1)


def test_the_timer_ends_when_told() -> None:
    made = runtime(Counter)
    timer = DayTimer(made.clock, [BookWithoutRoots(made)], every=3600)
    timer.start()
    timer.stop()
    assert days_of(made) in ([], ["2021-06-01"])
