"""The tables of the education bureau. The headings are those of its own exports.

Full lists, of which the newest says everything: 适龄儿童, 学籍, 失学辍学, 送教上门, 资助对象, 雨露计划毕业生.
Events, of which a term is read: 资助发放, 雨露计划发放. What is not declared (姓名, 住址, 学校名称, 班级,
家长电话, 银行卡号, 病种) is left at the door and never kept.
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

ID_ALIASES = ["公民身份号码", "证件号码", "学生身份证号"]
VILLAGE_ALIASES = ["户籍村居代码", "户籍所在村代码"]


class SchoolAge(Table):
    """适龄儿童少年花名册 (文化户口册): one row per child of the county, at school or not."""

    title = "适龄儿童少年"
    feed = quarterly(stale_after_days=60)
    unique = ("person",)

    person = id_number("身份证号", aliases=ID_ALIASES)
    village = place("村居代码", aliases=VILLAGE_ALIASES)
    born = date("出生日期", aliases=["出生年月日"])


class Roll(Table):
    """学籍: one row per pupil whose household is of the county, also of those at school elsewhere.

    Graduates stay in it with their last stage, so that who has finished is not taken for a drop-out. The
    roll is not exported in the two months of summer: it may be that old.
    """

    title = "学籍"
    feed = monthly(stale_after_days=75)
    unique = ("person",)

    person = id_number("身份证号", aliases=ID_ALIASES)
    village = place("村居代码", aliases=VILLAGE_ALIASES)
    stage = code(
        "学段",
        {"学前教育": "kindergarten", "小学": "primary", "初中": "junior", "普通高中": "senior",
         "中职": "vocational", "技工": "technical", "高职高专": "college", "本科": "bachelor",
         "研究生": "graduate"},
        aliases=["就读学段"],
    )  # fmt: skip
    status = code(
        "学籍状态",
        {"在读": "studying", "休学": "suspended", "毕业": "graduated", "退学": "left",
         "转出未接收": "in_transfer"},
        aliases=["学生状态"],
    )  # fmt: skip
    boarding = yes_no("是否寄宿", aliases=["是否住校"], optional=True)
    county = text("就读县代码", aliases=["学校所在县代码"], longest=6)


class Dropouts(Table):
    """失学辍学劝返台账: one row per child, the last time; those back at school stay with their date."""

    title = "失学辍学"
    feed = monthly(stale_after_days=45, may_be_empty=True)
    unique = ("person",)

    person = id_number("身份证号", aliases=ID_ALIASES)
    village = place("村居代码", aliases=VILLAGE_ALIASES)
    kind = code(
        "失学类型",
        {"未入学": "never_enrolled", "辍学": "dropped_out", "休学": "on_leave", "延缓入学": "deferred"},
    )
    reason = code(
        "原因",
        {"身体原因": "health", "厌学": "unwilling", "外出务工": "work", "家庭困难": "poverty",
         "早婚早育": "marriage", "其他": "other", "未登记": "unsaid"},
        aliases=["失学辍学原因"],
    )  # fmt: skip
    health_record = yes_no("身体原因佐证材料", aliases=["医学证明"], optional=True)
    since = date("失学日期", aliases=["辍学日期"])
    helpers = whole("劝返责任人数", aliases=["三帮一人数"], optional=True, most=20)
    visits = whole("劝返次数", optional=True, most=1000)
    returned_on = date("复学日期", optional=True)


class HomeTeaching(Table):
    """送教上门: one row per child who is taught at home, with the visits of the month."""

    title = "送教上门"
    feed = monthly(stale_after_days=75)
    unique = ("person",)

    person = id_number("身份证号", aliases=ID_ALIASES)
    village = place("村居代码", aliases=VILLAGE_ALIASES)
    times = whole("本月送教次数", aliases=["送教次数"], most=31)


class AidList(Table):
    """资助对象: who the “一单式” comparison says is to be subsidised, one row per pupil."""

    title = "资助对象"
    feed = monthly(stale_after_days=75)
    unique = ("person",)

    person = id_number("身份证号", aliases=ID_ALIASES)
    aided_as = code(
        "对象类别",
        {"监测对象": "monitored", "脱贫户": "ex_poor", "低保": "minimum_living", "特困": "destitute",
         "残疾": "disabled", "孤儿": "orphan", "事实无人抚养儿童": "unattended", "其他困难": "other"},
        aliases=["困难类型"],
    )  # fmt: skip
    listed_on = date("认定日期")


class Subsidies(Table):
    """学生资助发放: one row per payment."""

    title = "资助发放"
    feed = monthly(stale_after_days=45, may_be_empty=True)
    unique = ("voucher",)

    voucher = text("发放编号", aliases=["发放流水号"])
    person = id_number("身份证号", aliases=ID_ALIASES)
    item = code(
        "资助项目",
        {"学前教育资助": "kindergarten", "寄宿生生活补助": "boarding", "非寄宿生生活补助": "day_pupil",
         "普通高中助学金": "senior", "中职助学金": "vocational", "高校助学金": "higher", "其他": "other"},
    )  # fmt: skip
    amount = money("发放金额", aliases=["资助金额"])
    paid_on = date("发放日期")


class VocationalAid(Table):
    """雨露计划发放: one row per payment, once a term."""

    title = "雨露计划发放"
    feed = monthly(stale_after_days=45, may_be_empty=True)
    unique = ("voucher",)

    voucher = text("发放编号", aliases=["发放流水号"])
    person = id_number("身份证号", aliases=ID_ALIASES)
    amount = money("补助金额", aliases=["发放金额"])
    paid_on = date("发放日期")


class Graduates(Table):
    """雨露计划毕业生就业台账: one row per graduate, of earlier years too, with what became of them."""

    title = "雨露计划毕业生"
    feed = monthly(stale_after_days=75)
    unique = ("person",)

    person = id_number("身份证号", aliases=ID_ALIASES)
    village = place("村居代码", aliases=VILLAGE_ALIASES)
    graduated_on = date("毕业日期")
    outcome = code(
        "毕业去向",
        {"已就业": "employed", "升学": "studies_on", "参军": "army", "自主创业": "own_business",
         "未就业": "unemployed", "未摸排": "unasked"},
    )  # fmt: skip
