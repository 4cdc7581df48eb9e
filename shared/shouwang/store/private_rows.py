"""Rows of a file that were refused: encrypted, private, deleted after their day.

Whoever corrects a file must see the row; nobody else ever does. They are not aggregates: no history.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from pymongo.errors import BulkWriteError

from shouwang.store.bulk import DUPLICATE
from shouwang.store.fields import FieldBox
from shouwang.store.reaching import Document, reaching

if TYPE_CHECKING:
    from shouwang.store.database import Database

COLLECTION: Final = "private_rows"
PATH: Final = "row"


class PrivateRows:
    """Rows by batch, each with the day after which it is purged."""

    def __init__(self, db: Database) -> None:
        self._keys = db.keys
        self._collection = db.collection(COLLECTION)

    def keep(self, batch: str, rows: Sequence[Mapping[str, Any]], expires: date, *, start: int = 0) -> None:
        """Store rows of one batch in order, from number `start` on; the same again stores nothing twice."""
        docs = [self._sealed(batch, number, row, expires) for number, row in enumerate(rows, start)]
        try:
            with reaching(COLLECTION):
                if docs:
                    self._collection.insert_many(docs, ordered=False)
        except BulkWriteError as error:
            if any(problem["code"] != DUPLICATE for problem in error.details["writeErrors"]):
                raise

    def rows(self, batch: str) -> list[dict[str, Any]]:
        """Return the rows of one batch in their order; empty when there were none or they expired."""
        with reaching(COLLECTION):
            docs = sorted(self._collection.find({"batch": batch}), key=lambda doc: doc["n"])
        return [self._box(doc["_id"]).open(PATH, doc[PATH]) for doc in docs]

    def page(self, batch: str, start: int, limit: int, on: date) -> list[dict[str, Any]]:
        """Return at most `limit` rows of one batch from number `start` on in order, none past its day."""
        numbers = {"$gte": start, "$lt": start + limit}
        wanted = {"batch": batch, "n": numbers, "expires": {"$gte": on.isoformat()}}
        with reaching(COLLECTION):
            docs = sorted(self._collection.find(wanted), key=lambda doc: doc["n"])
        return [self._box(doc["_id"]).open(PATH, doc[PATH]) for doc in docs]

    def forget(self, batch: str) -> int:
        """Delete the rows of one batch; returns how many."""
        with reaching(COLLECTION):
            return self._collection.delete_many({"batch": batch}).deleted_count

    def forget_others(self, prefix: str, kept: str) -> int:
        """Delete the rows of batches that begin with `prefix`, all but the one kept; returns how many."""
        others = {"$regex": f"^{re.escape(prefix)}", "$ne": kept}
        with reaching(COLLECTION):
            return self._collection.delete_many({"batch": others}).deleted_count

    def purge(self, today: date) -> int:
        """Delete what expired before `today`; returns how many rows."""
        with reaching(COLLECTION):
            return self._collection.delete_many({"expires": {"$lt": today.isoformat()}}).deleted_count

    def rotate(self) -> int:
        """Rewrite rows of older data keys; returns how many."""
        count = 0
        with reaching(COLLECTION):
            for doc in self._collection.find({}):
                count += self._rewrite(doc)
        return count

    def _rewrite(self, doc: Document) -> bool:
        box = self._box(doc["_id"])
        if not box.is_stale(doc[PATH]):
            return False
        sealed = box.seal(PATH, box.open(PATH, doc[PATH]))
        return self._collection.update_one({"_id": doc["_id"]}, {"$set": {PATH: sealed}}).matched_count == 1

    def _sealed(self, batch: str, number: int, row: Mapping[str, Any], expires: date) -> Document:
        key = f"{batch}:{number}"
        sealed = self._box(key).seal(PATH, dict(row))
        return {"_id": key, "batch": batch, "n": number, "expires": expires.isoformat(), PATH: sealed}

    def _box(self, key: str) -> FieldBox:
        return FieldBox(self._keys, COLLECTION, key)
