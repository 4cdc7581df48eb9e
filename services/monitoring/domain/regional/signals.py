"""Signals of regional risk, added up by place and kind over a window (S-08).

A signal: {department, key, kind, region, amount, unit, started_on, ended_on, facts, reported_on, last_on}.
Amounts of one reporter in one place add up; of several reporters the highest counts, so that nothing is
counted twice; a place has at least what its parts have together. Falls of prices do not add up: a place has
the worst that was told of it, not of its parts. What has no amount, or one in another unit, leaves the sum
incomplete.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from services.monitoring.domain.regional.kinds import KINDS, above

State = dict[str, Any]
Signals = Iterable[Mapping[str, Any]]


def signal(given: Mapping[str, Any], department: str, by: str, on: date) -> State:
    """Return a signal as it was told: {key, kind, region, amount, unit, started_on, ended_on, facts}."""
    started, ended = given["started_on"].isoformat(), given["ended_on"] and given["ended_on"].isoformat()
    kept = {name: given[name] for name in ("key", "kind", "region", "amount", "unit", "facts")}
    days = {"started_on": started, "ended_on": ended, "reported_on": on.isoformat()}
    return {
        **kept,
        **days,
        "last_on": max(started, ended or on.isoformat()),
        "department": department,
        "by": by,
    }


def differs(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether a signal told again says anything else (the day of telling apart)."""
    told = ("kind", "region", "amount", "unit", "started_on", "ended_on", "facts")
    return any(old[name] != new[name] for name in told)


def since(on: date, window_days: int) -> str:
    """Return the day before the window: what ended, or was told, after it still counts."""
    return (on - timedelta(days=window_days)).isoformat()


def counts(one: Mapping[str, Any], on: date, window_days: int, lasting_days: int = 0) -> bool:
    """Whether a signal counts on a day: begun, not over longer than the window, and lasting if it must."""
    begun, last = one["started_on"] <= on.isoformat(), one["last_on"]
    lasted = date.fromisoformat(min(last, on.isoformat())) - date.fromisoformat(one["started_on"])
    return begun and last > since(on, window_days) and lasted.days >= lasting_days


@dataclass(frozen=True)
class Total:
    """What a place has of a kind: the amount known, whether that is all, and where it comes from."""

    place: str
    amount: int = 0
    complete: bool = True
    areas: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()


def totals(kind: str, signals: Signals) -> list[Total]:
    """Return the total of every place that has signals, from the county down to the village."""
    listed = list(signals)
    places = sorted(
        {place for one in listed for place in above(one["region"])}, key=lambda code: (len(code), code)
    )
    found: dict[str, Total] = {}
    for place in reversed(places):
        parts = [found[one] for one in found if one.startswith(place) and _next(one, place, found)]
        found[place] = _total(kind, place, [one for one in listed if one["region"] == place], parts)
    return [found[place] for place in places]


def _next(one: str, place: str, found: Mapping[str, Total]) -> bool:
    """Whether `one` lies in `place` with no other place of the list between them."""
    between = (other for other in found if len(place) < len(other) < len(one))
    return not any(one.startswith(other) for other in between)


def _total(kind: str, place: str, own: list[Mapping[str, Any]], parts: list[Total]) -> Total:
    unit = KINDS[kind].unit
    usable = [one for one in own if one["amount"] is not None and one["unit"] == unit]
    below = sum(part.amount for part in parts) if KINDS[kind].summed else 0
    areas = {one["region"] for one in own} | {area for part in parts for area in part.areas}
    ids = {f"{one['department']}/{one['key']}" for one in own} | {id for part in parts for id in part.signals}
    complete = len(usable) == len(own) and all(part.complete for part in parts)
    return Total(place, max(_own(kind, usable), below), complete, tuple(sorted(areas)), tuple(sorted(ids)))


def _own(kind: str, signals: list[Mapping[str, Any]]) -> int:
    """Return the amount that signals about this very place tell: the highest of their reporters."""
    reporters: dict[str, list[int]] = {}
    for one in signals:
        reporters.setdefault(one["department"], []).append(one["amount"])
    return max((_together(kind, amounts) for amounts in reporters.values()), default=0)


def _together(kind: str, amounts: list[int]) -> int:
    return sum(amounts) if KINDS[kind].summed else max(amounts, default=0)
