"""The disability card as the asker sends it: category and grade of its last two digits, never the number."""

from __future__ import annotations

from typing import Any

from shouwang.department import Person
from shouwang.identity import CATEGORIES, GRADES


def card_of(person: Person) -> frozenset[str]:
    """Return the names that policy has for the card: {"三级", "智力三级"}; empty without one.

    UnknownValue when nobody said.
    """
    card = _sent(person)
    if card is None:
        return frozenset()
    grade = GRADES[card["grade"]]
    return frozenset({grade, CATEGORIES[card["category"]] + grade})


def _sent(person: Person) -> Any:
    """Return {category, grade}; None is a person without a card, which is known when it was sent."""
    if "disability" in person.attributes and person.attributes["disability"] is None:
        person.note("残疾证", "无")
        return None
    return person.get("disability", "残疾证")
