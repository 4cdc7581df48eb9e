"""Business dates: Beijing's, and a simulated day that only moves forward."""

from datetime import UTC, date, datetime

import pytest
from shouwang import clock
from shouwang.clock import BEIJING, SimulatedClock, SystemClock
from shouwang.errors import BadRequest


def test_the_simulated_day_stands_still_until_moved():
    simulated = SimulatedClock(date(2021, 6, 1))
    assert simulated.today() == date(2021, 6, 1)
    simulated.advance_to(date(2021, 6, 3))
    assert simulated.today() == date(2021, 6, 3)


def test_the_simulated_moment_is_the_same_in_every_run_and_lies_on_the_day_in_beijing():
    now = SimulatedClock(date(2021, 6, 1)).now()
    assert now == SimulatedClock(date(2021, 6, 1)).now()
    assert now.tzinfo is UTC
    assert now.astimezone(BEIJING).date() == date(2021, 6, 1)


def test_the_simulated_day_does_not_go_back():
    simulated = SimulatedClock(date(2021, 6, 1))
    with pytest.raises(BadRequest) as refused:
        simulated.advance_to(date(2021, 5, 31))
    assert refused.value.code == "clock.backwards"
    assert simulated.today() == date(2021, 6, 1)


def test_moving_to_the_same_day_is_allowed():
    simulated = SimulatedClock(date(2021, 6, 1))
    simulated.advance_to(date(2021, 6, 1))
    assert simulated.today() == date(2021, 6, 1)


def test_the_business_day_begins_at_midnight_in_beijing(monkeypatch):
    class Evening(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2021, 5, 31, 16, 0, 0, 123456, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr(clock, "datetime", Evening)
    assert SystemClock().today() == date(2021, 6, 1)


def test_the_real_moment_is_utc_to_the_millisecond():
    now = SystemClock().now()
    assert now.utcoffset().total_seconds() == 0
    assert now.microsecond % 1000 == 0
