"""Who holds these values: the bulk lookup of blind indexes that an import needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from shouwang.store.query import split

if TYPE_CHECKING:
    from shouwang.store.repository import Repository

AT_ONCE: Final = 64  # values of one `$in`: of those who come in, few are held already, and misses cost little


def find_holders(repo: Repository, name: str, values: Sequence[str]) -> dict[str, list[str]]:
    """Return value → ids of the aggregates that hold it; values that nobody holds are absent."""
    keys = repo.codec.keys
    wanted = {blind: value for value in values for blind in keys.blinds(name, value)}
    found: dict[str, list[str]] = {}
    path = f"blind.{name}"
    for query in split({path: {"$in": list(wanted)}}, AT_ONCE):
        for doc in repo.collection.find(query, {path: 1}):
            for blind in doc["blind"].get(name, ()):
                if blind in wanted:
                    found.setdefault(wanted[blind], []).append(doc["_id"])
    return {value: sorted(set(ids)) for value, ids in found.items()}
