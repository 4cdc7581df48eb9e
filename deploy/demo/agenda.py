"""What is still to be done, by day, in the order in which it was noted."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count

Work = Callable[[], None]


class Agenda:
    """A heap of work; `today` is set by whoever lives through the days."""

    def __init__(self, today: date) -> None:
        self.today = today
        self._order = count()
        self._heap: list[tuple[date, int, Work]] = []

    def after(self, days: int, work: Work) -> None:
        """Do it so many days from today (0: still today)."""
        heapq.heappush(self._heap, (self.today + timedelta(days=days), next(self._order), work))

    def do_today(self) -> None:
        """Do what is due today, and what that makes due today."""
        while self._heap and self._heap[0][0] <= self.today:
            heapq.heappop(self._heap)[2]()
