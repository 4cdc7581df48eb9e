"""Events from a saved aggregate to the handler done: outbox, relay, quorum queue, inbox; beside nameko."""

from __future__ import annotations

from typing import Final

from deploy.bench.figures import AT_LEAST, Figure, compared
from deploy.bench.place import Place
from deploy.bench.sides import OURS, STOCK, Side, sides
from deploy.bench.sizes import Sizes
from deploy.bench.turns import medians

EMITTERS: Final = 10
"""Workers that save, or dispatch, at once."""


def bench(place: Place, sizes: Sizes) -> list[Figure]:
    """Measure events a second, from the first one begun to the last one handled."""
    with sides(place, ("source", "sink")) as both:
        rates = medians(
            sizes.event_rounds,
            {
                OURS: lambda: rate(both[OURS], sizes.events),
                STOCK: lambda: rate(both[STOCK], sizes.events),
            },
        )
    what = "events, saved to handled"
    return [compared("events", what, "events/s", "stock nameko", rates[OURS], rates[STOCK], AT_LEAST, 0.3)]


def rate(side: Side, events: int) -> float:
    """Have so many events emitted and handled; return how many a second."""
    begun: float = side.ask("source", "emit", events, EMITTERS)
    ended: float = side.ask("sink", "handled", events, 1)
    return events / (ended - begun)
