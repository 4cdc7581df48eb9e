"""The tables of the disabled persons' federation: cards, who gets the two subsidies, needs, services.

The two subsidies are paid by civil affairs; the list of recipients comes from the system that both share.
Names, addresses, phones, accounts and assessing hospitals are left at the door.
"""

from __future__ import annotations

from shouwang.department import Table, code, date, id_number, money, monthly, place, yearly, yes_no

ID_ALIASES = ["公民身份号码", "证件号码"]
ALLOWANCES = {"困难残疾人生活补贴": "living", "重度残疾人护理补贴": "care"}


class Cards(Table):
    """残疾人证: one row per card holder, all of the month, also those whose card no longer counts."""

    title = "残疾人证"
    feed = monthly(stale_after_days=45)
    unique = ("person",)

    person = id_number("身份证号", aliases=ID_ALIASES)
    village = place("村居代码")
    category = code(
        "残疾类别",
        {"视力": "visual", "听力": "hearing", "言语": "speech", "肢体": "physical", "智力": "intellectual",
         "精神": "mental", "多重": "multiple"},
    )  # fmt: skip
    grade = code("残疾等级", {"一级": "1", "二级": "2", "三级": "3", "四级": "4"})
    status = code("证件状态", {"有效": "valid", "过期": "expired", "冻结": "frozen", "注销": "cancelled"})
    certified_on = date("评定日期")


class Subsidies(Table):
    """残疾人两项补贴发放名册: one row per person and subsidy that was paid in the month."""

    title = "两项补贴"
    feed = monthly(stale_after_days=45)
    unique = ("person", "kind")

    person = id_number("身份证号", aliases=ID_ALIASES)
    kind = code("补贴类别", ALLOWANCES)
    monthly_amount = money("月补贴金额")


class Needs(Table):
    """残疾人基本服务状况和需求调查: one row per card holder, all of the year."""

    title = "需求调查"
    feed = yearly(stale_after_days=365)
    unique = ("person",)

    person = id_number("身份证号", aliases=ID_ALIASES)
    device = yes_no("需要辅助器具适配", optional=True)
    adaptation = yes_no("需要家庭无障碍改造", optional=True)
    rehabilitation = yes_no("需要康复服务", optional=True)


class Services(Table):
    """服务落实台账: one row per service that was delivered in the month."""

    title = "服务落实"
    feed = monthly(stale_after_days=45, may_be_empty=True)

    person = id_number("身份证号", aliases=ID_ALIASES)
    kind = code(
        "服务类别",
        {"辅助器具适配": "device", "家庭无障碍改造": "adaptation", "康复服务": "rehabilitation"},
    )  # fmt: skip
    delivered_on = date("落实日期")
