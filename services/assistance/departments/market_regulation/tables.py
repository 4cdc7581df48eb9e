"""The tables of the market regulation bureau: who leads or owns what, and which small businesses closed.

What is not declared (姓名, 企业名称, 统一社会信用代码, 住所, 电话) is left at the door and never kept.
"""

from __future__ import annotations

from shouwang.department import Table, code, date, id_number, money, monthly, place, text

ID_ALIASES = ["公民身份号码", "证件号码"]
KINDS = {
    "个体工商户": "self_employed",
    "有限责任公司": "company",
    "农民专业合作社": "cooperative",
    "个人独资企业": "sole_owner",
    "合伙企业": "partnership",
}


class RegisteredEntities(Table):
    """市场主体登记: one row per person, entity and role, all of the month."""

    title = "市场主体登记"
    feed = monthly(stale_after_days=45)
    unique = ("entity", "person", "role")

    entity = text("登记编号", aliases=["主体序号"])
    person = id_number("身份证号", aliases=ID_ALIASES)
    kind = code("主体类型", KINDS)
    role = code(
        "任职",
        {
            "经营者": "owner",
            "法定代表人": "legal_person",
            "投资人": "owner",
            "股东": "shareholder",
            "成员": "member",
        },
    )
    status = code("登记状态", {"存续": "active", "经营异常": "abnormal", "吊销": "revoked", "注销": "closed"})
    capital = money("注册资本", aliases=["出资额"], optional=True)
    founded_on = date("成立日期")


class Closures(Table):
    """个体工商户和企业注销吊销台账: one row per person who led what closed, of this year and the last."""

    title = "注销吊销"
    feed = monthly(stale_after_days=45, may_be_empty=True)
    unique = ("entity", "person")

    entity = text("登记编号", aliases=["主体序号"])
    person = id_number("经营者身份证号", aliases=["身份证号", "公民身份号码"])
    village = place("村居代码", aliases=["户籍地村居代码"])
    kind = code("主体类型", KINDS)
    closed_on = date("注销吊销日期", aliases=["注销日期"])
    why = code(
        "原因", {"歇业": "gave_up", "变更形式": "changed", "吊销": "revoked", "其他": "other"}, optional=True
    )
