"""The tables of the finance bureau: who is paid from public funds, and what “一卡通” paid to farmers.

What is not declared (姓名, 单位名称, 职务, 账号, 开户行) is left at the door and never kept.
"""

from __future__ import annotations

from shouwang.department import Table, code, date, id_number, money, monthly, place, text


class Payroll(Table):
    """财政供养人员工资统发: one row per person and kind, all of the month."""

    title = "财政供养"
    feed = monthly(stale_after_days=45)
    unique = ("person", "kind")

    person = id_number("身份证号", aliases=["公民身份号码", "证件号码"])
    kind = code(
        "人员类别",
        {
            "在职": "serving",
            "编外": "contract",
            "退休": "retired",
            "遗属补助": "survivor",
            "村干部补助": "village",
        },
    )
    monthly_pay = money("月应发工资", aliases=["月应发金额"])
    since = date("起始日期", aliases=["起薪日期"])


class SubsidyPayments(Table):
    """惠民惠农财政补贴“一卡通”发放: one row per payment of this year and the last, as it stands now."""

    title = "一卡通发放"
    feed = monthly(stale_after_days=45)
    unique = ("voucher",)

    voucher = text("发放编号", aliases=["发放流水号"])
    person = id_number("身份证号", aliases=["公民身份号码", "证件号码"])
    village = place("村居代码")
    amount = money("补贴金额", aliases=["发放金额"])
    sent_on = date("发放日期")
    state = code("发放状态", {"成功": "paid", "退回": "returned", "退回后重发成功": "paid_again"})
