"""Whose pension premium is paid: own registers speak first, then the asker (A-06; decision 0256).

Source: 湖南省有效衔接实施意见（2021-05-17） 三(十四) (L1106).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shouwang.decision import NO, YES, Verdict, any_of
from shouwang.department import Entitlement, Group, Person, entitled, not_entitled, unknown
from shouwang.money import share

from ._apart import RECEIVING
from ._said import said

FULL_AS_TOLD = (Group.SEVERELY_DISABLED, Group.RELAPSED)


def in_full(person: Person, support: Any) -> Verdict:
    """Whether the person is 特困, severely disabled or 返贫致贫."""
    listed = _listed(person, Group.DESTITUTE, lambda: support.support != "none")
    return any_of(listed, said(lambda: person.is_any(*FULL_AS_TOLD)))


def in_part(person: Person, relief: Any, low_income_as: Any) -> Verdict:
    """Whether the person has 低保 or is recognised as of low income."""
    return any_of(
        _listed(person, Group.MINIMUM_LIVING, lambda: relief.status in RECEIVING),
        _listed(person, Group.LOW_INCOME, lambda: low_income_as.kind != "none"),
    )


def _listed(person: Person, group: Group, register: Callable[[], bool]) -> Verdict:
    """Return what the bureau's register says of a group that is its own; the asker's yes counts beside it."""
    asked = said(lambda: person.is_any(group))
    return YES if asked is YES else said(register)


def premium_for(full: Verdict, part: Verdict, policy: Any) -> Entitlement:
    """Pay the premium in full or in part; what is certain stands, what is open is named."""
    if full is YES:
        return entitled(policy.pension.premium, per="year")
    if part is NO and full is NO:
        return not_entitled("不属于代缴的缴费困难群体")
    if part is YES:
        amount = share(policy.pension.premium, policy.pension.share_in_part)
        return entitled(amount, per="year", reason=_open_beside(full))
    return unknown("是否属于代缴的缴费困难群体（返贫致贫等）没有人说过")


def _open_beside(full: Verdict) -> str:
    return "" if full is NO else "按部分代缴；是否返贫致贫等全部代缴对象不详，属实的全部代缴"
