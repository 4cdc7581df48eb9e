"""The tables of the development and reform bureau: relocated people, jobs at sites, work-for-relief wages.

What is not declared (姓名, 用工单位, 电话, 银行账号) is left at the door and never kept.
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

ID = "身份证号"
ID_ALIASES = ["公民身份号码", "证件号码"]


class RelocatedPersons(Table):
    """易地扶贫搬迁人员: one row per relocated person, as things stand."""

    title = "易地搬迁人员"
    feed = quarterly(stale_after_days=100)
    unique = ("person",)

    person = id_number(ID, aliases=ID_ALIASES)
    householder = id_number("户主身份证号")
    village = place("安置点所在村居代码", aliases=["安置点区划代码"])
    settled = code("安置方式", {"集中安置": "site", "分散安置": "scattered"})
    labour = yes_no("是否劳动力", aliases=["有无劳动能力"])
    willing = yes_no("是否有就业意愿", optional=True)
    employed = yes_no("是否就业", aliases=["是否在岗"], optional=True)
    deed = yes_no("是否办理不动产登记", aliases=["安置住房是否登记"], optional=True)


class SiteJobs(Table):
    """安置区岗位: one row per place and kind of job. About places, no person in it."""

    title = "安置区岗位"
    feed = quarterly(stale_after_days=100)
    unique = ("village", "kind")

    village = place("安置点所在村居代码", aliases=["安置点区划代码"])
    kind = code("岗位类别", {"公益性岗位": "public", "政府投资项目": "project", "企业和车间": "enterprise"})
    vacant = whole("空缺岗位数", aliases=["空岗数"])


class WorkReliefWages(Table):
    """以工代赈劳务报酬: one row per person, project and month, of this year and the last."""

    title = "以工代赈报酬"
    feed = monthly(stale_after_days=45, may_be_empty=True)
    unique = ("project", "person", "pay_due_on")

    project = text("项目编号", aliases=["以工代赈项目编号"])
    person = id_number(ID, aliases=ID_ALIASES)
    village = place("项目所在村居代码", aliases=["村居代码"])
    days = whole("务工天数", most=31)
    due = money("应发报酬", aliases=["应发劳务报酬"])
    paid = money("已发报酬", aliases=["实发劳务报酬"], blank=0, sum_at_most="due")
    pay_due_on = date("应发日期")
