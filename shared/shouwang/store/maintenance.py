"""Jobs over a whole collection: new keys, new schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from shouwang.errors import StaleVersion
from shouwang.store.aggregate import Entry
from shouwang.store.fields import has_stale, open_state, reseal
from shouwang.store.reaching import reaching

if TYPE_CHECKING:
    from shouwang.store.repository import Repository

Document = dict[str, Any]
ACTOR: Final = {"id": "platform", "org": "platform", "level": "platform", "roles": ["platform"]}
MIGRATED: Final = "schema.migrated"


def rotate(repo: Repository) -> int:
    """Rewrite everything that an older data or blind key wrote; returns how many documents.

    Versions and history stay: the digest is over the state in clear. Safe beside running services; afterwards
    the older key files may be removed.
    """
    count = 0
    with reaching(repo.declaration.collection):
        for doc in repo.collection.find({}):
            count += _rotate_one(repo, doc)
    return count


def migrate(repo: Repository) -> int:
    """Bring every older document to the newest schema; returns how many. Safe beside running services."""
    older = {"schema": {"$lt": repo.declaration.schema_version}}
    with reaching(repo.declaration.collection):
        found = [(doc["_id"], doc["schema"]) for doc in repo.collection.find(older, {"schema": 1})]
    return sum(_migrate_one(repo, agg_id, schema) for agg_id, schema in found)


def _rotate_one(repo: Repository, doc: Document) -> bool:
    current: Document | None = doc
    while current is not None and _is_stale(repo, current):
        rewritten = {"$set": _rewritten(repo, current)}
        # Guarded by the version: a save in between wins, and is looked at again.
        if repo.collection.update_one({"_id": doc["_id"], "v": current["v"]}, rewritten).matched_count:
            return True
        current = repo.collection.find_one({"_id": doc["_id"]})
    return False


def _is_stale(repo: Repository, doc: Document) -> bool:
    box = repo.codec.box(doc["_id"])
    sealed = [doc["state"], [item["result"] for item in doc.get("requests", ())]]
    newest = f"{repo.codec.keys.newest('blind')}:"
    blinds = (value for values in doc.get("blind", {}).values() for value in values)
    return has_stale(sealed, box) or not all(value.startswith(newest) for value in blinds)


def _rewritten(repo: Repository, doc: Document) -> Document:
    codec, box = repo.codec, repo.codec.box(doc["_id"])
    sealed = reseal(doc["state"], box)
    state = open_state(doc["state"], box)
    codec.check(doc, state)
    blind = codec.blind(codec.migrated(state, doc["schema"]))
    return {"state": sealed, "blind": blind, "requests": list(_requests(repo, doc))}


def _requests(repo: Repository, doc: Document) -> Iterator[Document]:
    box = repo.codec.box(doc["_id"])
    for item in doc.get("requests", ()):
        place = f"requests {item['id']}"
        result = item["result"]
        yield {**item, "result": None if result is None else box.seal(place, box.open(place, result))}


def _migrate_one(repo: Repository, agg_id: str, schema: int) -> bool:
    agg = repo.get(agg_id)
    detail = {"from": schema, "to": repo.declaration.schema_version}
    agg.record(Entry(MIGRATED, ACTOR, repo.codec.clock.today(), detail))
    try:
        repo.save(agg)
    except StaleVersion:  # whoever saved in between wrote the newest schema
        return False
    return True
