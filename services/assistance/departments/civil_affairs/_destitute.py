"""Who is to be supported as 特困: unable to work, without a living, without supporters (A-06; decision 0291).

Sources: 湘委乡振组发〔2021〕1号 附件6 A21 (L2778), A14; 湘振局发〔2021〕18号 第二章第五节二 (L1411).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from shouwang.decision import UNKNOWN, YES
from shouwang.department import Household, Person
from shouwang.errors import UnknownValue

from ._cards import card_of
from ._income import MONTHS, income_of
from ._said import said

ABLE = ("ordinary", "skilled")
WEAK = "weak"


@dataclass(frozen=True)
class Asked:
    """A person of whom it is asked, with what the bureau knows of them."""

    person: Person
    household: Household
    duty: Any
    assessed: Any

    def refused(self, policy: Any, on: date) -> str:
        """Return why they are not to be supported, "" when they are.

        One condition that certainly fails is enough; UnknownValue when none does and one is open.
        """
        open_one: UnknownValue | None = None
        for words, holds in self._against(policy, on):
            try:
                if holds():
                    return words
            except UnknownValue as error:
                open_one = open_one or error
        if open_one:
            raise open_one
        return ""

    def surely(self, policy: Any, on: date) -> bool:
        """Say whether it is known that 特困 is due; while that is open a person keeps their place in 低保."""
        return said(lambda: self.refused(policy, on) == "") is YES

    def _against(self, policy: Any, on: date) -> list[tuple[str, Callable[[], bool]]]:
        return [
            ("有劳动能力", lambda: _able(self.person, policy, on)),
            ("不是老年人、残疾人或未成年人", lambda: _in_their_prime(self.person, policy, on)),
            ("有法定义务人且有履行能力", lambda: _supported(self.person, self.duty)),
            ("有生活来源，收入不低于低保标准", lambda: self._earns(policy)),
        ]

    def _earns(self, policy: Any) -> bool:
        """Whether the person's own income, else that a head of the household, reaches the 低保 standard."""
        own = said(lambda: self.assessed.own_income >= policy.minimum_living.standard)
        if own is UNKNOWN:
            income = income_of(self.household, {self.person.ref: self.assessed})
            return bool(income >= policy.minimum_living.standard * MONTHS)
        return own is YES


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


def _in_their_prime(person: Person, policy: Any, on: date) -> bool:
    """Whether the person is neither old nor a minor and has no card; who is old or a minor needs none."""
    if said(lambda: bool(card_of(person))) is YES:
        return False
    until = policy.destitute_working_age.below
    return policy.destitute_minor_age <= person.age_on(on) < until and not card_of(person)


def _supported(person: Person, duty: Any) -> bool:
    """Whether somebody has to support the person and can: the bureau's own check first, then the asker."""
    found = said(lambda: duty.supporters == "able")
    if found is UNKNOWN:
        return bool(person.get("supporters", "法定赡养、抚养、扶养义务人情况"))
    return found is YES
