"""Inspection rounds: every household is visited, twice a year, with a ledger of whom nobody visited (S-02).

A ledger is one village in one round: {round, village, opens_on, closes_on, visited: {household: day},
at_risk}. Source: 湘委乡振组发〔2021〕1号 二(二)1 二; 衡办发〔2021〕7号 二(三)2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from shouwang.errors import BadRequest

State = dict[str, Any]
HALVES: Final = {1: (1, 6), 2: (7, 12)}


def round_id(region: str, year: int, half: int) -> str:
    """Return the id of the round of a region in a half year."""
    return f"{region}-{year}-{half}"


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


def ledger(round_of: str, village: str, opens_on: date, closes_on: date) -> State:
    """Return the empty ledger of a village."""
    return {
        "round": round_of,
        "village": village,
        "opens_on": opens_on.isoformat(),
        "closes_on": closes_on.isoformat(),
        "visited": {},
        "at_risk": 0,
    }


def with_visits(state: State, visits: Iterable[Mapping[str, Any]]) -> State:
    """Return the ledger with these visits ({household, on, risks}); a second visit keeps the first day."""
    visited, at_risk = dict(state["visited"]), state["at_risk"]
    for visit in visits:
        _check_visit(state, visit)
        at_risk += visit["household"] not in visited and bool(visit["risks"])
        visited.setdefault(visit["household"], visit["on"].isoformat())
    return {**state, "visited": visited, "at_risk": at_risk}


def _check_visit(state: State, visit: Mapping[str, Any]) -> None:
    opens, closes = date.fromisoformat(state["opens_on"]), date.fromisoformat(state["closes_on"])
    if not opens <= visit["on"] <= closes:
        raise BadRequest(
            f"走访日期 {visit['on']} 不在本轮排查期 {opens} 至 {closes} 内。",
            code="round.visit_day",
            where=visit["household"],
            remedy="请核对日期，或登记到所属的一轮。",
        )


def coverage(state: State, households: Iterable[str]) -> State:
    """Return {households, visited, at_risk, not_visited: [ids]} against the registry of the village."""
    ids = list(households)
    missing = [one for one in ids if one not in state["visited"]]
    return {
        "round": state["round"],
        "village": state["village"],
        "households": len(ids),
        "visited": len(ids) - len(missing),
        "at_risk": state["at_risk"],
        "not_visited": missing,
    }


def rounds_missing(done: Mapping[int, int], year: int, a_year: int) -> int:
    """Return how many rounds the year still lacks (`done`: year → rounds held; `a_year` is policy)."""
    return max(0, a_year - done.get(year, 0))
