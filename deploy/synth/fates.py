"""When a story happens: drawn so that whoever is to be found can be found and decided in time."""

from __future__ import annotations

from random import Random

from deploy.synth.calendar import OPENING, Calendar
from deploy.synth.households import Fate
from deploy.synth.stories import Story

LONG_ENOUGH = 11
"""Months that a recovery within the year needs; in a shorter time every story lasts."""
LAGS: dict[str, tuple[int, int]] = {
    "bill": (1, 1),
    "drain": (7, 9),
    "crash": (1, 2),
    "no_wages": (6, 8),
    "no_harvest": (2, 4),
    "slide": (8, 10),
    "rich_bill": (1, 1),
    "insured_bill": (1, 1),
    "rest": (3, 3),
    "investment": (2, 3),
    "plain": (2, 2),
    "declared_low": (3, 3),
}
"""Months between the blow and the day when it shows in the twelve months' money."""
EARLY_BILLS = (6, 9)
"""Months of bills that have left the twelve months by the time of a removal."""


def fate_of(story: Story, rng: Random, calendar: Calendar) -> Fate:
    """Return when this story happens."""
    if story.course in ("lasting", "dies") or calendar.months < LONG_ENOUGH:
        return _lasting(story, rng, calendar)
    return _passing(story, rng, calendar)


def _lasting(story: Story, rng: Random, calendar: Calendar) -> Fate:
    found = _found(story, rng, calendar)
    return Fate(found - rng.randint(*LAGS[story.shape]), found)


def _found(story: Story, rng: Random, calendar: Calendar) -> int:
    last = calendar.index(calendar.last_call)
    if story.missed == "reported_after_the_year":
        return calendar.end
    if story.channel == "inspection":
        return rng.choice([month for month in calendar.rounds if month <= last])
    return rng.randint(OPENING + 1, max(last - 1, OPENING + 1))


def _passing(story: Story, rng: Random, calendar: Calendar) -> Fate:
    found = OPENING + 1 + (story.shape != "bill" and rng.random() < 0.5)
    lumpy = story.shape in ("bill", "crash")
    event = rng.randint(*EARLY_BILLS) if lumpy else found - rng.randint(*LAGS[story.shape])
    proposed = calendar.end - 2
    falls_back = proposed - 1 if story.course == "relapsing" else None
    return Fate(event, found, found + 1, proposed, falls_back)
