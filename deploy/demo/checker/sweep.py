"""One sweep over everything that is stored: what must hold of every document, whatever it is."""

from __future__ import annotations

from collections.abc import Iterator

from deploy.demo.checker.events import check_aggregate
from deploy.demo.checker.privacy import check_in_clear
from deploy.demo.checker.reading import Stored
from deploy.demo.checker.violation import Violation


def check_everything(stored: Stored) -> Iterator[Violation]:
    """Check each document of each collection, read marks and segments too."""
    for service, collection, doc in stored.everything():
        yield from check_in_clear(f"{service}/{collection}/{doc['_id']}", doc)
        if "history" in doc:
            yield from check_aggregate(stored, service, collection, doc)
