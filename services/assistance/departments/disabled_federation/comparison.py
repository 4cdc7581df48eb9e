"""What may be asked about named persons: the card and the subsidies.

The household hands in a copy of the card and vouches for it (附件1 承诺1).
A person without a row has none; a table that is missing or stale answers unknown. The kind of disability is
not told: the grade is what the rules need.
"""

from __future__ import annotations

from typing import Any

from ibis import _
from shouwang.department import fact

from ._cards import severe, third_of_the_mind, valid
from .tables import Cards, Subsidies


@fact(
    "残疾人证",
    shows={
        "valid": ("有效残疾人证", "items"),
        "severe": ("其中一、二级", "items"),
        "third": ("其中三级智力、精神", "items"),
    },
    absent=0,
)
def disability_card(cards: Cards) -> Any:
    """Whether there is a card that counts, and whether it is of a severe grade."""
    held = valid(cards).group_by("person")
    return held.agg(valid=_.count(), severe=severe().sum(), third=third_of_the_mind().sum())


@fact(
    "残疾人两项补贴",
    shows={"living": ("困难残疾人生活补贴", "fen"), "care": ("重度残疾人护理补贴", "fen")},
    absent=0,
)
def disability_subsidies(subsidies: Subsidies) -> Any:
    """What was paid in the newest month, by subsidy."""
    living, care = (_.monthly_amount.sum(where=_.kind == kind).fill_null(0) for kind in ("living", "care"))
    return subsidies.latest().group_by("person").agg(living=living, care=care)
