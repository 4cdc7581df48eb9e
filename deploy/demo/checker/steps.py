"""Steps of every case: order, actors, people, papers, and the gates behind notices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from deploy.demo.checker.expected import FORWARD, HOMES, NOTICES, STEPS, Expected
from deploy.demo.checker.reading import Stored
from deploy.demo.checker.violation import Violation

Json = dict[str, Any]


def check_steps(stored: Stored) -> Iterator[Violation]:
    """Check every case of every procedure."""
    notices = _notices(stored)
    for service, collection in sorted(set(HOMES.values())):
        for doc in stored.documents(service, collection):
            case = doc["state"]["case"]
            where = f"{service}/{doc['_id']}"
            yield from _entries(case, where)
            yield from _order(case, where)
            yield from _gates(case, where, notices.get(doc["_id"], []))


def _entries(case: Json, where: str) -> Iterator[Violation]:
    for entry in case["entries"]:
        expected = STEPS[case["procedure"]].get(entry["step"])
        if expected is not None and entry["action"] in FORWARD:
            place = f"{where} {entry['step']}"
            yield from _actor(case, entry, expected, place)
            yield from _people(entry, expected, place)
            yield from _own(case, entry, expected, place)


def _actor(case: Json, entry: Json, expected: Expected, place: str) -> Iterator[Violation]:
    by = entry["by"]
    if by is None or by["level"] not in expected.levels:
        yield Violation("wrong_actor", place, f"层级 {by['level'] if by else '无'}")
    elif by["level"] in ("village", "town", "household") and not case["region"].startswith(by["region"]):
        yield Violation("wrong_actor", place, f"区划 {by['region']}")


def _people(entry: Json, expected: Expected, place: str) -> Iterator[Violation]:
    persons = {one["person_ref"] for one in entry["people"] if one["role"] != "household"}
    if len(persons) < expected.people:
        yield Violation("too_few_people", place, f"{len(persons)} 人，应有 {expected.people} 人")
    lacking = expected.signed - {one["role"] for one in entry["people"]}
    if lacking:
        yield Violation("too_few_people", place, f"未签字：{'、'.join(sorted(lacking))}")
    if absent := expected.papers - {one["name"] for one in entry["papers"]}:
        yield Violation("missing_paper", place, "、".join(sorted(absent)))


def _own(case: Json, entry: Json, expected: Expected, place: str) -> Iterator[Violation]:
    earlier = [one for one in case["entries"] if one["step"] in expected.apart and one["by"]]
    submitted = {one["by"]["on_behalf_of"] or one["by"]["id"] for one in earlier}
    here = {entry["by"]["id"]} if entry["by"] else set()
    here |= {one["person_ref"] for one in entry["people"] if one["role"] != "household"}
    if submitted & here:
        yield Violation("own_review", place, f"{len(submitted & here)} 人")


def _order(case: Json, where: str) -> Iterator[Violation]:
    """A step is passed only when the one before it was, since the last time the case came back."""
    order = list(STEPS[case["procedure"]])
    done: list[str] = []
    last = ""
    for entry in case["entries"]:
        if entry["on"] < last:
            yield Violation("wrong_order", f"{where} {entry['step']}", "日期早于前一步")
        last = entry["on"]
        if entry["step"] not in order:
            continue
        position = order.index(entry["step"])
        if entry["action"] in FORWARD and done[:position] != order[:position]:
            yield Violation("wrong_order", f"{where} {entry['step']}", "前面的步骤没有办完")
        done = [*done[:position], entry["step"]] if entry["action"] in FORWARD else done[:position]


def _gates(case: Json, where: str, notices: list[Json]) -> Iterator[Violation]:
    """Behind each notice: full days since posting, and no objection open on the day of the step."""
    for step, (behind, days) in NOTICES[case["procedure"]].items():
        hung = [one for one in notices if one["step"] == step]
        for entry in case["entries"]:
            if entry["step"] == behind and entry["action"] in FORWARD:
                yield from _gate(entry, hung, days, f"{where} {behind}")


def _gate(entry: Json, hung: list[Json], days: int, place: str) -> Iterator[Violation]:
    on = date.fromisoformat(entry["on"])
    before = [one for one in hung if one["posted_on"] <= entry["on"]]
    if not before:
        yield Violation("gate_opened_early", place, "没有公示")
        return
    newest = max(before, key=lambda one: (one["posted_on"], one["number"]))
    if newest["days"] < days or on <= date.fromisoformat(newest["posted_on"]) + timedelta(days=days):
        yield Violation("gate_opened_early", place, f"{newest['posted_on']} 张贴，{entry['on']} 即办")
    held = [one for one in newest["objections"] if not one["closed_on"] or one["closed_on"] > entry["on"]]
    if held:
        yield Violation("gate_opened_on_objection", place, f"{len(held)} 条异议未办结")


def _notices(stored: Stored) -> dict[str, list[Json]]:
    found: dict[str, list[Json]] = {}
    for doc in stored.documents("notify", "notices"):
        found.setdefault(doc["state"]["subject"]["id"], []).append(doc["state"])
    return found
