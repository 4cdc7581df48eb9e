"""Which household of a village meets which story: dealt from decks, the same at any size.

Households are taken in blocks of a hundred. Block by block the villages of a town get the next cards of the
town's decks, so that a town of 3,000 sees every story as often as the deck has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from deploy.synth.dirt import ROSTER_DIRT, TABLE_DIRT, Dirt
from deploy.synth.geography import Village
from deploy.synth.plan import Plan
from deploy.synth.stories import FALSE, REAL, Story
from deploy.synth.streams import stream

BLOCK = 100
T = TypeVar("T")


@dataclass(frozen=True)
class Hand:
    """What is dealt to one household."""

    story: Story | None = None
    roster_dirt: Dirt | None = None
    table_dirt: Dirt | None = None
    blank: bool = False


NOTHING = Hand()


class Dealer:
    """Deals the hands of a village."""

    def __init__(self, plan: Plan, village: Village) -> None:
        self._plan = plan
        self._village = village
        self._hands: dict[int, Hand] = {}
        self._dealt = -1

    def hand(self, index: int) -> Hand:
        """Return the hand of the household with this index (from 0); ask in ascending order."""
        block = index // BLOCK
        if block != self._dealt:
            self._hands, self._dealt = self._deal(block), block
        return self._hands.get(index, NOTHING)

    def _deal(self, block: int) -> dict[int, Hand]:
        rates = self._plan.rates
        hands = [Hand(story=story) for story in self._cards("real", REAL, rates.real, block)]
        hands += [Hand(story=story) for story in self._cards("false", FALSE, rates.false_friends, block)]
        hands += [
            Hand(roster_dirt=dirt) for dirt in self._cards("roster", ROSTER_DIRT, rates.roster_dirt, block)
        ]
        hands += [Hand(table_dirt=dirt) for dirt in self._cards("table", TABLE_DIRT, rates.table_dirt, block)]
        hands += [Hand(blank=True) for _ in self._cards("blank", (True,), rates.blanks, block)]
        places = stream(self._plan.seed, "block", self._village.code, block).sample(range(BLOCK), len(hands))
        return {block * BLOCK + place: hand for place, hand in zip(places, hands, strict=True)}

    def _cards(self, name: str, cards: Sequence[T], rate: float, block: int) -> list[T]:
        """The cards of this block: `rate` a block on average, taken in turn from the town's shuffled deck."""
        turn = block * self._village.neighbours + self._village.place_in_town
        first, last = int(turn * rate + 1e-9), int((turn + 1) * rate + 1e-9)
        return [self._card(name, cards, position) for position in range(first, last)]

    def _card(self, name: str, cards: Sequence[T], position: int) -> T:
        order = _shuffled(self._plan.seed, name, self._village.town, position // len(cards), len(cards))
        return cards[order[position % len(cards)]]


@lru_cache(maxsize=64)
def _shuffled(seed: int, name: str, town: str, passage: int, size: int) -> tuple[int, ...]:
    order = list(range(size))
    stream(seed, "deck", name, town, passage).shuffle(order)
    return tuple(order)
