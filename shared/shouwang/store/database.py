"""Database (being written)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shouwang.store.inbox import Inbox
from shouwang.store.index import Index
from shouwang.store.keys import KeyRing
from shouwang.store.outbox import Outbox
from shouwang.store.repository import Repository

if TYPE_CHECKING:
    from shouwang.clock import Clock

Migration = Callable[[dict[str, Any]], dict[str, Any]]


class Database:
    """The database of one service. MongoClients are shared by URI within a process."""

    outbox: Outbox
    inbox: Inbox

    def __init__(self, uri: str, name: str, keys: KeyRing, clock: Clock) -> None:
        self.uri, self.name, self.keys, self.clock = uri, name, keys, clock

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
        migrations: Mapping[int, Migration] | None = None,
    ) -> Repository:
        """Declare a repository: paths are relative to `state`, `*` stands for every list element or key."""
        raise NotImplementedError

    def ensure_indexes(self) -> None:
        """Make every declared index; checks that the key ring fits this database."""
        raise NotImplementedError

    def ping(self) -> None:
        """Unavailable when the store does not answer."""
        raise NotImplementedError

    def next_number(self, series: str) -> int:
        """Return 1, 2, 3 … of a named series, e.g. for readable case numbers."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of the client."""
        raise NotImplementedError
