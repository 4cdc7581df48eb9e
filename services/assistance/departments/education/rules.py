"""Whose schooling is at risk, as far as the education bureau can see from its own registers (A-04)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from ibis import _
from shouwang.department import Risk, State, rule

from ._days import months_since, term_begin
from ._provided import excused, of_compulsory_age, provided
from .tables import AidList, Dropouts, Graduates, Roll, SchoolAge, Subsidies, VocationalAid

VOCATIONAL = ("vocational", "technical", "college")
AFTER_POVERTY = ("monitored", "ex_poor")
WITHOUT_JOB = {"unemployed": "未就业", "unasked": "未摸排"}
STATUSES = {
    "studying": "在读学前教育",
    "suspended": "休学",
    "graduated": "毕业（未完成初中）",
    "left": "退学",
    "in_transfer": "转出未接收",
}
KINDS = {"never_enrolled": "未入学", "dropped_out": "辍学", "on_leave": "休学", "deferred": "延缓入学"}
REASONS = {
    "health": "身体原因（无佐证材料）",
    "unwilling": "厌学",
    "work": "外出务工",
    "poverty": "家庭困难",
    "marriage": "早婚早育",
    "other": "其他",
    "unsaid": "未登记",
}
STAGES = {
    "kindergarten": "学前教育",
    "primary": "小学",
    "junior": "初中",
    "senior": "普通高中",
    "vocational": "中职",
    "technical": "技工",
    "college": "高职高专",
    "bachelor": "本科",
    "graduate": "研究生",
}
CATEGORIES = {
    "monitored": "监测对象",
    "ex_poor": "脱贫户",
    "minimum_living": "低保",
    "destitute": "特困",
    "disabled": "残疾",
    "orphan": "孤儿",
    "unattended": "事实无人抚养儿童",
    "other": "其他困难",
}


@rule("S-05", risk=State.SCHOOL, version=1, shows={"status": "学籍状态"})
def not_at_school(school_age: SchoolAge, roll: Roll, dropouts: Dropouts, policy: Any, on: date) -> Any:
    """义务教育适龄，没有在读学籍也未初中毕业，且没有身体原因的佐证材料，提示核实."""
    children = of_compulsory_age(school_age, policy, on)
    missing = children.anti_join(provided(roll.latest()), "person")
    left = missing.anti_join(excused(dropouts.latest()), "person")
    known = left.left_join(roll.latest().select("person", "status"), "person")
    status = _.status.cases(*STATUSES.items(), else_="无学籍记录")
    return known.select("person", region=_.village, status=status)


@rule(
    "S-05",
    risk=State.SCHOOL,
    version=1,
    shows={
        "kind": "失学类型",
        "reason": "原因",
        "since": "失学日期",
        "helpers": ("劝返责任人数", "persons"),
        "visits": ("劝返次数", "times"),
    },
)
def dropped_out(dropouts: Dropouts) -> Any:
    """失学辍学台账中尚未复学，且不属于有佐证材料的身体原因，提示劝返."""
    register = dropouts.latest()
    away = register.filter(_.returned_on.isnull()).anti_join(excused(register), "person")
    kind, reason = _.kind.cases(*KINDS.items()), _.reason.cases(*REASONS.items())
    return away.select("person", "since", "helpers", "visits", region=_.village, kind=kind, reason=reason)


@rule("A-04", risk=Risk.EDUCATION, version=1, shows={"stage": "就读学段", "category": "资助对象类别"})
def subsidy_missed(aid_list: AidList, roll: Roll, subsidies: Subsidies, policy: Any, on: date) -> Any:
    """资助对象在本县就读，认定已满期限，近一学期没有任何资助发放，提示核实."""
    # A month that did not come could hold the payment: then it is unknown whether anything is missing.
    paid = subsidies.within(months=policy.term_months)
    here = roll.latest().filter(_.status == "studying", _.county == policy.region)
    due = here.inner_join(_listed(aid_list, policy, on), "person")
    stage, category = _.stage.cases(*STAGES.items()), _.aided_as.cases(*CATEGORIES.items())
    missed = due.anti_join(paid, "person")
    return missed.select("person", region=_.village, stage=stage, category=category)


@rule("A-04", risk=Risk.EDUCATION, version=2, shows={"stage": "就读学段", "category": "资助对象类别"})
def vocational_aid_missed(
    aid_list: AidList, roll: Roll, vocational_aid: VocationalAid, policy: Any, on: date
) -> Any:
    """监测对象、脱贫户子女就读职业（技工）学校，认定和开学都已满期限，学期开始以来没有发放雨露计划补助，提示核实."""
    # In the first days of a term it is the term before that may have been missed (decision 0288).
    begin = term_begin(on - timedelta(days=policy.aid_due_days))
    brought = vocational_aid.within(months=months_since(begin, on))
    paid = brought.filter(_.paid_on >= begin)
    pupils = roll.latest().filter(_.status == "studying", _.stage.isin(VOCATIONAL))
    listed = _listed(aid_list, policy, on).filter(_.aided_as.isin(AFTER_POVERTY))
    stage, category = _.stage.cases(*STAGES.items()), _.aided_as.cases(*CATEGORIES.items())
    missed = pupils.inner_join(listed, "person").anti_join(paid, "person")
    return missed.select("person", region=_.village, stage=stage, category=category)


@rule(
    "A-04",
    risk=Risk.UNSTABLE_EMPLOYMENT,
    version=1,
    shows={"graduated_on": "毕业日期", "outcome": "毕业去向"},
)
def graduate_without_job(graduates: Graduates, policy: Any, on: date) -> Any:
    """雨露计划毕业生毕业满期限仍未就业或没有摸排，提示“一对一”就业帮扶."""
    until = on - timedelta(days=policy.graduate_job_days)
    waiting = graduates.latest().filter(_.graduated_on <= until, _.outcome.isin(list(WITHOUT_JOB)))
    outcome = _.outcome.cases(*WITHOUT_JOB.items())
    return waiting.select("person", "graduated_on", region=_.village, outcome=outcome)


def _listed(aid_list: AidList, policy: Any, on: date) -> Any:
    until = on - timedelta(days=policy.aid_due_days)
    return aid_list.latest().filter(_.listed_on <= until).select("person", "aided_as")
