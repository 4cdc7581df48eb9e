"""Business days: each @daily method runs once for every day, in order, and no day is skipped.

The last day done is stored in the service's own database, before the next one begins. Where a service runs in
several processes a day is claimed first; a claim lapses (real time) when its process died.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from shouwang.errors import Conflict, NotFound
from shouwang.service.dispatch import run_day
from shouwang.service.entry import EntryPoint
from shouwang.service.runtime import Runtime
from shouwang.store import Aggregate, Entry, daily_root

COLLECTION: Final = "days"
KIND: Final = "day_book"
ROOTS: Final = "roots"
LEASE: Final = 1800.0
"""Seconds for which a claimed day belongs to one process."""


class DayBook:
    """Which day each @daily method of one service has done last.

    `lease`: seconds of a claim; 0 where no other process can run (the embedded suite holds its folder alone).
    """

    def __init__(self, runtime: Runtime, lease: float = LEASE, now: Callable[[], float] = time.time) -> None:
        self._runtime, self._lease, self._now = runtime, lease, now
        self._rooted: date | None = None
        self._left: dict[str, Aggregate] = {}
        self._repo = runtime.db.repository(COLLECTION, kind=KIND)

    def catch_up(self, today: date) -> list[date]:
        """Run every day up to `today` that is not done, in order; return those days."""
        days = [day for entry in self._runtime.of_kind("daily") for day in self._catch_up(entry, today)]
        return sorted(set(days))

    def write_root(self, today: date) -> None:
        """Keep what stands in the database today under `roots`, outside of it; once for each day."""
        if self._rooted != today:
            daily_root(self._runtime.db, self._runtime.var_dir / ROOTS)
            self._rooted = today

    def last(self, method: str) -> date | None:
        """Return the last day done, or None before the first."""
        done = self._book(method).state["done"]
        return date.fromisoformat(done) if done else None

    def _catch_up(self, entry: EntryPoint, today: date) -> list[date]:
        days: list[date] = []
        while (book := self._claimed(entry.name, today)) is not None:
            day = date.fromisoformat(book.state["claimed"])
            self._run(entry, book, day)
            days.append(day)
        return days

    def _run(self, entry: EntryPoint, book: Aggregate, day: date) -> None:
        try:
            run_day(self._runtime, entry, day)
        except BaseException:
            self._left.pop(entry.name, None)
            self._write(book, "given_back", claimed=None, until=0.0)
            raise
        self._write(book, "done", done=day.isoformat(), claimed=None, until=0.0)

    def _claimed(self, method: str, today: date) -> Aggregate | None:
        book = self._book(method)
        done = book.state["done"]
        day = date.fromisoformat(done) + timedelta(days=1) if done else today
        if day > today or book.state["until"] > self._now():
            return None
        book.state.update(claimed=day.isoformat(), until=self._now() + self._lease)
        return book if not self._lease else self._stored_claim(book)

    def _stored_claim(self, book: Aggregate) -> Aggregate | None:
        try:
            return self._write(book, "claimed")
        except Conflict:  # another process was faster: the day is in its hands
            return None

    def _book(self, method: str) -> Aggregate:
        """Return the book of a method; where no other process can write it, as it was left."""
        if self._lease or method not in self._left:
            self._left[method] = self._stored_book(method)
        return self._left[method]

    def _stored_book(self, method: str) -> Aggregate:
        id = f"{self._runtime.name}.{method}"
        try:
            book: Aggregate = self._repo.get(id)
        except NotFound:
            state = {"done": None, "claimed": None, "until": 0.0}
            book = self._repo.new(id, region=self._runtime.actor.region, state=state)
        return book

    def _write(self, book: Aggregate, action: str, **state: Any) -> Aggregate:
        book.state.update(state)
        on = self._runtime.clock.today()
        book.record(Entry(action, self._runtime.actor.to_dict(), on, {}, uuid.uuid4().hex))
        saved: Aggregate = self._repo.save(book)
        return saved
