"""Whom 临时救助 is for: struck by an event, or by spending that a family cannot avoid (A-06; decision 0289).

Sources: 湖南省有效衔接实施意见（2021-05-17） 三(十二)(十五) (L1100, L1108), 湘振局发〔2021〕18号
第二章第五节二 (L1411), 湘委乡振组发〔2021〕1号 二(一)2 (L2278), 衡办发〔2021〕7号 三(二)5 (L3081).
"""

from __future__ import annotations

from typing import Any

from shouwang.decision import Verdict, any_of, verdict_of
from shouwang.department import Category, Household, Risk
from shouwang.money import share

from ._income import MONTHS, Assessed, income_of
from ._said import said

STRUCK = (Risk.ILLNESS, Risk.ACCIDENT, Risk.DISASTER)
SPENDING = (Risk.EDUCATION, Risk.DISABILITY)


def struck(household: Household) -> bool:
    """Say whether an event, an accident or a grave illness struck the household (急难型)."""
    return bool(set(STRUCK) & set(household.risks))


def spent(household: Household, low_income_as: Assessed, assessed: Assessed, policy: Any) -> Verdict:
    """Whether rigid spending puts the household in difficulty (支出型).

    Recognised as such by the bureau; else with spending on schooling or disability: taken in for heavy
    unavoidable spending (突发严重困难户), or of an income that cannot bear it.
    """
    listed = any_of(*(said(lambda one=one: one.kind == "spending") for one in low_income_as.values()))
    if not set(SPENDING) & set(household.risks):
        return listed
    return any_of(listed, _sudden(household), _cannot_bear(household, assessed, policy))


def _sudden(household: Household) -> Verdict:
    """Whether it was taken in as 突发严重困难户; one that is helped first has no category yet."""
    category = household.category
    return verdict_of(None if category is None else category is Category.SUDDEN_HARDSHIP)


def _cannot_bear(household: Household, assessed: Assessed, policy: Any) -> Verdict:
    def answer() -> bool:
        line = share(policy.minimum_living.standard * MONTHS, policy.spending_relief_line)
        return income_of(household, assessed) <= line

    return said(answer)
