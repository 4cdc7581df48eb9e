"""The tables of the traffic police: vehicles on the register, casualties of road accidents.

What is not declared (姓名, 号牌, 车架号, 住址, 事故经过) is left at the door and never kept.
"""

from __future__ import annotations

from shouwang.department import Table, code, date, id_number, money, monthly, place, text

ID_ALIASES = ["身份证号", "公民身份号码", "机动车所有人证件号码"]
GRADES = {"死亡": "dead", "重伤": "grave", "轻伤": "slight"}


class RegisteredVehicles(Table):
    """机动车登记: one row per vehicle of a person of the county, all of the month."""

    title = "机动车登记"
    feed = monthly(stale_after_days=45)
    unique = ("vehicle",)

    vehicle = text("登记编号", aliases=["机动车登记编号"])
    person = id_number("所有人身份证号", aliases=ID_ALIASES)
    kind = code(
        "车辆类型",
        {"小型汽车": "car", "微型汽车": "car", "大中型客货车": "heavy", "摩托车": "motorcycle",
         "普通摩托车": "motorcycle", "轻便摩托车": "motorcycle", "三轮汽车": "tricycle",
         "低速货车": "farm_truck"},
    )  # fmt: skip
    state = code(
        "机动车状态", {"正常": "normal", "逾期未检验": "unchecked", "查封": "seized", "报废注销": "scrapped"}
    )
    worth = money("评估价值", aliases=["购置价格"], optional=True)
    registered_on = date("登记日期", aliases=["初次登记日期"])


class Casualties(Table):
    """道路交通事故伤亡: one row per person and accident, of this year and the last."""

    title = "交通事故伤亡"
    feed = monthly(stale_after_days=45, may_be_empty=True)
    unique = ("accident", "person")

    accident = text("事故编号")
    person = id_number("伤亡人员身份证号", aliases=["身份证号", "公民身份号码"])
    village = place("村居代码", aliases=["户籍地村居代码"])
    happened_on = date("事故日期")
    grade = code("伤亡程度", GRADES)
