"""Documents as they lie in the store, by service and collection; sealed fields are opened with the keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from shouwang.store import KeyRing
from shouwang.store.fields import FieldBox, open_state

Document = dict[str, Any]
SYSTEM = {"admin", "config", "local"}
SEALED_AS = {
    ("monitoring", "cases"): "case",
    ("monitoring", "households"): "household",
    ("assistance", "plans"): "plan",
}
"""The kind under which the fields of a collection are sealed."""


class Stored:
    """The databases of a server; each service has one of its own name."""

    def __init__(self, uri: str, keys: Path) -> None:
        self._client: MongoClient[Document] = MongoClient(uri, serverSelectionTimeoutMS=10_000)
        self._keys, self._rings = keys, dict[str, KeyRing]()
        self._read: dict[tuple[str, str], list[Document]] = {}

    def close(self) -> None:
        """Let go of the server."""
        self._client.close()

    def databases(self) -> list[str]:
        """Return the names of the services that have stored something."""
        return sorted(set(self._client.list_database_names()) - SYSTEM)

    def documents(self, service: str, collection: str) -> list[Document]:
        """Return every document of a collection, by id; read once. Not for what grows with the county."""
        key = (service, collection)
        if key not in self._read:
            self._read[key] = list(self.stream(service, collection))
        return self._read[key]

    def stream(self, service: str, collection: str) -> Iterator[Document]:
        """Yield every document of a collection, by id."""
        yield from self._client[service][collection].find({}).sort("_id", 1)

    def everything(self) -> Iterator[tuple[str, str, Document]]:
        """Yield (service, collection, document) of all that is stored."""
        for service in self.databases():
            for collection in sorted(self._client[service].list_collection_names()):
                for doc in self.stream(service, collection):
                    yield service, collection, doc

    def opened(self, service: str, collection: str, id: str) -> Document | None:
        """Return one document with every field in clear; Tampered when one does not open."""
        doc = self._client[service][collection].find_one({"_id": id})
        if doc is not None:
            box = FieldBox(self._ring(service), SEALED_AS[service, collection], id)
            doc["state"] = open_state(doc["state"], box)
        return doc

    def history(self, service: str, collection: str, doc: Document) -> list[Document]:
        """Return every entry of a document, the older ones from its segments."""
        if not doc.get("segments"):
            return list(doc["history"])
        older = self._client[service][f"{collection}_segments"].find({"agg": doc["_id"]})
        parts = sorted(older, key=lambda one: one["n"])
        return [entry for part in parts for entry in part["entries"]] + list(doc["history"])

    def last_day(self, service: str) -> str:
        """Return the last business day that the service has lived through, "" when it has lived none."""
        books = [doc["state"]["done"] for doc in self.documents(service, "days")]
        return max((day for book in books for day in book.values()), default="")

    def _ring(self, service: str) -> KeyRing:
        if service not in self._rings:
            self._rings[service] = KeyRing.from_dir(self._keys / service)
        return self._rings[service]
