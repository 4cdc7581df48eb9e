"""Groups: who asks tells some, the bureau's own roster the rest; what is certain is granted, what neither
says is named (decisions 0256, 0291).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from shouwang.decision import YES
from shouwang.department import Entitlement, Group, Person, unknown
from shouwang.errors import UnknownValue

CHILDREN = frozenset({Group.ORPHAN, Group.UNATTENDED_CHILD})
Known = TypeVar("Known")
Decide = Callable[[Person], Entitlement]


def as_far_as_told(person: Person, roster: Any, policy: Any, on: date, decide: Decide) -> Entitlement:
    """Decide with the groups that are told or on the roster; where one of the others would change it, say so.

    A yes stands with what is open; a no that might be a yes is unknown.
    """
    person = _as_listed(person, roster)
    untold = person.untold - (frozenset() if _may_be_child(person, policy, on) else CHILDREN)
    told = replace(person, untold=frozenset())
    might = {one: decide(told.if_also(one)) for one in untold}
    known = decide(told)
    open_ones = [one.label for one in Group if one in might and _differs(might[one], known)]
    if not open_ones:
        return known
    words = f"是否{'、'.join(open_ones)}不详"
    if known.verdict is YES:
        return replace(known, reason="；".join(filter(None, [known.reason, f"{words}，属实的重新测算"])))
    return unknown(f"{words}，尚不能认定")


def _as_listed(person: Person, roster: Any) -> Person:
    """Return the person with what the roster says of groups that the asker did not say yes to.

    Of somebody of whom the asker said nothing at all, nothing is added.
    """
    if person.groups is None:
        return person
    asked = [group for group in Group if group not in person.groups]
    listed = {group: known(lambda group=group: getattr(roster, group.value)) for group in asked}
    more = {group for group, answer in listed.items() if answer}
    told = {group for group, answer in listed.items() if answer is not None}
    return replace(person, groups=person.groups | more, untold=person.untold - told)


def known(answer: Callable[[], Known]) -> Known | None:
    """Return what can be told; None otherwise."""
    try:
        return answer()
    except UnknownValue:
        return None


def _differs(one: Entitlement, other: Entitlement) -> bool:
    return (one.verdict, one.amount_fen) != (other.verdict, other.amount_fen)


def _may_be_child(person: Person, policy: Any, on: date) -> bool:
    """Say whether the person may be an orphan or a child whom nobody raises; of unknown age, they may."""
    try:
        return person.age_on(on) < policy.child_age
    except UnknownValue:
        return True
