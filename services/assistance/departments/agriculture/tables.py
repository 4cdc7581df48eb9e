"""The tables of the agriculture bureau: production, losses, insurance, rewards, linkage; projects and prices.

What is not declared (姓名, 一卡通账号, 地块坐落, 保单号 …) is left at the door and never kept.
"""

from __future__ import annotations

from shouwang.department import (
    Table,
    code,
    date,
    id_number,
    money,
    monthly,
    number,
    place,
    quarterly,
    text,
    whole,
    yearly,
)

ID = "身份证号"
ID_ALIASES = ["公民身份号码", "户主身份证号"]
VILLAGE = "村居代码"
LEDGER = monthly(stale_after_days=45)
OF_THE_MONTH = monthly(stale_after_days=28)  # a sign of this month cannot stand on last month's figures
KINDS = {
    "种植业": "crop",
    "林果业": "orchard",
    "养殖业": "livestock",
    "加工业": "processing",
    "乡村旅游": "tourism",
}


class Production(Table):
    """农户生产经营登记: one row per household and product, as it stands now."""

    title = "农户生产"
    feed = quarterly(stale_after_days=100)
    unique = ("person", "product")

    person = id_number(ID, aliases=ID_ALIASES)
    village = place(VILLAGE)
    product = text("品种", aliases=["产业名称"], longest=20)
    kind = code("产业类别", KINDS)
    area = number("面积", aliases=["面积（亩）"], places=2, unit="亩")
    stock = whole("存栏", aliases=["存栏（头羽）"])
    state = code(
        "生产状况",
        {"正常": "running", "减产": "reduced", "绝收": "failed", "停产": "stopped"},
        aliases=["经营状况"],
    )


class Losses(Table):
    """农业灾害和疫病损失台账: one row per household, product and event, of this year and the last."""

    title = "农业灾损"
    feed = monthly(stale_after_days=28, may_be_empty=True)
    unique = ("person", "product", "happened_on")

    person = id_number(ID, aliases=ID_ALIASES)
    village = place(VILLAGE)
    product = text("品种", aliases=["产业名称"], longest=20)
    happened_on = date("受灾日期")
    loss = money("经济损失", aliases=["核定损失"])


class Insurance(Table):
    """农业保险承保理赔: one row per household, product and year, of this year and the last."""

    title = "农业保险"
    feed = LEDGER
    unique = ("person", "product", "year")

    person = id_number(ID, aliases=ID_ALIASES)
    product = text("险种标的", aliases=["品种"], longest=20)
    year = whole("保险年度", least=2000, most=2100)
    own_premium = money("农户自缴保费", aliases=["农户缴费"])
    subsidised = money("已补农户自缴保费", blank=0)
    paid_out = money("赔付金额", blank=0)


class AcceptedResults(Table):
    """产业以奖代补验收兑现: one row per household of the year; only what passed acceptance stands here."""

    title = "以奖代补验收"
    feed = monthly(stale_after_days=45, may_be_empty=True)
    unique = ("person",)

    person = id_number(ID, aliases=ID_ALIASES)
    crop_area = number("验收种植面积", places=2, unit="亩")
    orchard_area = number("验收林果面积", places=2, unit="亩")
    stock = whole("验收养殖数量")
    crop_paid = money("已兑现种植奖补", blank=0)
    orchard_paid = money("已兑现林果奖补", blank=0)
    stock_paid = money("已兑现养殖奖补", blank=0)


class LinkedHouseholds(Table):
    """联农带农: one row per household and project or operator."""

    title = "联农带农"
    feed = quarterly(stale_after_days=100)
    unique = ("person", "project")

    person = id_number(ID, aliases=ID_ALIASES)
    village = place(VILLAGE)
    project = text("项目编号", aliases=["经营主体编号"])
    way = code(
        "联结方式",
        {"订单生产": "order", "托养托管": "custody", "合作经营": "cooperation",
         "保护价收购": "protective_price", "务工": "work", "分红": "dividend"},
    )  # fmt: skip


class Projects(Table):
    """乡村产业项目运行: one row per project, as it stands now. About places, no person in it."""

    title = "产业项目"
    feed = OF_THE_MONTH
    unique = ("project",)

    region = place("项目所在村居代码", aliases=[VILLAGE])
    project = text("项目编号", aliases=["经营主体编号"])
    state = code("运行状况", {"正常": "running", "低效": "poor", "停产": "stopped", "失败退出": "failed"})
    failed_on = date("失败退出日期", optional=True)
    households = whole("带动户数", optional=True)


class LeadingFirms(Table):
    """省级以上农业产业化龙头企业名录: one row per firm, of the year. About places, no person in it."""

    title = "农业龙头企业"
    feed = yearly(stale_after_days=365)
    unique = ("firm",)

    region = place("所在乡镇代码", aliases=["乡镇代码"])
    firm = text("名录编号", aliases=["序号"])
    level = code("认定级别", {"国家级": "national", "省级": "province", "市级": "city", "县级": "county"})
    state = code("资格状态", {"合格": "valid", "取消": "revoked"}, aliases=["监测结果"])


class VillageAccounts(Table):
    """村集体经济收入年报: one row per village and year. About places, no person in it."""

    title = "村集体经济"
    feed = yearly(stale_after_days=365)
    unique = ("region",)

    region = place("村代码", aliases=[VILLAGE])
    income = money("集体经济年收入", aliases=["村集体经济收入"])


class Toilets(Table):
    """农村户厕年报: one row per village and year. About places, no person in it."""

    title = "农村户厕"
    feed = yearly(stale_after_days=365)
    unique = ("region",)

    region = place("村代码", aliases=[VILLAGE])
    households = whole("农户数", aliases=["常住农户数"], least=1)
    sanitary = whole("卫生厕所户数", aliases=["使用卫生厕所户数"])


class MarketPrices(Table):
    """大宗农副产品价格监测: one row per place, product and day of survey. About places, no person in it."""

    title = "价格监测"
    feed = OF_THE_MONTH
    unique = ("region", "product", "surveyed_on")

    region = place("监测点区划代码", aliases=["乡镇代码"])
    product = text("品种", longest=20)
    surveyed_on = date("监测日期")
    price = money("收购价", aliases=["产地收购价", "本期价格"])
    last_year = money("上年同期价", aliases=["去年同期价格"])
