"""The tables of the civil affairs bureau, and those that its economic-status check centre gathers.

低保, 特困, 低收入 and 核算 are its own. 存款, 车辆, 住房, 工商注册 and 财政供养 belong to banks, 公安,
自然资源, 市场监管 and 财政; 居民家庭经济状况核对机构 gathers them here for social assistance (decision 0210).
What is not declared (姓名, 账号, 号牌, 坐落, 单位名称) is left at the door and never kept.
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
    whole,
    yearly,
    yes_no,
)

ID_ALIASES = ["公民身份号码", "证件号码"]
PROPERTY = monthly(stale_after_days=100)  # a query to the check centre at least once a quarter


class MinimumLiving(Table):
    """低保在册及停保人员: one row per person of a household, all of the month."""

    title = "低保"
    feed = monthly(stale_after_days=45)
    unique = ("person",)

    person = id_number("身份证号", aliases=ID_ALIASES)
    head = id_number("户主身份证号")
    village = place("村居代码")
    status = code("保障状态", {"在保": "active", "渐退": "leaving", "停保": "stopped"})
    members = whole("保障人数", least=1, most=20)
    monthly_amount = money("月保障金额")
    since = date("享受起始日期")
    leaving_since = date("渐退起始日期", optional=True)
    stopped_on = date("停保日期", optional=True)
    stopped_for = code(
        "停保原因",
        {"收入超标": "income", "财产超标": "property", "死亡": "death", "迁出": "moved",
         "自愿退出": "own_wish", "其他": "other"},
        optional=True,
    )  # fmt: skip


class Destitute(Table):
    """特困供养人员: one row per person, all of the month."""

    title = "特困"
    feed = monthly(stale_after_days=45)
    unique = ("person",)

    person = id_number("身份证号", aliases=ID_ALIASES)
    village = place("村居代码")
    support = code("供养方式", {"集中供养": "institution", "分散供养": "at_home"})
    ability = code("自理能力", {"自理": "able", "半失能": "partly", "失能": "unable"})
    care_agreement = yes_no("委托照料协议", optional=True)
    monthly_amount = money("月供养金")
    since = date("认定日期")


class DutyChecks(Table):
    """法定义务人核查: one row per person whose supporters were checked, the newest check of each."""

    title = "法定义务人核查"
    feed = monthly(stale_after_days=45)
    unique = ("person",)

    person = id_number("身份证号", aliases=ID_ALIASES)
    supporters = code(
        "法定义务人情况",
        {"无法定义务人": "nobody", "有法定义务人，无履行能力": "unable", "有法定义务人，有履行能力": "able"},
    )
    checked_on = date("核查日期")


class LowIncome(Table):
    """低收入人口: one row per person, all of the month."""

    title = "低收入"
    feed = monthly(stale_after_days=45)
    unique = ("person",)

    person = id_number("身份证号", aliases=ID_ALIASES)
    village = place("村居代码")
    kind = code("认定类别", {"低保边缘": "margin", "支出型困难": "spending", "其他": "other"})
    since = date("认定日期")


class Assessments(Table):
    """家庭经济状况核算: one row per person of a family that applied or is followed, the newest assessment."""

    title = "家庭经济状况核算"
    feed = monthly(stale_after_days=45)
    unique = ("person",)

    person = id_number("身份证号", aliases=ID_ALIASES)
    # 1 in a larger family: assessed as a household of one (decision 0290).
    counted = whole("核算人数", least=1, most=20, optional=True)
    per_head = money("家庭月人均收入")
    workers = whole("家庭就业人数", most=20)
    own_income = money("本人月收入")
    employed = yes_no("本人是否就业")
    assessed_on = date("核算日期")


class SeriousIllness(Table):
    """重病患者认定名册, as the medical departments hand it over: which illness is left at the door."""

    title = "重病患者"
    feed = monthly(stale_after_days=45)
    unique = ("person",)

    person = id_number("身份证号", aliases=ID_ALIASES)
    recognised_on = date("认定日期")


class LivingStandards(Table):
    """城乡低保标准: one row per town, of the standards in force there in the year. About places."""

    title = "低保标准"
    feed = yearly(stale_after_days=365)
    unique = ("region",)

    region = place("乡镇代码", aliases=["执行乡镇代码"])
    rural = money("农村低保标准（月）", aliases=["农村低保月标准"])
    urban = money("城市低保标准（月）", aliases=["城市低保月标准"])


class Deposits(Table):
    """银行存款: one row per person and bank, as of the query."""

    title = "存款"
    feed = PROPERTY

    person = id_number("身份证号", aliases=ID_ALIASES)
    balance = money("存款余额")
    as_of = date("查询日期")


class Vehicles(Table):
    """机动车登记: one row per vehicle."""

    title = "车辆"
    feed = PROPERTY

    person = id_number("身份证号", aliases=ID_ALIASES)
    kind = code(
        "车辆类型",
        {"小型汽车": "car", "普通摩托车": "motorcycle", "三轮汽车": "tricycle", "低速货车": "farm_truck",
         "拖拉机": "tractor", "大中型客货车": "heavy"},
    )  # fmt: skip
    worth = money("评估价值", optional=True)
    registered_on = date("登记日期")


class Houses(Table):
    """不动产登记: one row per house or flat."""

    title = "住房"
    feed = PROPERTY

    person = id_number("身份证号", aliases=ID_ALIASES)
    kind = code("房屋性质", {"农村宅基地": "homestead", "商品房": "market", "保障性住房": "public"})
    area = number("建筑面积", places=2, unit="square_metre")
    registered_on = date("登记日期")


class Business(Table):
    """市场主体登记: one row per person and enterprise."""

    title = "工商注册"
    feed = PROPERTY

    person = id_number("身份证号", aliases=ID_ALIASES)
    kind = code(
        "主体类型",
        {"个体工商户": "self_employed", "有限责任公司": "company", "农民专业合作社": "cooperative",
         "个人独资企业": "sole_owner", "合伙企业": "partnership"},
    )  # fmt: skip
    role = code(
        "任职", {"经营者": "owner", "法定代表人": "legal_person", "股东": "shareholder", "成员": "member"}
    )
    status = code("登记状态", {"存续": "active", "吊销": "revoked", "注销": "closed"})
    capital = money("注册资本", optional=True)
    founded_on = date("成立日期")


class Payroll(Table):
    """财政供养人员: one row per person, all of the month."""

    title = "财政供养"
    feed = PROPERTY
    unique = ("person",)

    person = id_number("身份证号", aliases=ID_ALIASES)
    kind = code("人员类别", {"在职": "serving", "编外": "contract", "退休": "retired"})
    monthly_pay = money("月应发工资")
    since = date("起始日期")
