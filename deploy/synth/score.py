"""How well a county that was lived through found what had been planted in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

UNEXPLAINED = "unexplained"
"""Reason of a miss that the truth does not foresee: the county should have found it."""


def score(truth: Mapping[str, Any], found: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Compare the households found with those planted.

    found: {household, on (ISO), risks}, one for each identification. A planted risk is found when its
    household was identified on or after the day of the event; any other identification is a false alarm.
    `missed_by_reason` counts by the truth's reason, "unexplained" where it gives none; `missed_events` lists
    the unexplained ones by id; `unexpectedly_found` those that were to be missed.
    """
    latest = _last_by_household(found)
    events = {event["household"]: event for event in truth["events"]}
    hits = {key for key, on in latest.items() if key in events and on >= events[key]["on"]}
    misses = [event for key, event in events.items() if key not in hits]
    return {
        "planted": len(events),
        "found": len(hits),
        "missed": len(misses),
        "false_alarms": len(latest) - len(hits),
        "false_alarm_kinds": _alarm_kinds(truth, set(latest) - hits),
        "missed_by_reason": _counted(event["reason"] or UNEXPLAINED for event in misses),
        "unexpectedly_found": sorted(events[key]["id"] for key in hits if events[key]["reason"]),
        "missed_events": sorted(event["id"] for event in misses if not event["reason"]),
        "by_kind": _by_kind(events.values(), hits),
    }


def _last_by_household(found: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    latest: dict[str, str] = {}
    for one in found:
        latest[one["household"]] = max(str(one["on"]), latest.get(one["household"], ""))
    return latest


def _alarm_kinds(truth: Mapping[str, Any], alarms: set[str]) -> dict[str, int]:
    friends = {friend["household"]: friend["kind"] for friend in truth["false_friends"]}
    return _counted(friends.get(key, "nothing_planted") for key in alarms)


def _by_kind(events: Iterable[Mapping[str, Any]], hits: set[str]) -> dict[str, dict[str, int]]:
    kinds: dict[str, dict[str, int]] = {}
    for event in events:
        counts = kinds.setdefault(event["kind"], {"planted": 0, "found": 0, "missed": 0})
        counts["planted"] += 1
        counts["found" if event["household"] in hits else "missed"] += 1
    return dict(sorted(kinds.items()))


def _counted(names: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items()))
