"""What the financial affairs office can do (A-08): a small loan as needed, and the interest on it.

A loan is for production, to those who need it, have a prospect and can repay it; it is never given for
nothing. Sources: 农业农村部 2024-10-21 意见 1, 3; 湘委乡振组发〔2021〕1号 三(二)1 (L2338);
湘振局发〔2021〕18号 第五章第二节 (L1850). All amounts are fen.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from ibis import _
from shouwang.department import (
    Entitlement,
    Group,
    Household,
    Person,
    Risk,
    State,
    entitled,
    measure,
    not_entitled,
    view,
)
from shouwang.money import share

from .rules import AFTER_POVERTY, NOT_FOR_PRODUCTION
from .tables import InterestSubsidies, LoanNeeds, Loans

QUARTERS = 4
QUARTER_MONTHS = 3
RISKS = [Risk.INDUSTRY_FAILURE, Risk.DISASTER, State.INCOME]


@view(
    shows={
        "standing": "农户类型",
        "wanted": ("贷款需求", "fen"),
        "prospect": "有产业发展前景",
        "able_to_repay": "有还款能力",
    },
    absent={"standing": "none", "wanted": 0, "prospect": None, "able_to_repay": None},
)
def need(loan_needs: LoanNeeds) -> Any:
    """What the person asked for and what was assessed; who did not ask needs nothing."""
    return loan_needs.latest().select("person", "standing", "wanted", "prospect", "able_to_repay")


@view(
    shows={
        "owed": ("未还本金", "fen"),
        "late": ("逾期本金", "fen"),
        "misused": ("没有用于生产的未还本金", "fen"),
    },
    absent=0,
)
def credit(loans: Loans) -> Any:
    """What is owed, what of it is overdue, what of it is not for production."""
    misused = _.balance.sum(where=_.used_for.isin(list(NOT_FOR_PRODUCTION))).fill_null(0)
    owed = loans.latest().group_by("person")
    return owed.agg(owed=_.balance.sum(), late=_.overdue.sum(), misused=misused)


@view(shows={"interest_paid": ("本季已贴息", "fen")}, absent=0)
def interest(interest_subsidies: InterestSubsidies) -> Any:
    """The interest subsidy of the quarter."""
    payments = interest_subsidies.within(months=QUARTER_MONTHS).group_by("person")
    return payments.agg(interest_paid=_.amount.sum())


@measure(
    code="A41-01",
    title="脱贫人口小额信贷",
    risks=RISKS,
    evidence=["贷款申请评估表", "借款合同"],
    rule="A-08",
    condition="贷款只用于本户发展生产，按期还本付息",
)
def small_loan(household: Household, need: Any, credit: Any, policy: Any, on: date) -> Entitlement:
    """有贷款需求、产业发展前景和还款能力的脱贫户、监测户，按需要贷款，全户不超过额度."""
    asking = [one for one in household.persons if need[one.ref].wanted > 0]
    if not asking:
        return not_entitled("没有提出贷款需求")
    if breach := _in_breach(*credit.values()):
        return not_entitled(breach)
    refused = {one.ref: _cannot_borrow(one, need[one.ref], policy, on) for one in asking}
    borrower = next((ref for ref, reason in refused.items() if not reason), None)
    if borrower is None:
        return not_entitled(next(iter(refused.values())))
    room = policy.small_loan.most - sum(one.owed for one in credit.values())
    if room <= 0:
        return not_entitled("贷款余额已达额度", receiving=True)
    terms = f"期限不超过 {policy.small_loan.most_months} 个月，须偿还"
    return entitled(need[borrower].wanted, capped_at=room, reason=terms)


@measure(
    code="A41-02",
    title="小额信贷贴息",
    risks=RISKS,
    evidence=["银行结息单"],
    rule="A-08",
    condition="贷款用于本户发展生产且没有逾期",
)
def interest_subsidy(credit: Any, interest: Any, person: Person, policy: Any) -> Entitlement:
    """用于发展生产、没有逾期的小额信贷，按季按余额和贴息利率贴息，以银行结息单为准."""
    if credit.owed <= 0:
        return not_entitled("没有未还的小额信贷")
    if refused := _in_breach(credit):
        return not_entitled(f"{refused}，不予贴息")
    if interest.interest_paid > 0:
        return not_entitled("本季已贴息", receiving=True)
    return entitled(
        share(credit.owed, policy.interest.rate * policy.interest.share / QUARTERS),
        reason="按季测算，以银行结息单为准",
        receiving=False,
    )


def _cannot_borrow(person: Person, need: Any, policy: Any, on: date) -> str:
    """Return why the person cannot borrow, "" when they can; what nobody assessed is unknown."""
    if not (_monitored(person) or need.standing in AFTER_POVERTY or person.is_any(Group.MONITORED)):
        return "不是脱贫人口、监测对象"
    if not policy.small_loan.age_from <= person.age_on(on) <= policy.small_loan.age_to:
        return "不在贷款年龄"
    if not need.prospect:
        return "评估没有产业发展前景"
    return "" if need.able_to_repay else "评估没有还款能力"


def _in_breach(*credits: Any) -> str:
    if sum(one.misused for one in credits) > 0:
        return "有贷款没有用于本户生产，先整改"
    return "有逾期未还的贷款" if sum(one.late for one in credits) > 0 else ""


def _monitored(person: Person) -> bool:
    """Say whether the person is known to be monitored; False also where nobody said."""
    return person.groups is not None and person.is_any(Group.MONITORED)
