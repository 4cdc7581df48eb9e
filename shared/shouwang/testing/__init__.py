"""Testing: fakes that behave like the real thing, builders, cases in YAML, and a whole suite for tests.

`shouwang.testing.cases` (needs pytest) and `shouwang.testing.suite` (green threads) are imported by name.
"""

from shouwang.testing.builders import actor, household, service_actor
from shouwang.testing.bus import FakeBus
from shouwang.testing.context import FakeClock, FakeLog, context
from shouwang.testing.database import FakeDatabase, FakeInbox, FakeReads
from shouwang.testing.repository import FakeRepository

__all__ = [
    "FakeBus",
    "FakeClock",
    "FakeDatabase",
    "FakeInbox",
    "FakeLog",
    "FakeReads",
    "FakeRepository",
    "actor",
    "context",
    "household",
    "service_actor",
]
