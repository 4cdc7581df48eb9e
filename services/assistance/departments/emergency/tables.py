"""The tables of the emergency bureau: disasters by place, who was hit with what loss, what relief was paid.

What is not declared (户主姓名, 住址, 电话, 银行账号) is left at the door and never kept.
"""

from __future__ import annotations

from shouwang.department import Table, code, date, id_number, money, monthly, place, text, whole

EVENT = "灾害编号"
EVENT_ALIASES = ["灾情编号", "灾害事件编号"]
LEDGER = monthly(stale_after_days=45, may_be_empty=True)
KINDS = {
    "洪涝灾害": "flood",
    "地质灾害": "geological",
    "旱灾": "drought",
    "生物灾害": "biological",
    "气象灾害": "weather",
    "地震灾害": "earthquake",
    "火灾": "fire",
    "其他": "other",
}
"""附件6 A27a, with fires of dwellings apart (湘委乡振组发〔2021〕1号 四(一))."""


class Disasters(Table):
    """灾情统计台账: one row per event and village, of this year and the last. No person in it."""

    title = "灾情统计"
    # A sign of this month cannot stand on last month's figures
    feed = monthly(stale_after_days=28, may_be_empty=True)
    unique = ("event", "region")

    event = text(EVENT, aliases=EVENT_ALIASES)
    region = place("村居代码", aliases=["受灾村居代码"])
    kind = code("灾害种类", KINDS)
    happened_on = date("发生日期")
    households = whole("受灾户数", optional=True)
    collapsed = whole("倒塌房屋户数", aliases=["倒房户数"], optional=True)


class Victims(Table):
    """受灾户台账: one row per household (户主) and event, of this year and the last."""

    title = "受灾户"
    feed = LEDGER
    unique = ("event", "person")

    event = text(EVENT, aliases=EVENT_ALIASES)
    person = id_number("户主身份证号", aliases=["身份证号", "公民身份号码"])
    village = place("村居代码")
    kind = code("灾害种类", KINDS)
    happened_on = date("受灾日期")
    loss = money("直接经济损失", aliases=["经济损失"])
    persons = whole("需救助人数", most=30)


class Relief(Table):
    """救助发放台账: one row per household, event and kind of relief, of this year and the last."""

    title = "救助发放"
    feed = LEDGER
    unique = ("event", "person", "kind")

    event = text(EVENT, aliases=EVENT_ALIASES)
    person = id_number("户主身份证号", aliases=["身份证号", "公民身份号码"])
    kind = code(
        "救助类别",
        {"应急期救助": "emergency", "过渡期救助": "transition", "倒损住房恢复重建": "rebuilding",
         "旱灾救助": "drought", "冬春救助": "winter"},
    )  # fmt: skip
    amount = money("救助金额")
    paid_on = date("发放日期")
