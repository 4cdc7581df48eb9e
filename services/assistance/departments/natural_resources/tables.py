"""The tables of the natural resources bureau: titles to real estate, families under a geological hazard.

What is not declared (姓名, 坐落, 不动产单元号, 权证号) is left at the door and never kept.
"""

from __future__ import annotations

from shouwang.department import Table, code, date, id_number, monthly, number, place, text, yes_no

ID_ALIASES = ["公民身份号码", "证件号码", "权利人身份证号"]
LEVELS = {"高": "high", "中": "middle", "低": "low"}


class Titles(Table):
    """不动产登记: one row per unit and holder, all of the month; units elsewhere as far as shared."""

    title = "不动产登记"
    feed = monthly(stale_after_days=45)
    unique = ("unit", "person")

    unit = text("登记编号", aliases=["业务号"])
    person = id_number("身份证号", aliases=ID_ALIASES)
    kind = code(
        "房屋性质",
        {"农村宅基地": "homestead", "商品房": "market", "保障性住房": "public", "安置房": "resettlement",
         "商业用房": "shop", "车位": "parking", "其他": "other"},
        aliases=["用途"],
    )  # fmt: skip
    way = code(
        "取得方式",
        {
            "自建": "built",
            "购买": "bought",
            "继承": "inherited",
            "安置": "resettled",
            "赠与": "given",
            "其他": "other",
        },
    )
    where = code("所在地", {"本村": "village", "本县其他乡村": "county", "县城": "town", "县外": "outside"})
    area = number("建筑面积", places=2, unit="square_metre", optional=True)
    registered_on = date("登记日期")


class HazardHouseholds(Table):
    """地质灾害隐患点威胁户: one row per household by its head, as it stands now."""

    title = "地灾威胁户"
    feed = monthly(stale_after_days=45)
    unique = ("spot", "person")

    spot = text("隐患点编号")
    person = id_number("户主身份证号", aliases=["身份证号", "公民身份号码"])
    village = place("村居代码")
    level = code("风险等级", LEVELS)
    moved = yes_no("是否已搬迁避让", aliases=["是否搬避"], optional=True)
    listed_on = date("认定日期")
