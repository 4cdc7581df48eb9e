"""Business days: each @daily method runs once for every day, in order, and no day is skipped.

Which day each method has done last stands in one book in the service's own database, written when a day is
done, before the next begins; a day that was cut short is run again, and its methods do nothing twice. Where a
service runs in several processes a day is claimed first; a claim lapses (real time) when its process died.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Collection
from datetime import date, timedelta
from typing import Any, Final

from shouwang.errors import Conflict, ShouwangError
from shouwang.service.dispatch import run_day
from shouwang.service.entry import EntryPoint
from shouwang.service.runtime import Runtime
from shouwang.store import Aggregate, Entry, daily_root
from shouwang.telemetry.metrics import expect

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
        self._entries = runtime.of_kind("daily")
        self._rooted: date | None = None
        self._left: Aggregate | None = None
        self._repo = runtime.db.repository(COLLECTION, kind=KIND)
        for entry in self._entries:
            expect(runtime.name, entry.name, "daily")

    @property
    def service(self) -> str:
        """Name of the service whose days these are."""
        return self._runtime.name

    def catch_up(self, today: date) -> list[date]:
        """Run every day up to `today` that is not done, in order; return those days.

        A method that fails keeps its day and does not hold up the others; its error is raised at the end.
        """
        days: list[date] = []
        stuck: dict[str, ShouwangError] = {}
        while (book := self._claimed(today, stuck)) is not None:
            day = date.fromisoformat(book.state["claimed"])
            self._run(book, day, today, stuck)
            days.append(day)
        for error in stuck.values():
            raise error
        return sorted(set(days))

    def write_root(self, today: date) -> None:
        """Keep what stands in the database today under `roots`, outside of it; once for each day."""
        if self._rooted != today:
            daily_root(self._runtime.db, self._runtime.var_dir / ROOTS)
            self._rooted = today

    def last(self, method: str) -> date | None:
        """Return the last day done, or None before the first."""
        done = self._book().state["done"].get(method)
        return date.fromisoformat(done) if done else None

    def _run(self, book: Aggregate, day: date, today: date, stuck: dict[str, ShouwangError]) -> None:
        """Run the methods that have not done the day; note in `stuck` which of them failed."""
        try:
            for entry in self._going(stuck):
                if _due(book, entry.name, today) == day:
                    self._try(book, entry, day, stuck)
        finally:  # also when the process is told to end: what is done is done
            self._write(book, "lived", claimed=None, until=0.0)

    def _try(self, book: Aggregate, entry: EntryPoint, day: date, stuck: dict[str, ShouwangError]) -> None:
        try:
            run_day(self._runtime, entry, day)
        except ShouwangError as error:
            stuck[entry.name] = error
        else:
            book.state["done"][entry.name] = day.isoformat()

    def _going(self, stuck: Collection[str]) -> list[EntryPoint]:
        return [entry for entry in self._entries if entry.name not in stuck]

    def _claimed(self, today: date, stuck: Collection[str]) -> Aggregate | None:
        book = self._book()
        day = min((_due(book, entry.name, today) for entry in self._going(stuck)), default=None)
        if day is None or day > today or book.state["until"] > self._now():
            return None
        book.state.update(claimed=day.isoformat(), until=self._now() + self._lease)
        return book if not self._lease else self._stored_claim(book)

    def _stored_claim(self, book: Aggregate) -> Aggregate | None:
        try:
            return self._write(book, "claimed")
        except Conflict:  # another process was faster: the day is in its hands
            return None

    def _book(self) -> Aggregate:
        """Return the book of the service; where no other process can write it, as it was left."""
        if self._lease or self._left is None:
            self._left = self._repo.get_or_none(self._runtime.name) or self._new_book()
        return self._left

    def _new_book(self) -> Aggregate:
        """Return a first book; it takes over the books that version 0.1 kept for each method."""
        name, region = self._runtime.name, self._runtime.actor.region
        kept = {entry.name: self._repo.get_or_none(f"{name}.{entry.name}") for entry in self._entries}
        done = {method: book.state["done"] for method, book in kept.items() if book and book.state["done"]}
        book: Aggregate = self._repo.new(
            name, region=region, state={"done": done, "claimed": None, "until": 0.0}
        )
        return book

    def _write(self, book: Aggregate, action: str, **state: Any) -> Aggregate:
        book.state.update(state)
        on = self._runtime.clock.today()
        book.record(Entry(action, self._runtime.actor.to_dict(), on, {}, uuid.uuid4().hex))
        saved: Aggregate = self._repo.save(book)
        return saved


def _due(book: Aggregate, method: str, today: date) -> date:
    """Return the next day that a method has to do; one that never did any begins today."""
    done = book.state["done"].get(method)
    return date.fromisoformat(done) + timedelta(days=1) if done else today
