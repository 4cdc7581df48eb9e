"""The tables of the financial affairs office: what the banks report of small loans (小额信贷).

Full lists, of which the newest says everything: 小额信贷台账, 贷款需求. Events: 贴息发放. What is not
declared (姓名, 账号, 银行卡号, 电话, 担保人) is left at the door and never kept.
"""

from __future__ import annotations

from shouwang.department import (
    Table,
    code,
    date,
    id_number,
    money,
    monthly,
    place,
    quarterly,
    text,
    whole,
    yes_no,
)

ID_ALIASES = ["公民身份号码", "证件号码", "借款人身份证号"]
VILLAGE_ALIASES = ["户籍村居代码", "借款人所在村代码"]


class Loans(Table):
    """小额信贷台账: one row per loan that is not repaid."""

    title = "小额信贷"
    feed = monthly(stale_after_days=45)
    unique = ("loan",)

    loan = text("借据编号", aliases=["贷款编号"])
    person = id_number("身份证号", aliases=ID_ALIASES)
    village = place("村居代码", aliases=VILLAGE_ALIASES)
    used_for = code(
        "贷款用途",
        {"种植": "crops", "养殖": "livestock", "加工": "processing", "乡村旅游": "tourism",
         "商贸服务": "trade", "户贷企用": "lent_on", "非生产性支出": "consumption"},
        aliases=["实际用途"],
    )  # fmt: skip
    principal = money("贷款金额", aliases=["贷款本金"])
    balance = money("贷款余额", aliases=["未还本金"], sum_at_most="principal")
    granted_on = date("放款日期", aliases=["发放日期"])
    term_months = whole("贷款期限", aliases=["期限（月）"], least=1, most=120)
    renewed_on = date("续贷或展期日期", optional=True)
    overdue = money("逾期本金", blank=0, sum_at_most="balance")
    overdue_since = date("逾期日期", aliases=["逾期起始日期"], optional=True)


class LoanNeeds(Table):
    """贷款需求摸排: one row per person who asked and has not been answered, with what was assessed."""

    title = "贷款需求"
    feed = monthly(stale_after_days=75, may_be_empty=True)
    unique = ("person",)

    person = id_number("身份证号", aliases=ID_ALIASES)
    village = place("村居代码", aliases=VILLAGE_ALIASES)
    standing = code("农户类型", {"监测对象": "monitored", "脱贫户": "ex_poor", "一般农户": "ordinary"})
    wanted = money("需求金额", aliases=["拟贷金额"])
    asked_on = date("提出日期", aliases=["登记日期"])
    prospect = yes_no("有产业发展前景", aliases=["产业前景"], optional=True)
    able_to_repay = yes_no("有还款能力", aliases=["还款能力"], optional=True)


class InterestSubsidies(Table):
    """贴息发放: one row per loan and payment."""

    title = "贴息"
    feed = quarterly(stale_after_days=60, may_be_empty=True)
    unique = ("voucher",)

    voucher = text("贴息编号", aliases=["发放流水号"])
    loan = text("借据编号", aliases=["贷款编号"])
    person = id_number("身份证号", aliases=ID_ALIASES)
    amount = money("贴息金额")
    paid_on = date("发放日期")
