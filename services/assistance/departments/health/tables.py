"""The tables of the health bureau: chronic and major illness, family-doctor contracts, outbreaks.

The name of an illness is needed only to know the four that family doctors follow; of a major illness it is
left at the door with names, addresses and hospitals. No rule, fact or view shows which illness it is.
"""

from __future__ import annotations

from shouwang.department import Table, code, date, id_number, monthly, place, text, whole, yearly

ID_ALIASES = ["公民身份号码", "证件号码"]
FOUR = {"高血压": "hypertension", "糖尿病": "diabetes", "结核病": "tuberculosis", "严重精神障碍": "mental"}


class ChronicPatients(Table):
    """慢性病患者管理登记, the four illnesses: one row per person and illness, all of the month."""

    title = "慢性病登记"
    feed = monthly(stale_after_days=100)  # the register is brought up to date every quarter
    unique = ("person", "illness")

    person = id_number("身份证号", aliases=ID_ALIASES)
    village = place("村居代码")
    illness = code("病种", FOUR)
    last_visit = date("最近随访日期", optional=True)


class MajorIllness(Table):
    """大病专项救治登记: one row per registration, all of the month; which illness is left at the door."""

    title = "大病登记"
    feed = monthly(stale_after_days=45)
    unique = ("registration",)

    registration = text("登记编号")
    person = id_number("身份证号", aliases=ID_ALIASES)
    village = place("村居代码")
    diagnosed_on = date("确诊日期")
    treatment = code("救治状态", {"未救治": "untreated", "救治中": "in_treatment", "已救治": "treated"})


class Contracts(Table):
    """家庭医生签约: one row per contract, all that were signed for this year and last."""

    title = "家庭医生签约"
    feed = monthly(stale_after_days=100)
    unique = ("contract",)

    contract = text("协议编号")
    person = id_number("身份证号", aliases=ID_ALIASES)
    signed_on = date("签约日期")
    year = whole("服务年度", least=2000, most=2100)
    ended_on = date("解约日期", optional=True)


class Outbreaks(Table):
    """突发公共卫生事件: one row per event and place, those of the month and those still going on."""

    title = "突发公共卫生事件"
    feed = monthly(stale_after_days=45, may_be_empty=True)
    unique = ("event", "region")

    event = text("事件编号")
    region = place("行政区划代码", aliases=["村居代码", "乡镇代码"])
    kind = code(
        "事件类别",
        {"传染病疫情": "infection", "群体性不明原因疾病": "unexplained", "食物中毒": "food_poisoning",
         "其他": "other"},
    )  # fmt: skip
    affected = whole("影响人数", optional=True)
    started_on = date("开始日期")
    ended_on = date("终止日期", optional=True)


class Workforce(Table):
    """卫生人力年报: one row per town and year."""

    title = "卫生人力"
    feed = yearly(stale_after_days=120)
    unique = ("region",)

    region = place("乡镇代码", aliases=["行政区划代码"])
    doctors = whole("执业（助理）医师数", aliases=["执业(助理)医师数"])
    population = whole("常住人口", least=1)
