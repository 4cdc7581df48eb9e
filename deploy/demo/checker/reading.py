"""Documents as they lie in the store, by service and collection."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pymongo import MongoClient

Document = dict[str, Any]
SYSTEM = {"admin", "config", "local"}
NO_AGGREGATES = {"inbox", "reads", "counters"}


class Stored:
    """The databases of a server; each service has one of its own name."""

    def __init__(self, uri: str) -> None:
        self._client: MongoClient[Document] = MongoClient(uri, serverSelectionTimeoutMS=10_000)

    def close(self) -> None:
        """Let go of the server."""
        self._client.close()

    def databases(self) -> list[str]:
        """Return the names of the services that have stored something."""
        return sorted(set(self._client.list_database_names()) - SYSTEM)

    def documents(self, service: str, collection: str) -> Iterator[Document]:
        """Yield every document of a collection, by id."""
        yield from self._client[service][collection].find({}).sort("_id", 1)

    def aggregates(self, service: str) -> Iterator[tuple[str, Document]]:
        """Yield (collection, document) of everything that has a history."""
        for name in sorted(self._client[service].list_collection_names()):
            if name not in NO_AGGREGATES and not name.endswith("_segments"):
                for doc in self.documents(service, name):
                    if "history" in doc:
                        yield name, doc

    def history(self, service: str, collection: str, doc: Document) -> list[Document]:
        """Return every entry of a document, the older ones from its segments."""
        if not doc.get("segments"):
            return list(doc["history"])
        found = self._client[service][f"{collection}_segments"].find({})
        older = [
            one for one in found if one.get("of") == doc["_id"] or str(one["_id"]).startswith(doc["_id"])
        ]
        parts = sorted(older, key=lambda one: one["entries"][0]["seq"])
        return [entry for part in parts for entry in part["entries"]] + list(doc["history"])

    def count(self, service: str, collection: str) -> int:
        """Count the documents of a collection."""
        return self._client[service][collection].count_documents({})
