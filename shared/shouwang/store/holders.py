"""Who holds these values: the bulk lookup of blind indexes that an import needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from shouwang.store.repository import Repository

CHUNK: Final = 16  # values a query: some servers compare every value with every element
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
    if len(blinds) > CHUNK and repo.collection.estimated_document_count() < WALK_FACTOR * len(blinds):
        yield from repo.collection.find({}, {path: 1})
        return
    for start in range(0, len(blinds), CHUNK):
        yield from repo.collection.find({path: {"$in": list(blinds[start : start + CHUNK])}}, {path: 1})
