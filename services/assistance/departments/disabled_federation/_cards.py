"""Which cards count, and what “重度” is: grades one and two; if the county says so, three for some."""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _

from .tables import Cards

SEVERE = ("1", "2")
OF_THE_MIND = ("intellectual", "mental")


def valid(cards: Cards) -> Any:
    """Return the cards that count."""
    return cards.latest().filter(_.status == "valid")


def severe() -> Any:
    """Say of a card whether it is of grade one or two."""
    return _.grade.isin(SEVERE)


def third_of_the_mind() -> Any:
    """Say of a card whether it is of grade three, intellectual or mental (L1411)."""
    return (_.grade == "3") & _.category.isin(OF_THE_MIND)


def in_need_of_care(policy: Any) -> Any:
    """Say of a card whether the care subsidy is meant for its holder."""
    wider = ibis.literal(policy.care_subsidy.third_grade_too)
    return severe() | (third_of_the_mind() & wider)
