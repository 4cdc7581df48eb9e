"""A database in memory: hands out fake repositories, so that a service's real Store class runs on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from shouwang.errors import ConfigurationError
from shouwang.store.declaration import declare
from shouwang.store.index import Index
from shouwang.store.personal import guard_text
from shouwang.testing.repository import FakeRepository


class FakeInbox:
    """Which handler has dealt with which event."""

    def __init__(self) -> None:
        self._marked: set[tuple[str, str]] = set()

    def seen(self, handler: str, event_id: str) -> bool:
        """Tell whether it was marked."""
        return (handler, event_id) in self._marked

    def mark(self, handler: str, event_id: str) -> bool:
        """Mark it; False when it was marked before."""
        new = not self.seen(handler, event_id)
        self._marked.add((handler, event_id))
        return new


class FakeReads:
    """Every read of a person, kept in `lines`: {actor, subject, purpose, on}."""

    def __init__(self) -> None:
        self.lines: list[dict[str, Any]] = []

    def record(self, actor: Mapping[str, Any], subject_id: str, purpose: str, on: date) -> None:
        """Keep one line; an ID number in it is refused."""
        self.record_many(actor, [subject_id], purpose, on)

    def record_many(self, actor: Mapping[str, Any], subjects: Sequence[str], purpose: str, on: date) -> None:
        """Keep one line for each subject."""
        for text in (purpose, *subjects):
            guard_text(text, "read log")
        self.lines += [self._line(actor, subject, purpose, on) for subject in subjects]

    def of_subject(self, subject_id: str) -> list[dict[str, Any]]:
        """Return every read of one subject."""
        return [line for line in self.lines if line["subject"] == subject_id]

    def _line(self, actor: Mapping[str, Any], subject_id: str, purpose: str, on: date) -> dict[str, Any]:
        return {"actor": dict(actor), "subject": subject_id, "purpose": purpose, "on": on.isoformat()}


class FakeDatabase:
    """The same declarations as the real database; nothing is written anywhere."""

    def __init__(self, clock: Any, keys: Any = None, name: str = "fake") -> None:
        self.name, self.uri, self.keys, self.clock = name, "fake://", keys, clock
        self.inbox = FakeInbox()
        self.repositories: dict[str, FakeRepository] = {}
        self._series: dict[str, int] = {}

    def repository(
        self,
        collection: str,
        *,
        kind: str,
        schema_version: int = 1,
        encrypted: Sequence[str] = (),
        public: Sequence[str] = (),
        blind: Mapping[str, str] | None = None,
        indexes: Sequence[Index] = (),
        migrations: Mapping[int, Any] | None = None,
    ) -> FakeRepository:
        """Declare a repository, with the checks of the real one."""
        if collection in self.repositories:
            raise ConfigurationError(
                "同一集合声明了两次",
                where=f"repository({collection!r})",
                remedy="请删去一处，或换一个集合名。",
            )
        declaration = declare(
            collection, kind, schema_version, encrypted, public, blind or {}, indexes, migrations or {}
        )
        self.repositories[collection] = FakeRepository(declaration)
        return self.repositories[collection]

    @property
    def events(self) -> list[dict[str, Any]]:
        """Every event that was saved, by repository in the order of declaration."""
        return [event for repo in self.repositories.values() for event in repo.events]

    def next_number(self, series: str) -> int:
        """Return 1, 2, 3 … of a named series."""
        self._series[series] = self._series.get(series, 0) + 1
        return self._series[series]

    def ensure_indexes(self) -> None:
        """Nothing to make."""

    def ping(self) -> None:
        """It is always there."""

    def close(self) -> None:
        """Nothing to let go."""
