"""Events and histories: none left behind, none with its effect twice, nobody acting who may not."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from deploy.demo.checker.reading import Stored
from deploy.demo.checker.violation import Violation

Json = dict[str, Any]
BY_EVENT = re.compile(r"[a-z_]+\.[a-z_]+:[0-9a-f]{32}(/\S+)?")
BY_DAY = re.compile(r"[a-z_]+\.[a-z_]+:\d{4}-\d{2}-\d{2}(/\S+)?")
LOCAL = frozenset({"village", "town", "household"})
OF_THE_PUBLIC = frozenset({"notices"})
"""Anybody may object to a notice that concerns them, wherever it hangs."""


def check_aggregate(stored: Stored, service: str, collection: str, doc: Json) -> Iterator[Violation]:
    """Check the outbox and the history of one document."""
    where = f"{service}/{collection}/{doc['_id']}"
    if doc.get("outbox"):
        kinds = "、".join(sorted({one["type"] for one in doc["outbox"]}))
        yield Violation("event_unsent", where, kinds)
    history = stored.history(service, collection, doc)
    yield from _twice(history, where)
    if collection not in OF_THE_PUBLIC:
        yield from _actors(history, doc["region"], where)


def _twice(history: list[Json], where: str) -> Iterator[Violation]:
    """The same event or day must not stand twice in one history with the same action and detail."""
    seen: Counter[str] = Counter()
    for entry in history:
        request = entry["request_id"]
        if BY_EVENT.fullmatch(request) or BY_DAY.fullmatch(request):
            seen[f"{request} {entry['action']} {sorted(entry['detail'].items())}"] += 1
    for key, times in seen.items():
        if times > 1:
            yield Violation("event_handled_twice", where, key.split()[0])


def _actors(history: list[Json], region: str, where: str) -> Iterator[Violation]:
    """Somebody stands behind each entry, and those of a village or town stay within it."""
    for entry in history:
        actor = entry["actor"]
        if not actor.get("id"):
            yield Violation("wrong_actor", f"{where} {entry['action']}", "没有经办人")
        elif actor["level"] in LOCAL and not region.startswith(actor["region"]):
            yield Violation("wrong_actor", f"{where} {entry['action']}", f"区划 {actor['region']}")
