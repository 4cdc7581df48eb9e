"""The read log: every read of a person, who, whom, why, when; it holds no personal data itself.

Each process writes a numbered series of its own, every line with a MAC: an altered line and a gap in a series
show in `verify`, a series cut short shows against the daily root.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from shouwang.store.canonical import canonical
from shouwang.store.personal import guard_text
from shouwang.store.reaching import Document, insert_once, reaching

if TYPE_CHECKING:
    from shouwang.store.database import Database
    from shouwang.store.keys import KeyRing

COLLECTION = "reads"


class ReadLog:
    """Append-only; `record` must come before the answer that shows the person."""

    def __init__(self, db: Database) -> None:
        self._keys, self._clock = db.keys, db.clock
        self._collection = db.collection(COLLECTION)
        self._writer, self._number = uuid4().hex[:12], 0
        self._unwritten: list[Document] = []

    def record(self, actor: Mapping[str, Any], subject_id: str, purpose: str, on: date) -> None:
        """Write one line; the read must not be answered when this raises (Unavailable)."""
        self.record_many(actor, [subject_id], purpose, on)

    def record_many(self, actor: Mapping[str, Any], subjects: Sequence[str], purpose: str, on: date) -> None:
        """Write one line for each subject in one round trip."""
        for text in (purpose, *subjects):
            guard_text(text, "read log")
        with reaching(COLLECTION):
            self._write_void()
            lines = [self._line(actor, subject, purpose, on) for subject in subjects]
            try:
                self._collection.insert_many(lines)
            except BaseException:
                # Their numbers are spent and the reads refused: what did not arrive is written later as void.
                self._unwritten += [self._void(line) for line in lines]
                raise

    def of_subject(self, subject_id: str) -> list[Document]:
        """Return every read of one subject, oldest first."""
        return self._find({"subject": subject_id})

    def by_actor(self, actor_id: str) -> list[Document]:
        """Return every read by one actor, oldest first."""
        return self._find({"actor.id": actor_id})

    def _find(self, query: Document) -> list[Document]:
        with reaching(COLLECTION):
            return sorted(self._collection.find(query), key=lambda line: (line["at"], line["_id"]))

    def _line(self, actor: Mapping[str, Any], subject: str, purpose: str, on: date) -> Document:
        self._number += 1
        body = {
            "_id": f"{self._writer}-{self._number}",
            "writer": self._writer,
            "n": self._number,
            "actor": dict(actor),
            "subject": subject,
            "purpose": purpose,
            "on": on.isoformat(),
            "at": self._clock.now().isoformat(timespec="milliseconds"),
        }
        return signed_line(self._keys, body)

    def _write_void(self) -> None:
        while self._unwritten:
            line = self._unwritten.pop()
            try:
                insert_once(self._collection, line)
            except BaseException:
                self._unwritten.append(line)
                raise

    def _void(self, line: Document) -> Document:
        body = {"_id": line["_id"], "writer": line["writer"], "n": line["n"], "void": True}
        return signed_line(self._keys, {**body, "on": line["on"], "at": line["at"]})


def signed_line(keys: KeyRing, body: Document) -> Document:
    """Return the line with its MAC."""
    keyed = {**body, "key": keys.newest("mac")}
    return {**keyed, "mac": keys.mac(canonical(["read", keyed]))}


def is_genuine_line(keys: KeyRing, line: Document) -> bool:
    """Tell whether a line is as it was written."""
    body = {name: value for name, value in line.items() if name != "mac"}
    return bool(line.get("mac") == keys.mac(canonical(["read", body]), line.get("key")))
