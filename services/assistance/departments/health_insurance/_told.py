"""Groups of which nobody said: what is certain is granted, what is open is named (decision 0256)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from shouwang.decision import YES
from shouwang.department import Entitlement, Group, Person, unknown
from shouwang.errors import UnknownValue

CHILDREN = frozenset({Group.ORPHAN, Group.UNATTENDED_CHILD})
Decide = Callable[[Person], Entitlement]


def as_far_as_told(person: Person, policy: Any, on: date, decide: Decide) -> Entitlement:
    """Decide with the groups that are told; where one of the others would change it, say so.

    A yes stands with what is open; a no that might be a yes is unknown.
    """
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


def _differs(one: Entitlement, other: Entitlement) -> bool:
    return (one.verdict, one.amount_fen) != (other.verdict, other.amount_fen)


def _may_be_child(person: Person, policy: Any, on: date) -> bool:
    """Say whether the person may be an orphan or a child whom nobody raises; of unknown age, they may."""
    try:
        return person.age_on(on) < policy.child_age
    except UnknownValue:
        return True
