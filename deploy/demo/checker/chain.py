"""The chain of history: the one check that is the store's own, since only its keys can tell."""

from __future__ import annotations

from collections.abc import Iterator

from pymongo import MongoClient
from shouwang.clock import SystemClock
from shouwang.service.discovery import find
from shouwang.settings import Settings
from shouwang.store import Database, KeyRing, verify

from deploy.demo.checker.violation import Violation

DAYS = ("days", "day_book")
ROOTS = "roots"


def check_chain(uri: str, settings: Settings) -> Iterator[Violation]:
    """Verify the history of every service that stored something against its keys and its newest root."""
    with MongoClient[dict[str, object]](uri) as client:
        stored = set(client.list_database_names())
    for service in (one for one in find() if one.name in stored):
        db = Database(uri, service.name, KeyRing.from_dir(settings.keys_dir / service.name), SystemClock())
        if service.store is not None:
            service.store(db)
        db.repository(DAYS[0], kind=DAYS[1])
        roots = settings.var_dir / ROOTS
        report = verify(db, roots if (roots / service.name).is_dir() else None)
        for finding in report.findings:
            where = f"{service.name}/{finding.collection}/{finding.id}"
            yield Violation("history_altered", where, finding.code)
