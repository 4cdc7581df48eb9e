"""Steps of every case: who acted, with whom, on what papers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from deploy.demo.checker.cases import Found, all_cases
from deploy.demo.checker.expected import CHECKERS, DECIDED, FORWARD, STEPS, Expected
from deploy.demo.checker.reading import Stored
from deploy.demo.checker.violation import Violation

Json = dict[str, Any]
HOUSEHOLD = "household"


def check_steps(stored: Stored) -> Iterator[Violation]:
    """Check every step of every case."""
    for found in all_cases(stored):
        for number, entry in enumerate(found.entries):
            yield from _in_place(found, entry)
            expected = STEPS[found.procedure].get(entry["step"])
            if expected is not None and entry["action"] in DECIDED:
                yield from _step(found, number, expected)


def _step(found: Found, number: int, expected: Expected) -> Iterator[Violation]:
    entry = found.entries[number]
    place = f"{found.where} {entry['step']}"
    yield from _actor(entry, expected, place)
    yield from _people(found, entry, expected, place)
    yield from _apart(found, entry, expected, place)
    if entry["action"] in FORWARD:
        yield from _papers(found, number, expected, place)


def _in_place(found: Found, entry: Json) -> Iterator[Violation]:
    """Whoever acts, acts within their own region; a household only for itself."""
    by, place = entry["by"], f"{found.where} {entry['step']}"
    if by is None:
        return
    if not found.case["region"].startswith(by["region"]):
        yield Violation("wrong_actor", place, f"区划 {by['region']}")
    if by["level"] == HOUSEHOLD and by["org"] != found.household:
        yield Violation("wrong_actor", place, "农户办了别户的事")


def _actor(entry: Json, expected: Expected, place: str) -> Iterator[Violation]:
    by = entry["by"]
    if by is None or by["level"] not in expected.levels:
        yield Violation("wrong_actor", place, f"层级 {by['level'] if by else '无'}")
    elif not expected.roles & set(by["roles"]):
        yield Violation("wrong_actor", place, f"角色 {'、'.join(by['roles']) or '无'}")


def _people(found: Found, entry: Json, expected: Expected, place: str) -> Iterator[Violation]:
    checkers = {one["person_ref"] for one in entry["people"] if one["role"] in CHECKERS}
    if len(checkers) < expected.people:
        yield Violation("too_few_people", place, f"{len(checkers)} 人，应有 {expected.people} 人")
    if lacking := expected.signed - _signed(found, entry, expected):
        yield Violation("too_few_people", place, f"未签字：{'、'.join(sorted(lacking))}")
    elif len(_persons(entry, expected.signed)) < len(expected.signed):
        yield Violation("too_few_people", place, "一人签了几个人的字")


def _signed(found: Found, entry: Json, expected: Expected) -> set[str]:
    """The functions that signed; for a household only somebody of this very household signs."""
    signed = {one["role"] for one in entry["people"]} & expected.signed
    own = [one for one in entry["people"] if one["role"] == HOUSEHOLD]
    if not any(str(found.household) in one["person_ref"] for one in own):
        signed.discard(HOUSEHOLD)
    return signed


def _persons(entry: Json, roles: frozenset[str]) -> set[str]:
    return {one["person_ref"] for one in entry["people"] if one["role"] in roles}


def _papers(found: Found, number: int, expected: Expected, place: str) -> Iterator[Violation]:
    """Each paper is there, dated no later than the step, and anew after a return."""
    entry = found.entries[number]
    since = _returned_on(found.entries[:number], entry["step"])
    for name in sorted(expected.papers):
        days = [one["on"] or entry["on"] for one in entry["papers"] if one["name"] == name]
        if not any(since <= one <= entry["on"] for one in days):
            yield Violation("missing_paper", place, f"{name}{'（日期不对）' if days else ''}")


def _returned_on(earlier: list[Json], step: str) -> str:
    returns = (one["on"] for one in earlier if step in one["detail"].get("redone", ()))
    return max(returns, default="")


def _apart(found: Found, entry: Json, expected: Expected, place: str) -> Iterator[Violation]:
    """Nobody who had a hand in what was submitted reviews it."""
    submitted = {who for step in expected.apart for one in found.forward(step) for who in _hands(one)}
    if both := submitted & _hands(entry):
        yield Violation("own_review", place, f"{len(both)} 人")


def _hands(entry: Json) -> set[str]:
    by = entry["by"]
    acting = {by["on_behalf_of"] or by["id"]} if by else set()
    return acting | {one["person_ref"] for one in entry["people"] if one["role"] != HOUSEHOLD}
