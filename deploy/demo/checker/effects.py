"""Events seen by what they must have brought about in another service, exactly once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from deploy.demo.checker.cases import Found, cases_of_households
from deploy.demo.checker.reading import Stored
from deploy.demo.checker.violation import Violation

Json = dict[str, Any]
BY_YEAR = ("A46", "A47", "civil_affairs/A48-06")
"""Schooling goes by the school year, pension premiums by the year (湘振局发〔2021〕18号 第二章第二节一,
湖南省有效衔接实施意见（2021-05-17） 三(十四))."""
PREMIUM, COLLECTED_FROM = "A45-01", "09-01"
"""Medical premiums go by the insurance year, collected in autumn (湘振局发〔2021〕18号 第二章第二节二)."""


def check_effects(stored: Stored) -> Iterator[Violation]:
    """Check plans, deliveries, assets and clues against what they come from."""
    cases = cases_of_households(stored)
    yield from _plans(stored, cases)
    yield from _plans_ended(stored, cases)
    yield from _deliveries(stored)
    yield from _measures(stored)
    yield from _assets(stored)
    yield from _clues(stored)


def _plans(stored: Stored, cases: list[Found]) -> Iterator[Violation]:
    """Each inclusion brings exactly one plan."""
    plans = Counter(doc["state"]["case"] for doc in stored.documents("assistance", "plans"))
    included = {one.id for one in cases if "included" in one.statuses()}
    yield from once_each(included, plans, "monitoring", "没有帮扶计划")


def _plans_ended(stored: Stored, cases: list[Found]) -> Iterator[Violation]:
    """A removal ends the plans that the household had."""
    removed = {one.household: one.ended_on() for one in cases if one.case["status"] == "removed"}
    for doc in stored.documents("assistance", "plans"):
        state = doc["state"]
        if state["made_on"] < removed.get(state["household"], "") and state["status"] != "ended":
            yield Violation("event_lost", f"assistance/{doc['_id']}", "风险已消除，计划未结束")


def _deliveries(stored: Stored) -> Iterator[Violation]:
    """What departments recorded as delivered and what the tasks say is the same, to the fen."""
    recorded: Counter[str] = Counter()
    for service in stored.databases():
        for doc in stored.documents(service, "deliveries"):
            recorded[doc["state"]["task"]] += doc["state"]["amount_fen"] or 0
    tasks = {task["id"]: task["delivered"]["amount_fen"] for _, task in _tasks(stored) if task["delivered"]}
    for task in sorted(recorded.keys() | tasks.keys()):
        if task not in tasks:
            yield Violation("event_lost", f"assistance/{task}", "部门已落实，任务未记")
        elif recorded.get(task) != tasks[task]:
            what = f"部门 {recorded.get(task, '没有记录')}，任务 {tasks[task]}"
            yield Violation("delivered_unevenly", f"assistance/{task}", what)


def _measures(stored: Stored) -> Iterator[Violation]:
    """One measure of a department is given once for a case; what is granted by the year, once a year."""
    given = Counter(
        (plan["case"], task["department"], task["measure"], _year(task))
        for plan, task in _tasks(stored)
        if task["delivered"]
    )
    for (case, department, measure, _), times in given.items():
        if times > 1:
            yield Violation("paid_twice", f"assistance/{case}", f"{department} {measure} {times} 次")


def _year(task: Json) -> str:
    """Return the year of what is granted by the year, "" of the rest."""
    if task["measure"] == PREMIUM:
        return _insurance_year(task)
    named = (task["measure"], f"{task['department']}/{task['measure']}")
    return str(task["delivered"]["on"])[:4] if any(one.startswith(BY_YEAR) for one in named) else ""


def _insurance_year(task: Json) -> str:
    """Return the insurance year of which a task spoke when it was assigned; what was changed is encrypted."""
    on = task["assigned_on"]
    return str(int(on[:4]) + (on[5:] >= COLLECTED_FROM))


def _tasks(stored: Stored) -> Iterator[tuple[Json, Json]]:
    for doc in stored.documents("assistance", "plans"):
        for task in doc["state"]["tasks"]:
            yield doc["state"], task


def _assets(stored: Stored) -> Iterator[Violation]:
    """Each accepted project became exactly one asset of the accepted value."""
    registered = [doc["state"] for doc in stored.documents("assets", "assets")]
    accepted = {
        doc["_id"]: doc["state"]["acceptance"]["value_fen"]
        for doc in stored.documents("projects", "projects")
        if doc["state"]["acceptance"]
    }
    made = Counter(one["project"] for one in registered)
    yield from once_each(accepted, made, "projects", "验收后没有登记资产")
    for one in registered:
        value = accepted.get(one["project"], one["value_fen"])
        if value != one["value_fen"]:
            what = f"验收 {value}，登记 {one['value_fen']}"
            yield Violation("money_does_not_sum", f"projects/{one['project']}", what)


def _clues(stored: Stored) -> Iterator[Violation]:
    """Each clue that a department pushed came in once; what came of it went back to the department (S-03)."""
    clues = [doc["state"] for doc in stored.stream("monitoring", "clues")]
    taken = Counter(key for clue in clues for key in clue["keys"])
    closed = {key for clue in clues if clue["status"] == "closed" for key in clue["keys"]}
    for service in stored.databases():
        for doc in stored.documents(service, "batches"):
            keys = {f"{service}/{key}": key for key in doc["state"]["keys"]}
            yield from once_each(keys, Counter({key: taken[key] for key in keys}), service, "线索没有收到")
            answered = doc["state"].get("outcomes", {})
            for key in (key for key, short in keys.items() if key in closed and short not in answered):
                yield Violation("event_lost", f"{service}/{key}", "结果没有反馈给部门")


def once_each(wanted: Iterable[str], made: Counter[str], service: str, lacking: str) -> Iterator[Violation]:
    """Yield what is lacking, what was made more than once, and what nothing called for."""
    called = set(wanted)
    for one in sorted(called | set(made)):
        if one in called and made[one] == 0:
            yield Violation("event_lost", f"{service}/{one}", lacking)
        elif made[one] > 1 or (made[one] and one not in called):
            yield Violation("event_handled_twice", f"{service}/{one}", f"{made[one]} 次")
