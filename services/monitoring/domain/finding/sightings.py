"""Which channel saw a household first, which others saw it, and which could have and missed it (S-01…S-04).

A household counts when it was included. A list of finders (the households' own reports, the inspection, the
social channels, each department by itself) could have seen it when, in the same time, it found anybody by
one of the household's risks; own reports and inspection always could. Sightings by a regional warning are
none: the whole place was put there, not the household found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from services.monitoring.domain.finding import recapture
from services.monitoring.domain.finding.channels import REGIONAL, list_of

State = dict[str, Any]
ALWAYS: Final = ("household", "inspection")
Sources = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Sighting:
    """One household: who saw it, in the order of days; who first (several on one day); who missed it."""

    household: str
    seen: tuple[str, ...]
    first: tuple[str, ...]
    missed: tuple[str, ...]


def looked_for(sources: Iterable[Mapping[str, Any]]) -> dict[str, set[str]]:
    """Return list → the risks by which it found anybody."""
    found: dict[str, set[str]] = {}
    for one in sources:
        found.setdefault(_list(one), set()).update(one["risks"])
    return found


def sighting(
    household: str, sources: Sources, risks: Iterable[str], able: Mapping[str, set[str]]
) -> Sighting:
    """Return who saw the household by these sources, and who could have (`able`: looked_for of everybody)."""
    days: dict[str, str] = {}
    for one in sources:
        name = _list(one)
        days[name] = min(one["on"], days.get(name, one["on"]))
    days.pop(REGIONAL, None)
    seen = tuple(sorted(days, key=lambda name: (days[name], name)))
    first = tuple(name for name in seen if days[name] == days[seen[0]])
    wanted = set(risks)
    could = {name for name, found in able.items() if found & wanted} | set(ALWAYS)
    return Sighting(household, seen, first, tuple(sorted(could - set(seen) - {REGIONAL})))


def figures(sightings: Iterable[Sighting], least: int) -> State:
    """Return {households, lists: [{list, found, first, alone, missed}], pairs, combined, assumptions}.

    `least`: how many households must have been seen twice before anything is estimated (policy).
    """
    found = [one for one in sightings if one.seen]
    histories = [one.seen for one in found]
    lists = sorted({name for one in found for name in (*one.seen, *one.missed)})
    counts = {
        "found": Counter(name for one in found for name in one.seen),
        "first": Counter(name for one in found for name in one.first),
        "alone": Counter(one.seen[0] for one in found if len(one.seen) == 1),
        "missed": Counter(name for one in found for name in one.missed),
    }
    active = len(counts["found"])
    return {
        "households": len(found),
        "lists": [{"list": name, **{kind: counts[kind][name] for kind in counts}} for name in lists],
        "pairs": recapture.pairs(histories, least),
        "combined": recapture.chao(histories, active, least).to_dict(),
        "assumptions": list(recapture.ASSUMPTIONS),
    }


def _list(source: Mapping[str, Any]) -> str:
    return list_of(source["channel"], source.get("department"))
