"""The chain of history: the one check that is the store's own, since only its keys can tell."""

from __future__ import annotations

from collections.abc import Iterator

from shouwang.clock import SystemClock
from shouwang.service.discovery import find
from shouwang.service.keyfiles import ring_of
from shouwang.settings import Settings
from shouwang.store import Database, verify

from deploy.demo.checker.violation import Violation


def check_chain(uri: str, settings: Settings) -> Iterator[Violation]:
    """Verify the history of every service and department."""
    for service in find():
        keys = ring_of(settings.keys_dir, service.name)
        db = Database(uri, service.name, keys, SystemClock())
        if service.store is not None:
            service.store(db)
        for finding in verify(db).findings:
            where = f"{service.name}/{finding.collection}/{finding.id}"
            yield Violation("history_altered", where, finding.code)
