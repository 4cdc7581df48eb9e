"""Gates behind notices: full days, objections closed, hung at the right place about the right household."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from deploy.demo.checker.cases import Found, all_cases, day
from deploy.demo.checker.expected import DECIDED, FORWARD, NOTICES, Hanging
from deploy.demo.checker.reading import Stored
from deploy.demo.checker.violation import Violation

Json = dict[str, Any]


def check_gates(stored: Stored) -> Iterator[Violation]:
    """Check every step behind a notice, and every notice."""
    hung = notices_by_step(stored)
    for found in all_cases(stored):
        for step, expected in NOTICES[found.procedure].items():
            notices = hung[found.service, found.id, step]
            for notice in notices:
                yield from _place(found, notice, expected)
            for number, entry in enumerate(found.entries):
                if entry["step"] in expected.behind and entry["action"] in DECIDED:
                    yield from _gate(found, number, notices, expected)


def notices_by_step(stored: Stored) -> defaultdict[tuple[str, str, str], list[Json]]:
    """Return what notify hung, in order, by (service, id of the aggregate, step)."""
    found: defaultdict[tuple[str, str, str], list[Json]] = defaultdict(list)
    for doc in stored.documents("notify", "notices"):
        state = doc["state"]
        subject = state["subject"]
        found[subject["service"], subject["id"], state["step"]].append({**state, "id": doc["_id"]})
    for notices in found.values():
        notices.sort(key=lambda one: (one["posted_on"], one["number"]))
    return found


def _place(found: Found, notice: Json, expected: Hanging) -> Iterator[Violation]:
    where, wanted = f"notify/{notice['id']}", (expected.place, found.case["region"])
    if (notice["place"], notice["region"]) != wanted:
        what = f"{notice['place']} {notice['region']}，应在 {' '.join(wanted)}"
        yield Violation("notice_elsewhere", where, what)
    if found.household and notice["content"].get("household") != found.household:
        yield Violation("notice_elsewhere", where, "公示的不是本案的户")


def _gate(found: Found, number: int, hung: list[Json], expected: Hanging) -> Iterator[Violation]:
    entry, earlier = found.entries[number], found.entries[:number]
    place = f"{found.where} {entry['step']}"
    asked = [one["on"] for one in earlier if _asks(one, expected)]
    notices = [one for one in hung if asked and asked[-1] <= one["posted_on"] <= entry["on"]]
    if not notices:
        yield Violation("gate_opened_early", place, "没有公示")
        return
    newest = notices[-1]
    last_day = day(newest["posted_on"]) + timedelta(days=expected.days)
    if newest["days"] < expected.days or day(entry["on"]) <= last_day:
        yield Violation("gate_opened_early", place, f"{newest['posted_on']} 张贴，{entry['on']} 即办")
    if held := [one for one in newest["objections"] if _holds(one, entry, earlier)]:
        yield Violation("gate_opened_on_objection", place, f"{len(held)} 条异议未办结或属实")


def _asks(entry: Json, expected: Hanging) -> bool:
    return entry["step"] == expected.asked_by and entry["action"] in FORWARD


def _holds(objection: Json, entry: Json, earlier: list[Json]) -> bool:
    """Whether an objection stood in the way: raised before the step, open on its day, or found right.

    One of the same day counts only when the case knew of it before the step: days do not tell more.
    """
    known = any(one["detail"].get("objection") == objection["id"] for one in earlier)
    before = objection["raised_on"] < entry["on"] or known
    closed = objection["closed_on"]
    return before and (closed is None or closed > entry["on"] or bool(objection["upheld"]))
