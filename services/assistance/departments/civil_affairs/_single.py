"""低保 as a household of one: who is let in, and the amount (A-13; decision 0212). Amounts are fen.

Source: 湘振局发〔2021〕18号 第二章第五节二 (L1411).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.decision import YES
from shouwang.department import Entitlement, Person, entitled, not_entitled

from ._cards import card_of
from ._destitute import Asked
from ._income import family_below
from ._property import Rows, over_limits
from ._said import said


def gravely_hit(person: Person, illness: Any, policy: Any) -> bool:
    """Say whether the card or the list of the seriously ill lets the person in; one that does is enough
    (L1411). UnknownValue when none is known to, and before there was such an allowance.
    """
    cards = policy.single_person_cards
    if said(lambda: illness.recognised > 0) is YES:
        return True
    return not card_of(person).isdisjoint(cards) or illness.recognised > 0


def helped_otherwise(asked: Asked, policy: Any, on: date) -> str:
    """Return as what the person is helped instead, "" when as nothing else."""
    if family_below(asked.household, {asked.person.ref: asked.assessed}, policy):
        return "家庭人均收入低于低保标准，按家庭申请低保"
    return "符合特困供养条件，按特困供养" if asked.surely(policy, on) else ""


def as_household_of_one(assessed: Any, rows: Rows, policy: Any) -> Entitlement:
    """Grant what the person's own income lacks of the standard; property as of one person."""
    costs = policy.minimum_living.work_cost if assessed.employed else 0
    lacking = policy.minimum_living.standard + costs - assessed.own_income
    if lacking <= 0:
        return not_entitled("本人收入不低于低保标准")
    if over := over_limits(rows, 1, policy):
        return not_entitled(f"{'、'.join(over)}超过县定财产限度")
    return entitled(min(lacking, policy.minimum_living.standard), per="month", reason="参照单人户")
