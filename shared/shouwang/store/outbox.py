"""Outbox (being written)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class OutboxEvent:
    """An event waiting to be published, with what its envelope needs."""

    id: str
    number: int
    type: str
    data: Mapping[str, Any]
    on: str
    time: str
    version: int
    actor: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pending:
    """The unsent events of one aggregate, in order. It is the `ref` that `mark_sent` takes."""

    collection: str
    kind: str
    aggregate_id: str
    region: str
    events: tuple[OutboxEvent, ...]


class Outbox:
    """All unsent events of one database."""

    def pending(self, limit: int = 100, skip: Collection[tuple[str, str]] = ()) -> list[Pending]:
        """Return up to `limit` aggregates with unsent events; `skip` holds (collection, aggregate id)."""
        raise NotImplementedError

    def mark_sent(self, ref: Pending, event_ids: Sequence[str]) -> bool:
        """Take the first events of `ref` out of the outbox; False when another relay did so before."""
        raise NotImplementedError

    def count(self) -> int:
        """Return how many aggregates still have unsent events."""
        raise NotImplementedError

    def subscribe(self, wake: Callable[[], None]) -> None:
        """Have `wake()` called after every save that leaves events (same process): no polling."""
        raise NotImplementedError
