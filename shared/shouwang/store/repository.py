"""Repository (being written)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from shouwang.store.aggregate import Aggregate


class Repository:
    """The aggregates of one kind."""

    def new(self, id: str, *, region: str, state: dict[str, Any]) -> Aggregate:
        """Make a new aggregate; nothing is stored before `save`."""
        raise NotImplementedError

    def get(self, id: str) -> Aggregate:
        """Load one; NotFound, Tampered."""
        raise NotImplementedError

    def find_one(
        self, *, where: Mapping[str, Any] | None = None, blind: tuple[str, str] | None = None
    ) -> Aggregate | None:
        """Load the only match or None; Conflict when there are several."""
        raise NotImplementedError

    def find(
        self,
        where: Mapping[str, Any] | None = None,
        *,
        region: str | None = None,
        after: str | None = None,
        limit: int = 100,
        blind: tuple[str, str] | None = None,
    ) -> list[Aggregate]:
        """Load a page ordered by id; `after` is the last id of the page before."""
        raise NotImplementedError

    def scan(self, *, region: str | None = None, batch: int = 500) -> Iterator[Aggregate]:
        """Walk all aggregates in pages by id."""
        raise NotImplementedError

    def count(self, where: Mapping[str, Any] | None = None, *, region: str | None = None) -> int:
        """Count by an index."""
        raise NotImplementedError

    def tally(
        self, by: str, where: Mapping[str, Any] | None = None, *, region: str | None = None
    ) -> dict[Any, int]:
        """Count by the values of one scalar field, e.g. `tally("state.category", region="430426")`."""
        raise NotImplementedError

    def save(self, agg: Aggregate) -> Aggregate:
        """Store state, history, events and request memory in one atomic update. StaleVersion, Conflict."""
        raise NotImplementedError

    def insert_many(self, aggs: Sequence[Aggregate]) -> int:
        """Store many new aggregates in bulk; returns how many are new (repeats of a request are none)."""
        raise NotImplementedError

    def history(self, agg: Aggregate) -> list[dict[str, Any]]:
        """Return every entry from the first on."""
        raise NotImplementedError
