"""Notices and messages against what asked for them: each exactly once, and the case knows of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deploy.demo.checker.cases import Found, all_cases, cases_of_households
from deploy.demo.checker.effects import once_each
from deploy.demo.checker.expected import NOTICES
from deploy.demo.checker.gates import notices_by_step
from deploy.demo.checker.reading import Stored
from deploy.demo.checker.violation import Violation

Json = dict[str, Any]
CADRE, TOWN = "village_cadre", "town_officer"


def check_publishing(stored: Stored, outbox: Path) -> Iterator[Violation]:
    """Check what notify hung and sent; `outbox` is the folder from which messages are carried to people."""
    yield from _notices(stored)
    yield from _messages(stored, outbox)


def _notices(stored: Stored) -> Iterator[Violation]:
    """A passed step asks for its notice once; notify hangs it, and the case hears of it."""
    hung = notices_by_step(stored)
    for found in all_cases(stored):
        heard = _heard(stored, found)
        for step, expected in NOTICES[found.procedure].items():
            notices = hung.pop((found.service, found.id, step), [])
            asked = len(found.forward(expected.asked_by))
            if len(notices) != asked:
                kind = "event_lost" if len(notices) < asked else "event_handled_twice"
                yield Violation(kind, found.where, f"{step} 申请 {asked} 次，张贴 {len(notices)} 次")
            yield from _unheard(found, notices, heard)
    for service, subject, step in hung:
        yield Violation("event_handled_twice", f"{service}/{subject}", f"没有申请过公示 {step}")


def _heard(stored: Stored, found: Found) -> set[str]:
    """Return ids of notices and objections that the case knows, in time or too late."""
    late = (
        entry["detail"]
        for entry in stored.history(found.service, found.collection, found.doc)
        if entry["action"] == "notice.too_late"
    )
    details = [*(entry["detail"] for entry in found.entries), *late]
    return {one[name] for one in details for name in ("notice", "objection") if one.get(name)}


def _unheard(found: Found, notices: list[Json], heard: set[str]) -> Iterator[Violation]:
    for notice in notices:
        if notice["id"] not in heard:
            yield Violation("event_lost", found.where, "张贴了公示，案件不知道")
        if lost := [one for one in notice["objections"] if one["id"] not in heard]:
            yield Violation("event_lost", found.where, f"{len(lost)} 条异议案件不知道")


def _messages(stored: Stored, outbox: Path) -> Iterator[Violation]:
    """Each message that somebody is owed went out once, as a file of its own (N-03)."""
    messages = stored.documents("notify", "messages")
    sent = Counter(doc["state"]["key"] for doc in messages)
    owed = set(_owed(stored))
    others = Counter({key: times for key, times in sent.items() if key in owed or times > 1})
    yield from once_each(owed | set(others), others, "notify", "消息没有发出")
    for doc in messages:
        if not (outbox / f"{doc['_id']}.json").is_file():
            yield Violation("event_lost", f"notify/{doc['_id']}", "消息没有交到发件夹")


def _owed(stored: Stored) -> Iterator[str]:
    """Yield the key of every message that what is stored calls for."""
    yield from _owed_on_clues(stored)
    for found in cases_of_households(stored):
        if found.statuses() & {"included", "removed"}:  # 反馈乡镇（街道）组织录入
            yield f"case/{found.id}/{TOWN}/entry"
    for doc in stored.documents("assistance", "plans"):
        yield from _owed_on_plan(stored, doc)
    for doc in stored.documents("assets", "distributions"):
        if doc["state"]["paid_on"]:
            yield f"assets/paid/{doc['_id']}"


def _owed_on_plan(stored: Stored, doc: Json) -> Iterator[str]:
    """Each task assigned, each level told that it is overdue, each evaluation the town was reminded of."""
    for task in doc["state"]["tasks"]:
        yield f"assistance/assigned/{task['id']}"
        yield from (f"assistance/{one['key']}" for one in task["escalations"])
    for entry in stored.history("assistance", "plans", doc):
        if entry["action"] == "plan.evaluation_reminded":
            yield f"assistance/evaluation/{doc['_id']}/{entry['detail']['quarter']}"


def _owed_on_clues(stored: Stored) -> Iterator[str]:
    for doc in stored.stream("monitoring", "clues"):
        if doc["state"]["household"]:
            yield f"clue/{doc['_id']}/{CADRE}"
        if doc["state"]["escalated_on"]:
            yield f"clue/{doc['_id']}/{TOWN}/overdue"
