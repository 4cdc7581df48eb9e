"""Events: none left behind, none lost, none with two effects. Seen by what they must have brought about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from deploy.demo.checker.expected import HOMES
from deploy.demo.checker.reading import Stored
from deploy.demo.checker.violation import Violation

Json = dict[str, Any]
BY_EVENT = re.compile(r"^[a-z_]+\.[a-z_]+:[0-9a-f]{32}$")


def check_events(stored: Stored) -> Iterator[Violation]:
    """Check outboxes, the effects of events on the other side, and repeated effects."""
    for service in stored.databases():
        for collection, doc in stored.aggregates(service):
            where = f"{service}/{collection}/{doc['_id']}"
            if doc.get("outbox"):
                kinds = "、".join(sorted({one["type"] for one in doc["outbox"]}))
                yield Violation("event_unsent", where, kinds)
            yield from _twice(stored.history(service, collection, doc), where)
    yield from _plans(stored)
    yield from _deliveries(stored)
    yield from _assets(stored)
    yield from _notices(stored)


def _twice(history: list[Json], where: str) -> Iterator[Violation]:
    """The same event must not stand twice in one history with the same action and detail."""
    seen: Counter[str] = Counter()
    for entry in history:
        if BY_EVENT.match(entry["request_id"]):
            seen[f"{entry['request_id']} {entry['action']} {sorted(entry['detail'].items())}"] += 1
    for key, times in seen.items():
        if times > 1:
            yield Violation("event_handled_twice", where, key.split()[0])


def _plans(stored: Stored) -> Iterator[Violation]:
    """Each inclusion brings exactly one plan."""
    plans = Counter(doc["state"]["case"] for doc in stored.documents("assistance", "plans"))
    included = {
        doc["_id"]
        for doc in stored.documents("monitoring", "cases")
        if doc["state"]["case"]["status"] == "included"
    }
    yield from _pairs(included, plans, "monitoring", "没有帮扶计划")


def _deliveries(stored: Stored) -> Iterator[Violation]:
    """What departments recorded as delivered and what the tasks say is the same, to the fen."""
    recorded = {}
    for service in stored.databases():
        for doc in stored.documents(service, "deliveries"):
            recorded[doc["_id"]] = doc["state"]["amount_fen"]
    tasks = {
        task["id"]: task["delivered"]["amount_fen"]
        for doc in stored.documents("assistance", "plans")
        for task in doc["state"]["tasks"]
        if task["delivered"]
    }
    for task in sorted(recorded.keys() | tasks.keys()):
        if task not in tasks:
            yield Violation("event_lost", f"assistance/{task}", "部门已落实，任务未记")
        elif (recorded.get(task) or 0) != tasks[task] or task not in recorded:
            what = f"部门 {recorded.get(task)}，任务 {tasks[task]}"
            yield Violation("delivered_unevenly", f"assistance/{task}", what)


def _assets(stored: Stored) -> Iterator[Violation]:
    """Each accepted project became exactly one asset of the accepted value."""
    assets = Counter(doc["state"]["project"] for doc in stored.documents("assets", "assets"))
    values = {
        doc["state"]["project"]: doc["state"]["value_fen"] for doc in stored.documents("assets", "assets")
    }
    accepted = {
        doc["_id"]: doc["state"]["acceptance"]["value_fen"]
        for doc in stored.documents("projects", "projects")
        if doc["state"]["acceptance"]
    }
    yield from _pairs(set(accepted), assets, "projects", "验收后没有登记资产")
    for project, value in accepted.items():
        if project in values and values[project] != value:
            yield Violation(
                "money_does_not_sum", f"projects/{project}", f"验收 {value}，登记 {values[project]}"
            )


def _notices(stored: Stored) -> Iterator[Violation]:
    """Each notice that a case asked for hangs exactly once."""
    hung: Counter[tuple[str, str]] = Counter()
    for doc in stored.documents("notify", "notices"):
        hung[doc["state"]["subject"]["id"], doc["state"]["step"]] += 1
    for service, collection in sorted(set(HOMES.values())):
        for doc in stored.documents(service, collection):
            posted = Counter(
                entry["step"]
                for entry in doc["state"]["case"]["entries"]
                if entry["action"] == "notice_posted"
            )
            for step, times in posted.items():
                if hung[doc["_id"], step] != times:
                    what = f"{step} 张贴 {hung[doc['_id'], step]} 次，案件记 {times} 次"
                    yield Violation("event_handled_twice", f"{service}/{doc['_id']}", what)


def _pairs(wanted: set[str], made: Counter[str], service: str, lacking: str) -> Iterator[Violation]:
    for one in sorted(wanted | set(made)):
        if one in wanted and made[one] == 0:
            yield Violation("event_lost", f"{service}/{one}", lacking)
        elif made[one] > 1 or one not in wanted:
            yield Violation("event_handled_twice", f"{service}/{one}", f"{made[one]} 次")
