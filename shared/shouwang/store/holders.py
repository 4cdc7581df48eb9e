"""Who holds these values: the bulk lookup of blind indexes that an import needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from shouwang.store.query import IN_VALUES, split

if TYPE_CHECKING:
    from shouwang.store.repository import Repository

WALK_FACTOR: Final = 16  # walking the collection is cheaper below so many documents for each value


def find_holders(repo: Repository, name: str, values: Sequence[str]) -> dict[str, list[str]]:
    """Return value → ids of the aggregates that hold it; values that nobody holds are absent."""
    keys = repo.codec.keys
    wanted = {blind: value for value in values for blind in keys.blinds(name, value)}
    found: dict[str, list[str]] = {}
    for doc in _candidates(repo, f"blind.{name}", list(wanted)):
        for blind in doc["blind"].get(name, ()):
            if blind in wanted:
                found.setdefault(wanted[blind], []).append(doc["_id"])
    return {value: sorted(set(ids)) for value, ids in found.items()}


def _candidates(repo: Repository, path: str, blinds: Sequence[str]) -> Iterator[dict[str, Any]]:
    if len(blinds) > IN_VALUES and repo.collection.estimated_document_count() < WALK_FACTOR * len(blinds):
        yield from repo.collection.find({}, {path: 1})
        return
    for query in split({path: {"$in": list(blinds)}}):
        yield from repo.collection.find(query, {path: 1})
