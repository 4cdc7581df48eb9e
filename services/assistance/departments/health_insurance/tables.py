"""The tables of the health insurance bureau. The headings are those of its own exports.

What is not declared here (姓名, 诊断, 定点医疗机构, 账号 …) is left at the door and never kept.
"""

from __future__ import annotations

from shouwang.department import Table, code, date, id_number, money, monthly, place, text, whole, yearly


class Insured(Table):
    """全民参保登记: one row per person of the county and year, the uninsured among them."""

    title = "参保登记"
    feed = yearly(stale_after_days=60)
    unique = ("person",)

    person = id_number("身份证号", aliases=["公民身份号码", "证件号码"])
    village = place("村居代码")
    year = whole("参保年度", least=2000, most=2100)
    scheme = code("险种", {"城乡居民": "resident", "城镇职工": "employee"}, optional=True)
    status = code("参保状态", {"正常参保": "insured", "暂停参保": "suspended", "未参保": "uninsured"})
    premium = money("个人缴费金额", optional=True)
    insured_on = date("参保日期", optional=True)


class PremiumAid(Table):
    """资助参保台账: one row per person and insurance year: this one and the next, in full."""

    title = "资助参保台账"
    # No older than payments may be unseen by whoever asks (decision 0287).
    feed = monthly(stale_after_days=31, may_be_empty=True)
    unique = ("person", "year")

    person = id_number("身份证号", aliases=["公民身份号码", "证件号码"])
    year = whole("参保年度", least=2000, most=2100)
    amount = money("资助金额", aliases=["资助参保金额"])


class AidGroups(Table):
    """救助对象名册, as 民政, 残联 and 乡村振兴 name them: one row per person and kind, all of the month."""

    title = "救助对象名册"
    feed = monthly(stale_after_days=45)
    unique = ("person", "aided_as")

    person = id_number("身份证号", aliases=["公民身份号码", "证件号码"])
    aided_as = code(
        "救助对象类别",
        {"特困人员": "destitute", "低保对象": "minimum_living", "低收入人口": "low_income",
         "返贫致贫人口": "relapsed", "重度残疾人": "severely_disabled", "孤儿": "orphan",
         "事实无人抚养儿童": "unattended_child", "监测对象": "monitored"},
    )  # fmt: skip
    since = date("认定日期")


class SpecialGroups(Table):
    """特殊人群参保台账: the ex-poor and monitored as the revitalisation office names them, one row each."""

    title = "特殊人群参保台账"
    feed = monthly(stale_after_days=45)
    unique = ("person",)

    person = id_number("身份证号", aliases=["公民身份号码", "证件号码"])
    village = place("村居代码")
    group = code("人群类别", {"防止返贫监测对象": "monitored", "脱贫人口": "ex_poor"})


class Settlements(Table):
    """医保结算明细: one row per settled claim; reversed claims (冲销) are taken out before export."""

    title = "结算明细"
    feed = monthly(stale_after_days=45)
    unique = ("claim",)

    claim = text("结算单号")
    person = id_number("身份证号", aliases=["公民身份号码", "证件号码"])
    settled_on = date("结算日期")
    kind = code("医疗类别", {"住院": "inpatient", "门诊慢特病": "chronic", "普通门诊": "outpatient"})
    total = money("费用总额")
    in_scope = money("政策范围内费用", sum_at_most="total")
    basic = money("基本医保支付")
    serious = money("大病保险支付", blank=0)
    aid = money("医疗救助支付", blank=0)
    paid = money("基本医保支付", "大病保险支付", "医疗救助支付", blank=0, sum_at_most="in_scope")
