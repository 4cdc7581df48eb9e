"""Who lets the days pass: a simulated clock is moved on day by day, a real one is looked at now and then."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, Final

from shouwang.clock import SimulatedClock
from shouwang.errors import BadRequest, Conflict, ShouwangError
from shouwang.service.days import DayBook
from shouwang.telemetry import get_logger
from shouwang.telemetry.metrics import observe

LOOK_EVERY: Final = 30.0
"""Real seconds between two looks at the real clock."""
LOOK: Final = "look"
"""Entry point, in metrics, of a look that failed: the day's methods, the book of days, the daily root."""
_log = get_logger(__name__)


class ClockKeeper:
    """Moves a simulated clock: all settles, the day changes, every service has its day, all settles."""

    def __init__(
        self,
        clock: Any,
        books: Sequence[DayBook],
        settle: Callable[[], None],
        moved: Callable[[date], None] = lambda day: None,
    ) -> None:
        self._clock, self._books, self._settle, self._moved = clock, books, settle, moved
        self._moving = threading.Lock()

    def advance(self, to: date) -> list[date]:
        """Live through every day up to `to` and return them; today itself only waits until all is quiet.

        BadRequest clock.not_simulated, clock.backwards; Conflict clock.moving while another call moves it.
        """
        if not isinstance(self._clock, SimulatedClock):
            raise BadRequest(
                "时钟是真实的，不能拨动", code="clock.not_simulated", remedy="请用模拟时钟启动。"
            )
        if to < self._clock.today():
            raise BadRequest(
                f"今天是 {self._clock.today()}，不能退回 {to}",
                code="clock.backwards",
                remedy="时钟只能往前拨；要从头来，请重新建立演示数据。",
            )
        with self._alone():
            self._settle()
            return [self._live(day) for day in _days(self._clock.today(), to)]

    def _live(self, day: date) -> date:
        self._clock.advance_to(day)
        self._moved(day)
        for book in self._books:
            book.catch_up(day)
        self._settle()
        if day.day == 1:  # under a simulated clock a day may last milliseconds: a root a month
            self._write_roots(day)
        return day

    def _write_roots(self, day: date) -> None:
        for book in self._books:
            book.write_root(day)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._moving.acquire(blocking=False):
            raise Conflict("时钟正在推进", code="clock.moving", remedy="请等待上一次推进结束。")
        try:
            yield
        finally:
            self._moving.release()


class DayTimer:
    """Under a real clock: calls missed days in order, each service for itself; retries a failed day."""

    def __init__(self, clock: Any, books: Sequence[DayBook], every: float = LOOK_EVERY) -> None:
        self._clock, self._books, self._every = clock, books, every
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="days", daemon=True)

    def start(self) -> None:
        """Look at the clock now and then until stopped."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the day at hand and stop."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def look(self) -> None:
        """Let every service catch up; an error of one holds up neither the others nor the next look."""
        for book in self._books:
            try:
                today = self._clock.today()
                book.catch_up(today)
                book.write_root(today)
            except Exception as error:  # noqa: BLE001 (counted, logged, and the next look tries again)
                _failed(book, error)

    def _run(self) -> None:
        while not self._stop.is_set():
            self.look()
            self._stop.wait(self._every)


def _failed(book: DayBook, error: Exception) -> None:
    """Tell of it without the text of an unexpected error, which may hold a person's data."""
    known = error if isinstance(error, ShouwangError) else None
    code, where = (known.code, known.where) if known else (type(error).__name__, "")
    observe(book.service, LOOK, "daily", 0.0, error=error)
    _log.error("day_failed", of=book.service, code=code, where=where)


def _days(today: date, to: date) -> list[date]:
    return [today + timedelta(days=passed) for passed in range(1, (to - today).days + 1)]
