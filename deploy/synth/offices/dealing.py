"""Who has which trouble: each office knows a household for one thing.

A kind has its own hand of cards, shuffled: what is to be found, what looks like it and is not, what nobody
can see. When they are used up, households are fine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Final

from deploy.synth.offices import care, money, places, registers, work
from deploy.synth.offices.case import BELOW, FEIGNED, FINE, HIDDEN, SO, UNKNOWN, Case, Kind, Line
from deploy.synth.streams import between, stream

CARDS: Final = {SO: (7, 13), BELOW: (2, 4), HIDDEN: (0, 3), UNKNOWN: (0, 2), FEIGNED: (0, 3)}
"""How many of each a kind is dealt, at least and at most."""
OFFICES: Final[Mapping[str, tuple[Kind, ...]]] = {
    "health_insurance": money.HEALTH_INSURANCE,
    "civil_affairs": care.CIVIL,
    "education": care.EDUCATION,
    "human_resources": work.HUMAN_RESOURCES,
    "financial_affairs": money.LENDING,
    "health": care.HEALTH,
    "disabled_federation": care.DISABLED,
    "housing": places.HOUSING,
    "water_resources": places.WATER,
    "agriculture": money.AGRICULTURE,
    "emergency": money.EMERGENCY,
    "development_reform": work.DEVELOPMENT_REFORM,
    "public_security": registers.PUBLIC_SECURITY,
    "vehicles": registers.VEHICLES,
    "market_regulation": registers.MARKET_REGULATION,
    "natural_resources": registers.NATURAL_RESOURCES,
    "finance": registers.FINANCE,
}


def cases(
    kinds: tuple[Kind, ...], households: Iterable[Line], month: date, seed: int
) -> Iterator[tuple[Kind, Case]]:
    """Yield each household that an office knows, with its kind: the scarcest that fits, fine in the end."""
    hands = {kind.name: _hand(kind, seed) for kind in kinds}
    dealt: Counter[str] = Counter()
    for household in households:
        fit = [(kind, person) for kind in kinds if (person := kind.whose(household, month))]
        if fit:
            kind, person = min(fit, key=lambda one: dealt[one[0].name])
            dealt[kind.name] += 1
            hand = hands[kind.name]
            yield kind, Case(household, person, month, hand.pop() if hand else FINE)


def _hand(kind: Kind, seed: int) -> list[str]:
    rng = stream(seed, "offices", kind.name)
    hand = [card for card, bounds in CARDS.items() for _ in range(between(rng, bounds))]
    rng.shuffle(hand)
    return hand
