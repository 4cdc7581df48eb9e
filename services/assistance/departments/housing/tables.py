"""The tables of the housing bureau: appraisals, who was helped when, what disasters did, key groups.

All are ledgers that hold everything each time: a house without a row was not appraised, helped or damaged.
What is not declared (户主姓名, 房屋坐落, 联系电话, 银行账号) is left at the door and never kept.
"""

from __future__ import annotations

from shouwang.department import Table, code, date, id_number, money, monthly, place, text, yearly, yes_no

OWNER = "户主身份证号"
ID_ALIASES = ["身份证号", "公民身份号码", "产权人身份证号"]
LEDGER = monthly(stale_after_days=45)


class Appraisals(Table):
    """农房安全鉴定: one row per house, its newest appraisal."""

    title = "农房安全鉴定"
    feed = LEDGER
    unique = ("house",)

    house = text("房屋编号", aliases=["农房编码"])
    person = id_number(OWNER, aliases=ID_ALIASES)
    village = place("村居代码")
    grade = code(
        "鉴定等级",
        {"A": "A", "B": "B", "C": "C", "D": "D", "A级": "A", "B级": "B", "C级": "C", "D级": "D"},
        aliases=["危险性等级"],
    )
    appraised_on = date("鉴定日期")
    occupied = yes_no("是否有人居住", aliases=["是否居住"], optional=True)


class HelpedHouses(Table):
    """农村危房改造补助台账: one row per house and help, since the help began."""

    title = "危房改造补助"
    feed = LEDGER
    unique = ("claim",)

    claim = text("改造编号", aliases=["农户档案编号"])
    house = text("房屋编号", aliases=["农房编码"])
    person = id_number(OWNER, aliases=ID_ALIASES)
    way = code("改造方式", {"拆除重建": "rebuilt", "修缮加固": "repaired", "置换": "exchanged"})
    subsidy = money("补助金额", aliases=["补助资金"])
    helped_on = date("竣工验收日期", aliases=["验收日期"])


class DamagedHouses(Table):
    """因灾倒损农房台账: one row per house and disaster."""

    title = "因灾倒损农房"
    feed = monthly(stale_after_days=45, may_be_empty=True)
    unique = ("house", "happened_on")

    house = text("房屋编号", aliases=["农房编码"])
    person = id_number(OWNER, aliases=ID_ALIASES)
    village = place("村居代码")
    happened_on = date("受灾日期")
    damage = code("损坏程度", {"倒塌": "collapsed", "严重损坏": "severe", "一般损坏": "slight"})


class KeyGroups(Table):
    """住房保障重点对象名册: confirmed by civil affairs and rural revitalisation, one row per person."""

    title = "住房保障重点对象"
    feed = yearly(stale_after_days=120)
    unique = ("person",)

    person = id_number("身份证号", aliases=["公民身份号码"])
    group = code(
        "对象类别",
        {"防止返贫监测户": "monitored", "农村低保户": "minimum_living",
         "农村分散供养特困人员": "destitute_at_home", "农村低保边缘家庭": "margin",
         "其他脱贫户": "other_ex_poor"},
    )  # fmt: skip
    unable = yes_no("是否无力自行解决", optional=True)


class TownSewage(Table):
    """乡镇污水处理设施年报: one row per town and year. About places, no person in it."""

    title = "乡镇污水处理设施"
    feed = yearly(stale_after_days=365)
    unique = ("region",)

    region = place("乡镇代码")
    covered = yes_no("是否建成运行", aliases=["污水处理设施是否建成"])


class ArrangedHomes(Table):
    """安排居住的集体公租房、闲置公房和租赁农房: one row per person who lives there now."""

    title = "安排居住"
    feed = LEDGER
    unique = ("person",)

    person = id_number("身份证号", aliases=["公民身份号码"])
    kind = code("房源", {"集体公租房": "collective", "闲置公房": "public", "租赁农房": "rented"})
    since = date("入住日期")
