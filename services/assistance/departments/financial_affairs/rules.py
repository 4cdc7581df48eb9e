"""Whose loan is a risk, and who needs one and has none, as the banks report it (S-05, A-08)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import ibis
from ibis import _
from shouwang.department import Risk, State, rule

from .tables import LoanNeeds, Loans

NOT_FOR_PRODUCTION = {"lent_on": "户贷企用", "consumption": "非生产性支出"}
AFTER_POVERTY = ("monitored", "ex_poor")


@rule(
    "S-05",
    risk=Risk.INDUSTRY_FAILURE,
    version=1,
    shows={"overdue": ("逾期本金", "fen"), "since": "逾期日期"},
)
def overdue_loan(loans: Loans, policy: Any, on: date) -> Any:
    """小额信贷逾期已满期限，提示核实产业和收入，能展期续贷的及时办理."""
    until = on - timedelta(days=policy.overdue_days)
    # A day that the bank left out does not make the loan less overdue.
    late = loans.latest().filter(_.overdue > 0, (_.overdue_since <= until) | _.overdue_since.isnull())
    owed = late.group_by("person")
    return owed.agg(overdue=_.overdue.sum(), since=_.overdue_since.min(), region=_.village.max())


@rule(
    "S-05",
    risk=Risk.INDUSTRY_FAILURE,
    version=1,
    shows={"balance": ("未还本金", "fen"), "ends": "到期日期"},
)
def loan_past_due(loans: Loans, policy: Any, on: date) -> Any:
    """小额信贷到期已满期限没有还清，银行也没有报逾期，提示核实是否续贷、展期."""
    until = on - timedelta(days=policy.overdue_days)
    begun = ibis.coalesce(_.renewed_on, _.granted_on)
    # DuckDB makes an instant of a day and an interval, which Ibis takes for a day: both casts are needed.
    ends = (begun + _.term_months.as_interval("M")).cast("timestamp").cast("date")
    dated = loans.latest().mutate(ends=ends)
    past = dated.filter(_.balance > 0, _.overdue <= 0, _.ends <= until).group_by("person")
    return past.agg(balance=_.balance.sum(), ends=_.ends.min(), region=_.village.max())


@rule(
    "A-08",
    risk=Risk.INDUSTRY_FAILURE,
    version=1,
    shows={"balance": ("未还本金", "fen"), "used_for": "实际用途"},
)
def loan_not_for_production(loans: Loans) -> Any:
    """小额信贷没有用于本户发展生产（户贷企用、非生产性支出）而尚未还清，提示整改和风险."""
    wrong = loans.latest().filter(_.used_for.isin(list(NOT_FOR_PRODUCTION)), _.balance > 0)
    used_for = _.used_for.max().cases(*NOT_FOR_PRODUCTION.items())
    return wrong.group_by("person").agg(balance=_.balance.sum(), used_for=used_for, region=_.village.max())


@rule(
    "A-08",
    risk=State.INCOME,
    version=1,
    shows={"wanted": ("需求金额", "fen"), "asked_on": "提出日期", "assessed": "评估情况"},
)
def need_without_loan(loan_needs: LoanNeeds, loans: Loans, policy: Any, on: date) -> Any:
    """有贷款需求已满期限而没有贷款，也没有评估为缺乏前景或还款能力，提示应贷尽贷或尽快评估."""
    until = on - timedelta(days=policy.need_days)
    # What nobody assessed is no refusal.
    possible = _.prospect.fill_null(True) & _.able_to_repay.fill_null(True)
    open_needs = loan_needs.latest().filter(_.standing.isin(AFTER_POVERTY), _.asked_on <= until, possible)
    assessed = (_.prospect.isnull() | _.able_to_repay.isnull()).ifelse("未评估", "有前景、有还款能力")
    waiting = open_needs.anti_join(loans.latest().filter(_.balance > 0), "person")
    return waiting.select("person", "wanted", "asked_on", region=_.village, assessed=assessed)
