"""Inspection rounds: every household is visited, twice a year, with a ledger of what was looked at (S-02).

A ledger is one village in one round: {round, village, opens_on, closes_on, listed: [ids at the opening],
visits: {household: {on, result, checked, risks, again_by}}, count: {result: n, at_risk, incomplete}}.
Somebody who was absent or refused is not visited: a second visit is due. Source: 湘委乡振组发〔2021〕1号
二(二)1 二; 衡办发〔2021〕7号 二(三)2 (全覆盖排查，汇总排查情况，建立排查台账).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from shouwang.errors import BadRequest
from shouwang.vocabulary import STATES

State = dict[str, Any]
HALVES: Final = {1: (1, 6), 2: (7, 12)}
SEEN, ABSENT, REFUSED = "seen", "absent", "refused"
RESULTS: Final[dict[str, str]] = {SEEN: "已走访", ABSENT: "人不在家", REFUSED: "拒绝走访"}
CHECKLIST: Final = (*STATES, "risks")
"""What is looked at in a household: the five states of 附件1 and its risks."""
COUNTED: Final = (*RESULTS, "at_risk", "incomplete")


def round_id(region: str, year: int, half: int) -> str:
    """Return the id of the round of a region in a half year."""
    return f"{region}-{year}-{half}"


def half_of(year: int, half: int) -> str:
    """Return by what the ledgers of one round are found."""
    return f"{year}-{half}"


def check_days(year: int, half: int, opens_on: date, closes_on: date) -> None:
    """Refuse a round that lies outside its half year or ends before it begins."""
    first, last = HALVES[half]
    inside = all(day.year == year and first <= day.month <= last for day in (opens_on, closes_on))
    if not inside or closes_on < opens_on:
        raise BadRequest(
            f"排查起止日应在 {year} 年{'上' if half == 1 else '下'}半年内，且先起后止。",
            code="round.days",
            remedy="上、下半年各开展一次集中排查（衡办发〔2021〕7号 二(三)2）。",
        )


def ledger(round_of: str, village: str, opens_on: date, closes_on: date, listed: Iterable[str] = ()) -> State:
    """Return the empty ledger of a village; `listed`: its households when the round opens."""
    return {
        "round": round_of,
        "village": village,
        "opens_on": opens_on.isoformat(),
        "closes_on": closes_on.isoformat(),
        "listed": sorted(listed),
        "visits": {},
        "count": dict.fromkeys(COUNTED, 0),
    }


def with_visits(state: State, visits: Iterable[Mapping[str, Any]], again_days: int) -> State:
    """Return the ledger with these visits ({household, on, result, checked, risks}).

    A household that was seen stays seen, on its first day; what was looked at and found adds up. Somebody
    absent or refusing is due a second visit in `again_days`.
    """
    visited = dict(state["visits"])
    for visit in visits:
        _check_visit(state, visit)
        visited[visit["household"]] = _after(visited.get(visit["household"]), visit, again_days)
    return {**state, "visits": visited, "count": _counted(visited.values())}


def _after(before: State | None, visit: Mapping[str, Any], again_days: int) -> State:
    """Return what is known of a household after one more visit."""
    now = _first(visit, again_days)
    if before is None or (before["result"] != SEEN and now["result"] == SEEN):
        return now
    if now["result"] != SEEN:
        return before if before["result"] == SEEN else now
    checked = [one for one in CHECKLIST if one in {*before["checked"], *now["checked"]}]
    return {**before, "checked": checked, "risks": sorted({*before["risks"], *now["risks"]})}


def _first(visit: Mapping[str, Any], again_days: int) -> State:
    seen = visit["result"] == SEEN
    return {
        "on": visit["on"].isoformat(),
        "result": visit["result"],
        "checked": [one for one in CHECKLIST if one in visit["checked"]],
        "risks": sorted(visit["risks"]),
        "again_by": None if seen else (visit["on"] + timedelta(days=again_days)).isoformat(),
    }


def _counted(visits: Iterable[State]) -> dict[str, int]:
    count = dict.fromkeys(COUNTED, 0)
    for visit in visits:
        count[visit["result"]] += 1
        count["at_risk"] += bool(visit["risks"])
        count["incomplete"] += visit["result"] == SEEN and len(visit["checked"]) < len(CHECKLIST)
    return count


def _check_visit(state: State, visit: Mapping[str, Any]) -> None:
    opens, closes = date.fromisoformat(state["opens_on"]), date.fromisoformat(state["closes_on"])
    if not opens <= visit["on"] <= closes:
        raise BadRequest(
            f"走访日期 {visit['on']} 不在本轮排查期 {opens} 至 {closes} 内。",
            code="round.visit_day",
            where=visit["household"],
            remedy="请核对日期，或登记到所属的一轮。",
        )


def coverage(state: State, households: Mapping[str, str | None], on: date) -> State:
    """Return the ledger against the registry of the village (`households`: id → group, None when unknown).

    {households, visited, at_risk, not_visited, second_visits: [{household, result, again_by, overdue}],
    added_later, incomplete, groups: [{group, households, visited}]}. Absent and refusing households count
    as not visited.
    """
    seen = {one for one, visit in state["visits"].items() if visit["result"] == SEEN}
    missing = [one for one in sorted(households) if one not in seen]
    return {
        "round": state["round"],
        "village": state["village"],
        "households": len(households),
        "visited": len(households) - len(missing),
        "at_risk": state["count"]["at_risk"],
        "incomplete": state["count"]["incomplete"],
        "not_visited": missing,
        "second_visits": _second(state, missing, on),
        "added_later": sorted(set(households) - set(state["listed"])),
        "groups": _groups(households, seen),
    }


def _second(state: State, missing: Iterable[str], on: date) -> list[State]:
    """Return who was absent or refused and must be visited again."""
    due = [(one, state["visits"][one]) for one in missing if one in state["visits"]]
    return [
        {
            "household": one,
            "result": visit["result"],
            "again_by": visit["again_by"],
            "overdue": on.isoformat() > visit["again_by"],
        }
        for one, visit in due
    ]


def _groups(households: Mapping[str, str | None], seen: set[str]) -> list[State]:
    groups: dict[str, list[bool]] = {}
    for one, group in households.items():
        groups.setdefault(group or "", []).append(one in seen)
    return [
        {"group": name, "households": len(groups[name]), "visited": sum(groups[name])}
        for name in sorted(groups)
    ]


def summed(ledgers: Iterable[Mapping[str, Any]], households: Mapping[str, int], digits: int) -> list[State]:
    """Return the sums of a round by place of so many digits: {place, villages, households, seen, absent, …}.

    ledgers: {village, count} of one round. households: village → how many the registry has; a village without
    a ledger counts with none visited.
    """
    counts = {one["village"]: one["count"] for one in ledgers}
    sums: dict[str, State] = {}
    for village, number in households.items():
        place = village[:digits]
        of_one = sums.setdefault(place, {"place": place, "households": 0, "villages": 0, "without_ledger": 0})
        of_one["households"] += number
        of_one["villages"] += 1
        of_one["without_ledger"] += village not in counts
        for name in COUNTED:
            of_one[name] = of_one.get(name, 0) + counts.get(village, {}).get(name, 0)
    return [
        {**sums[place], "not_visited": max(0, sums[place]["households"] - sums[place][SEEN])}
        for place in sorted(sums)
    ]


def rounds_missing(done: Mapping[int, int], year: int, a_year: int | None) -> int | None:
    """Return how many rounds the year still lacks (`done`: year → rounds held; `a_year`: policy or None)."""
    return None if a_year is None else max(0, a_year - done.get(year, 0))


def halves_missing(villages: Iterable[str], ledgers: Iterable[tuple[str, str]], year: int) -> list[State]:
    """Return {village, half} of every half year without a ledger (ledgers: (village, "2021-1"))."""
    there = set(ledgers)
    return [
        {"village": village, "half": half}
        for village in sorted(villages)
        for half in HALVES
        if (village, half_of(year, half)) not in there
    ]
