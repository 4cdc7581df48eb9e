"""The tables of the household registration office: who is registered where, what changed in the month.

What is not declared (姓名, 曾用名, 住址, 职业, 死亡原因) is left at the door and never kept. The number of
the household on the register (户号) is kept: it says who is registered together.
"""

from __future__ import annotations

from shouwang.department import Table, code, date, id_number, monthly, place, text

ID_ALIASES = ["身份证号", "公民身份号码", "证件号码"]
VILLAGE_ALIASES = ["户籍地村居代码", "户籍所在村代码"]


class HouseholdRegister(Table):
    """常住户口登记: one row per person registered in the county, all of the month."""

    title = "户籍登记"
    feed = monthly(stale_after_days=45)
    unique = ("person",)

    person = id_number("公民身份号码", aliases=ID_ALIASES)
    household = text("户号", longest=20)
    village = place("村居代码", aliases=VILLAGE_ALIASES)
    kind = code("户籍类别", {"农村": "rural", "城镇": "town"}, aliases=["城乡类别"])
    registered_on = date("登记日期", aliases=["落户日期"], optional=True)


class RegisterChanges(Table):
    """户口变动: one row per event that the office recorded in the month."""

    title = "户口变动"
    feed = monthly(stale_after_days=45, may_be_empty=True)
    unique = ("person", "kind", "happened_on")

    person = id_number("公民身份号码", aliases=ID_ALIASES)
    village = place("村居代码", aliases=VILLAGE_ALIASES)
    kind = code(
        "变动类别",
        {"出生": "birth", "死亡": "death", "迁入": "move_in", "迁出": "move_out", "其他注销": "cancelled",
         "恢复户口": "restored"},
    )  # fmt: skip
    happened_on = date("变动日期", aliases=["发生日期"])
    born_on = date("出生日期")
