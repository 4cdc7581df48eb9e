"""The tables of the human resources bureau. The headings are those of its own exports.

Full lists, of which the newest says everything: 劳动力台账, 务工台账, 公益性岗位, 岗位补贴 (a year).
Events: 就业服务, 交通补贴. What is not declared (姓名, 电话, 用工单位, 工资, 银行卡号) is left at the
door and never kept.
"""

from __future__ import annotations

from shouwang.department import Table, code, date, id_number, money, monthly, place, text, whole, yes_no

ID_ALIASES = ["公民身份号码", "证件号码"]
VILLAGE_ALIASES = ["户籍村居代码", "户籍所在村代码"]
WORKPLACES = {"县内": "county", "省内县外": "province", "省外": "beyond"}


class Labour(Table):
    """农村劳动力资源台账: one row per person of a household with labour, with what the person wants."""

    title = "劳动力台账"
    feed = monthly(stale_after_days=75)
    unique = ("person",)

    person = id_number("身份证号", aliases=ID_ALIASES)
    head = id_number("户主身份证号")
    village = place("村居代码", aliases=VILLAGE_ALIASES)
    standing = code(
        "农户类型", {"监测对象": "monitored", "脱贫户": "ex_poor", "一般农户": "ordinary_household"}
    )
    ability = code(
        "劳动技能",
        {"普通劳动力": "ordinary", "技能劳动力": "skilled", "弱劳动力或半劳动力": "weak",
         "丧失劳动力": "lost", "无劳动力": "none"},
        aliases=["劳动能力"],
    )  # fmt: skip
    wants_work = yes_no("就业意愿", aliases=["是否有就业意愿"], optional=True)


class Employment(Table):
    """务工台账: one row per person, the last job; who came back or lost it stays with that day."""

    title = "务工台账"
    feed = monthly(stale_after_days=45)
    unique = ("person",)

    person = id_number("身份证号", aliases=ID_ALIASES)
    village = place("村居代码", aliases=VILLAGE_ALIASES)
    status = code(
        "务工状态",
        {"在岗": "working", "灵活就业": "flexible", "返乡未就业": "returned", "失业": "unemployed"},
        aliases=["就业状态"],
    )
    workplace = code("务工区域", WORKPLACES, aliases=["务工地点"], optional=True)
    ended_on = date("返乡或失业日期", aliases=["离岗日期"], optional=True)


class Posts(Table):
    """乡村公益性岗位台账: one row per post and holder; who left stays with the day."""

    title = "公益性岗位"
    feed = monthly(stale_after_days=45)
    unique = ("post", "person")

    post = text("岗位编号")
    person = id_number("身份证号", aliases=ID_ALIASES)
    village = place("村居代码", aliases=["设岗村居代码"])
    kind = code(
        "岗位类别",
        {"保洁员": "cleaner", "护林员": "forest", "护草员": "grass", "护路员": "road", "其他": "other"},
    )
    by_need = yes_no("按需设岗审批", optional=True)
    hired_on = date("聘用日期", aliases=["上岗日期"])
    term_months = whole("聘期月数", aliases=["聘期（月）"], least=1, most=60)
    left_on = date("退岗日期", optional=True)


class PostWages(Table):
    """公益性岗位补贴发放台账: one row per post, holder and month, all months of twelve; unpaid ones too."""

    title = "岗位补贴"
    feed = monthly(stale_after_days=45)
    unique = ("post", "person", "month")

    post = text("岗位编号")
    person = id_number("身份证号", aliases=ID_ALIASES)
    village = place("村居代码", aliases=["设岗村居代码"])
    month = text("补贴月份", longest=7)
    due = money("应发金额")
    paid = money("实发金额", blank=0, sum_at_most="due")
    due_on = date("应发日期")


class Services(Table):
    """“311”就业服务记录: one row per job offered, guidance given, training finished."""

    title = "就业服务"
    feed = monthly(stale_after_days=45)
    unique = ("record",)

    record = text("服务编号")
    person = id_number("身份证号", aliases=ID_ALIASES)
    service = code("服务类别", {"岗位推荐": "offer", "职业指导": "guidance", "免费技能培训": "training"})
    done_on = date("服务日期")


class TravelSubsidies(Table):
    """外出务工交通补贴发放: one row per payment."""

    title = "交通补贴"
    feed = monthly(stale_after_days=45, may_be_empty=True)
    unique = ("voucher",)

    voucher = text("发放编号", aliases=["发放流水号"])
    person = id_number("身份证号", aliases=ID_ALIASES)
    amount = money("补贴金额")
    paid_on = date("发放日期")
