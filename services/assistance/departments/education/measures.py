"""What the education bureau can do (A-04): back to school, taught at home, subsidies, 雨露计划.

Sources: 湘委乡振组发〔2021〕1号 三(二)4 (L2346–2348), 湘振局发〔2021〕18号 第二章第二节一 (L1329) and
第三章第七节一 (L1740), 衡办发〔2021〕7号 三(二)4 (L3077). All amounts are fen, teaching is no money.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import ibis
from ibis import _
from shouwang.department import (
    Entitlement,
    Group,
    Person,
    Risk,
    State,
    entitled,
    measure,
    not_entitled,
    unknown,
    view,
)
from shouwang.money import Fen

from ._days import months_since, school_year_begin, term_begin
from ._year import elsewhere, rest_of_the_year
from .tables import AidList, Dropouts, HomeTeaching, Roll, Subsidies, VocationalAid

NOT_IN_NEED = "不属于家庭经济困难学生"
BELOW = ("kindergarten", "primary")
COMPULSORY = ("primary", "junior")
VOCATIONAL = ("vocational", "technical", "college")
SECONDARY_VOCATIONAL = ("vocational", "technical")
HIGHER = ("college", "bachelor", "graduate")
AFTER_POVERTY = ("monitored", "ex_poor")
GRANTS = {
    "kindergarten": "kindergarten",
    "senior": "senior",
    "vocational": "vocational",
    "technical": "vocational",
    "college": "college",
    "bachelor": "college",
    "graduate": "graduate",
}
GRANT_ITEMS = ("kindergarten", "senior", "vocational", "higher")
IN_NEED = (
    Group.MONITORED,
    Group.RELAPSED,
    Group.MINIMUM_LIVING,
    Group.DESTITUTE,
    Group.LOW_INCOME,
    Group.SEVERELY_DISABLED,
    Group.ORPHAN,
    Group.UNATTENDED_CHILD,
)


@view(
    shows={"status": "学籍状态", "stage": "学段", "boarding": "是否寄宿", "county": "就读县代码"},
    absent={"status": "none", "stage": "none", "boarding": None, "county": None},
)
def enrolment(roll: Roll) -> Any:
    """Where the person is at school; who is not on the roll is not at school."""
    return roll.latest().select("person", "status", "stage", "boarding", "county")


@view(
    shows={
        "away": "失学未复学",
        "excused": "身体原因有佐证材料",
        "untold": "身体原因，佐证材料没有登记",
    },
    absent=False,
)
def absence(dropouts: Dropouts) -> Any:
    """Whether the register has the child as away from school, and whether health is the proven reason."""
    away = dropouts.latest().filter(_.returned_on.isnull())
    ill = _.reason == "health"
    proven, untold = ill & _.health_record.fill_null(False), ill & _.health_record.isnull()
    return away.select("person", away=ibis.literal(True), excused=proven, untold=untold)


@view(shows={"taught": "已在送教上门"}, absent=False)
def at_home(home_teaching: HomeTeaching) -> Any:
    """Whether the child is taught at home this month."""
    return home_teaching.latest().select("person", taught=_.times > 0)


@view(shows={"aided_as": "资助对象类别"}, absent="none")
def aid(aid_list: AidList) -> Any:
    """The category of a pupil in the “一单式” comparison."""
    return aid_list.latest().select("person", "aided_as")


@view(
    shows={"living": ("本学年已发生活补助", "fen"), "grant": ("本学年已发助学金", "fen")},
    absent=0,
)
def paid(subsidies: Subsidies, on: date) -> Any:
    """What was paid since the school year began: the standards are those of a year (decision 0258)."""
    living, grant = _paid_for("boarding", "day_pupil"), _paid_for(*GRANT_ITEMS)
    begin = school_year_begin(on)
    brought = subsidies.within(months=months_since(begin, on))
    # A file may bring a payment of the year before late: the day of payment decides.
    year = brought.filter(_.paid_on >= begin, _.paid_on <= on).group_by("person")
    return year.agg(living=living, grant=grant)


@view(shows={"vocational_aid_paid": ("本学期已发雨露计划补助", "fen")}, absent=0)
def rain(vocational_aid: VocationalAid, on: date) -> Any:
    """What 雨露计划 paid since the term began: each term has its own payment (decision 0272)."""
    begin = term_begin(on)
    brought = vocational_aid.within(months=months_since(begin, on))
    term = brought.filter(_.paid_on >= begin, _.paid_on <= on).group_by("person")
    return term.agg(vocational_aid_paid=_.amount.sum())


@measure(
    code="A46-01",
    title="“三帮一”劝返复学",
    risks=[State.SCHOOL, Risk.EDUCATION],
    evidence=["劝返复学登记表", "复学证明"],
    rule="A-04",
)
def back_to_school(person: Person, enrolment: Any, absence: Any, policy: Any, on: date) -> Entitlement:
    """适龄儿童少年失学辍学的，由“三帮一”责任人劝返；身体原因不具备学习条件且有佐证的除外."""
    if not _of_age(person, policy, on):
        return not_entitled("不在义务教育年龄")
    if absence.excused:
        return not_entitled("身体原因不具备学习条件，有佐证材料，转送教上门")
    if _completed(enrolment):
        return not_entitled("已完成义务教育")
    if enrolment.status == "studying" and enrolment.stage != "kindergarten" and not absence.away:
        return not_entitled("在校就读")
    return entitled(reason=f"由 {policy.return_helpers} 名责任人包帮劝返，直至复学")


@measure(
    code="A46-02",
    title="送教上门",
    risks=[State.SCHOOL, Risk.EDUCATION, Risk.DISABILITY],
    evidence=["送教上门记录表"],
    rule="A-04",
)
def home_lessons(person: Person, absence: Any, at_home: Any, policy: Any, on: date) -> Entitlement:
    """身体原因不具备到校学习条件的适龄儿童少年，送教上门."""
    if not _of_age(person, policy, on):
        return not_entitled("不在义务教育年龄")
    if at_home.taught:
        return not_entitled("已在送教上门", receiving=True)
    if absence.untold:
        return unknown("身体原因失学，有没有佐证材料没有登记，请先核实")
    if not absence.excused:
        return not_entitled("没有身体原因不具备学习条件的佐证材料，应到校就读")
    return entitled(reason=f"每月不少于 {policy.home_lessons_a_month} 次")


@measure(
    code="A46-03",
    title="寄宿生生活补助",
    risks=[State.SCHOOL, Risk.EDUCATION],
    evidence=["资助发放凭证"],
    rule="A-04",
)
def boarding_subsidy(person: Person, enrolment: Any, aid: Any, paid: Any, policy: Any) -> Entitlement:
    """义务教育阶段家庭经济困难寄宿生，按学段补助（两免一补）."""
    if not _at_compulsory_school(enrolment):
        return not_entitled("不在义务教育阶段就读")
    if not enrolment.boarding:
        return not_entitled("不是寄宿生")
    if not _in_need(person, aid):
        return not_entitled(NOT_IN_NEED)
    standard = _of_stage(policy.boarding_subsidy, enrolment)
    return rest_of_the_year(standard, paid.living, "生活补助", elsewhere(enrolment, policy))


@measure(
    code="A46-04",
    title="家庭经济困难非寄宿生生活补助",
    risks=[State.SCHOOL, Risk.EDUCATION],
    evidence=["资助发放凭证"],
    rule="A-04",
)
def day_pupil_subsidy(person: Person, enrolment: Any, aid: Any, paid: Any, policy: Any) -> Entitlement:
    """义务教育阶段低保、特困、残疾、监测对象等家庭经济困难的非寄宿生，按学段补助."""
    if not _at_compulsory_school(enrolment):
        return not_entitled("不在义务教育阶段就读")
    if enrolment.boarding:
        return not_entitled("是寄宿生，享受寄宿生生活补助")
    if not _in_need(person, aid):
        return not_entitled(NOT_IN_NEED)
    standard = _of_stage(policy.day_pupil_subsidy, enrolment)
    return rest_of_the_year(standard, paid.living, "生活补助", elsewhere(enrolment, policy))


@measure(
    code="A47-01",
    title="雨露计划补助",
    risks=[Risk.EDUCATION],
    evidence=["职业（技工）学校学籍证明", "补助发放凭证"],
    rule="A-04",
)
def vocational_subsidy(person: Person, enrolment: Any, aid: Any, rain: Any, policy: Any) -> Entitlement:
    """就读职业（技工）学校的监测对象、脱贫户子女，每学期补助一次."""
    if enrolment.status != "studying" or enrolment.stage not in VOCATIONAL:
        return not_entitled("不在职业（技工）学校就读")
    if not (_is(person, Group.MONITORED) or aid.aided_as in AFTER_POVERTY or person.is_any(Group.MONITORED)):
        return not_entitled("不是监测对象、脱贫户子女")
    if rain.vocational_aid_paid > 0:
        return not_entitled("本学期雨露计划补助已发放", receiving=True)
    return entitled(policy.vocational_aid_a_term, reason="按学期发放", receiving=False)


@measure(
    code="A47-02",
    title="国家助学贷款",
    risks=[Risk.EDUCATION],
    evidence=["助学贷款受理证明"],
    rule="A-04",
)
def student_loan(person: Person, enrolment: Any, aid: Any) -> Entitlement:
    """高等教育阶段家庭经济困难学生，按需申请，毕业后偿还."""
    if enrolment.status != "studying" or enrolment.stage not in HIGHER:
        return not_entitled("不在高等学校就读")
    if not _in_need(person, aid):
        return not_entitled(NOT_IN_NEED)
    return entitled(reason="按需申请，须偿还")


@measure(
    code="A47-03",
    title="国家助学金（学前至高等教育）",
    risks=[Risk.EDUCATION],
    evidence=["资助发放凭证"],
    rule="A-04",
)
def grant(person: Person, enrolment: Any, aid: Any, paid: Any, policy: Any) -> Entitlement:
    """学前教育、普通高中、中职、高等教育阶段家庭经济困难学生，按学段资助."""
    if enrolment.status != "studying":
        return not_entitled("没有在读学籍")
    if enrolment.stage in COMPULSORY:
        return not_entitled("义务教育阶段享受生活补助，不另发助学金")
    if not _in_need(person, aid):
        return not_entitled(NOT_IN_NEED)
    standard = policy.grant[GRANTS[enrolment.stage]].value
    return rest_of_the_year(standard, paid.grant, "助学金", elsewhere(enrolment, policy))


@measure(
    code="A47-04",
    title="中等职业教育免学费",
    risks=[Risk.EDUCATION],
    evidence=["免学费学生名册"],
    rule="A-04",
)
def tuition_free(enrolment: Any, person: Person, aid: Any) -> Entitlement:
    """中职、技工在读的家庭经济困难学生免学费，由财政补给学校，不发到个人."""
    if enrolment.status != "studying" or enrolment.stage not in SECONDARY_VOCATIONAL:
        return not_entitled("不在中职、技工学校就读")
    if not _in_need(person, aid):
        return not_entitled(NOT_IN_NEED)
    return entitled(reason="免学费，补给学校")


def _paid_for(*items: str) -> Any:
    return _.amount.sum(where=_.item.isin(items)).fill_null(0)


def _of_age(person: Person, policy: Any, on: date) -> bool:
    ages = policy.compulsory_school
    return bool(ages.least <= person.age_on(on) <= ages.most)


def _at_compulsory_school(enrolment: Any) -> bool:
    return enrolment.status == "studying" and enrolment.stage in COMPULSORY


def _completed(enrolment: Any) -> bool:
    return enrolment.status == "graduated" and enrolment.stage not in BELOW


def _of_stage(amounts: Any, enrolment: Any) -> Fen:
    found: Fen = amounts.primary if enrolment.stage == "primary" else amounts.junior
    return found


def _is(person: Person, *groups: Group) -> bool:
    """Say whether a group is known to apply; False also where nobody said."""
    return bool((person.groups or frozenset()) & set(groups)) and person.is_any(*groups)


def _in_need(person: Person, aid: Any) -> bool:
    """Say whether asker or “一单式” names the pupil; unknown where neither says."""
    return _is(person, *IN_NEED) or aid.aided_as != "none" or person.is_any(*IN_NEED)
