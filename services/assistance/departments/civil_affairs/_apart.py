"""低保, 单人户低保 and 特困 exclude one another, person by person (A-06, A-13; decision 0257).

Source: 湘振局发〔2021〕18号 第二章第五节二 (L1411); nobody has both 低保 and 特困 (附件6 A20, A21).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from shouwang.department import Household, Person
from shouwang.errors import UnknownValue
from shouwang.money import Fen

from ._cards import card_of

RECEIVING = ("active", "leaving")
ABLE = ("ordinary", "skilled")
WEAK = "weak"


def apart(household: Household, relief: Mapping[str, Any], support: Any, policy: Any, on: date) -> int:
    """Return how many members the 低保 of the family does not count: supported as 特困, certainly to be, or
    with 低保 as a household of one.
    """
    return sum(
        support[one.ref].support != "none"
        or _alone(relief[one.ref])
        or (relief[one.ref].status not in RECEIVING and surely_destitute(one, policy, on))
        for one in household.persons
    )


def paid_to_family(relief: Mapping[str, Any], counted: int) -> Fen:
    """Return what the family receives as 低保 a month (fen), 0 when it has none.

    The 低保 of a household of one is the family's own only where nobody else is left to count.
    """
    own = [one.monthly_amount for one in relief.values() if one.status in RECEIVING and one.members > 1]
    alone = [one.monthly_amount for one in relief.values() if _alone(one)]
    return max(own, default=0) or (sum(alone) if counted == 0 else 0)


def not_destitute(person: Person, policy: Any, on: date) -> str:
    """Return why a person is not to be supported as 特困, "" when they are; UnknownValue when nobody said."""
    if _able(person, policy, on):
        return "有劳动能力"
    if person.get("supporters", "法定赡养、抚养、扶养义务人情况"):
        return "有法定义务人且有履行能力"
    return ""


def surely_destitute(person: Person, policy: Any, on: date) -> bool:
    """Say whether it is known that 特困 is due; while that is open a person keeps their place in 低保."""
    try:
        return not_destitute(person, policy, on) == ""
    except UnknownValue:
        return False


def _alone(relief: Any) -> bool:
    return relief.status in RECEIVING and relief.members == 1


def _able(person: Person, policy: Any, on: date) -> bool:
    """弱劳动力或半劳动力 of working age is able; of others it has to be found (UnknownValue): A14 calls the
    old so who are healthy.
    """
    labour = person.get("labour", "劳动能力")
    if labour not in (*ABLE, WEAK) or _unable_by_card(person, policy):
        return False
    ages = policy.destitute_working_age
    if labour == WEAK and not ages.least <= person.age_on(on) < ages.below:
        raise UnknownValue(
            "弱劳动力或半劳动力，不在劳动年龄内，是否无劳动能力须经民政局认定", remedy="请认定后重新测算。"
        )
    return True


def _unable_by_card(person: Person, policy: Any) -> bool:
    card = card_of(person)
    return bool(card) and not card.isdisjoint(policy.destitute_cards)
