"""Money of a household month by month, in whole yuan.

`Flows` holds one list per item of 附件2 (A28–A32, A35, A36), one entry per month of the calendar. Net income
is wages + business + property + transfers − business_costs; the reference adds claims and takes off
own_payments.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from random import Random

from deploy.synth.calendar import Calendar

WINDOW = 12
INCOMES = ("wages", "business", "property", "transfers")
COSTS = "business_costs"
CLAIMS, OWN = "claims", "own_payments"
ITEMS = (*INCOMES, COSTS, CLAIMS, OWN)
_SIGNS = {**dict.fromkeys(INCOMES, 1), COSTS: -1}
NOISE = 0.05

Flows = dict[str, list[int]]
Unit = dict[str, list[float]]

_SEASONS: dict[str, tuple[float, ...]] = {
    "wages": (0.8, 0.4, 0.9, 1, 1, 1, 1, 1, 1.1, 1.1, 1.1, 1.6),
    "business": (0.6, 0.5, 0.6, 0.7, 0.9, 1, 1.5, 1.2, 1.1, 1.7, 1.2, 1),
    "property": (0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1),
    "transfers": (1,) * 12,
    "business_costs": (0.5, 0.8, 1.6, 1.8, 1.3, 0.9, 1.2, 0.9, 0.8, 0.8, 0.7, 0.7),
}
_WEIGHTS = {item: tuple(part / sum(parts) for part in parts) for item, parts in _SEASONS.items()}


@dataclass(frozen=True)
class Phase:
    """From month `first` until before `until`, the item is `factor` times what it was."""

    item: str
    first: int
    until: int
    factor: float


@dataclass(frozen=True)
class Lump:
    """Something paid or received once, in yuan."""

    item: str
    month: int
    yuan: int


def unit(rng: Random, shares: Mapping[str, float], calendar: Calendar) -> Unit:
    """Return the monthly flows whose yearly amounts are `shares`, with the seasons and some noise."""
    flows: Unit = {}
    for item, share in shares.items():
        weights = _WEIGHTS[item]
        flows[item] = [
            share * weights[calendar.number(month) - 1] * rng.uniform(1 - NOISE, 1 + NOISE)
            for month in calendar.indices()
        ]
    return flows


def phased(flows: Unit, phases: Iterable[Phase]) -> Unit:
    """Return the flows with the phases applied, in order."""
    changed = {item: list(values) for item, values in flows.items()}
    for phase in phases:
        values = changed[phase.item]
        for month in range(max(phase.first, 0), min(phase.until, len(values))):
            values[month] *= phase.factor
    return changed


def net_of(flows: Mapping[str, list[float]] | Mapping[str, list[int]], at: int) -> float:
    """Return the net income of the twelve months before month `at`."""
    months = slice(max(at - WINDOW, 0), at)
    return sum(sign * sum(flows[item][months]) for item, sign in _SIGNS.items() if item in flows)


def reference_of(flows: Flows, at: int) -> int:
    """Return net income plus payouts minus own payments of the twelve months before month `at`, in yuan."""
    months = slice(max(at - WINDOW, 0), at)
    return round(net_of(flows, at)) + sum(flows[CLAIMS][months]) - sum(flows[OWN][months])


def priced(flows: Unit, yearly: float, lumps: Iterable[Lump], months: int) -> Flows:
    """Return whole yuan: the unit flows times `yearly`, and the lumps on top."""
    made: Flows = {item: [0] * months for item in ITEMS}
    for item, values in flows.items():
        made[item] = [round(value * yearly) for value in values]
    for lump in lumps:
        if 0 <= lump.month < months:
            made[lump.item][lump.month] += lump.yuan
    return made
