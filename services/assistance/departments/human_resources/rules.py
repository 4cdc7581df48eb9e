"""Whose work is at risk, as far as the human resources bureau can see from its own registers (A-05)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import ibis
from ibis import _
from shouwang.department import Risk, rule

from .tables import Employment, Labour, Posts, PostWages

ABLE = ("ordinary", "skilled", "weak")
UNABLE = ("lost", "none")
WORKING = ("working", "flexible")
AFTER_POVERTY = ("monitored", "ex_poor")
ELSEWHERE = ("province", "beyond")
OUT = {"returned": "返乡未就业", "unemployed": "失业"}
ABILITIES = {"ordinary": "普通劳动力", "skilled": "技能劳动力", "weak": "弱劳动力或半劳动力"}


@rule(
    "S-05",
    risk=Risk.UNSTABLE_EMPLOYMENT,
    version=1,
    shows={"status": "务工状态", "ended_on": "返乡或失业日期", "ability": "劳动技能"},
)
def returned_without_work(employment: Employment, labour: Labour, posts: Posts, policy: Any, on: date) -> Any:
    """没有丧失劳动能力的人返乡或失业已满期限、没有公益性岗位，提示跟踪服务、二次就业."""
    until = on - timedelta(days=policy.returned_days)
    # A day that nobody noted does not make the loss of work less of one.
    long_ago = (_.ended_on <= until) | _.ended_on.isnull()
    out = employment.latest().filter(_.status.isin(list(OUT)), long_ago)
    idle = out.anti_join(_held(posts, on), "person")
    told = idle.left_join(labour.latest().select("person", "ability"), "person", rname="{name}_labour")
    # Who is not in the register of labour is not known to be unable.
    told = told.filter(_.ability.notin(UNABLE) | _.ability.isnull())
    status, ability = _.status.cases(*OUT.items()), _.ability.cases(*ABILITIES.items(), else_="未登记")
    return told.select("person", "ended_on", region=_.village, status=status, ability=ability)


@rule(
    "A-05",
    risk=Risk.UNSTABLE_EMPLOYMENT,
    version=1,
    shows={"workers": ("有劳动能力而未就业的人数", "persons")},
)
def household_without_job(labour: Labour, employment: Employment, posts: Posts, on: date) -> Any:
    """监测户、脱贫户有劳动力而全户没有一人就业，提示至少帮扶一人就业."""
    everybody = labour.latest()
    working = employment.latest().filter(_.status.isin(WORKING)).select("person")
    jobs = working.union(_held(posts, on).select("person"))
    earning = everybody.semi_join(jobs, "person").select("head")
    able = everybody.filter(
        _.standing.isin(AFTER_POVERTY), _.ability.isin(ABLE), _.wants_work.fill_null(True)
    )
    idle = able.anti_join(earning, "head").group_by("head")
    told = idle.agg(workers=_.count(), region=_.village.max())
    return told.select("workers", "region", person=_["head"])


@rule(
    "A-05",
    risk=Risk.UNSTABLE_EMPLOYMENT,
    version=1,
    shows={
        "owed": ("拖欠岗位补贴", "fen"),
        "months": ("拖欠月数", "months"),
        "since": "最早应发日期",
    },
)
def post_wages_owed(post_wages: PostWages, policy: Any, on: date) -> Any:
    """公益性岗位补贴到期没有足额发放，提示及时足额发放，杜绝拖欠."""
    until = on - timedelta(days=policy.wage_grace_days)
    late = post_wages.latest().filter(_.paid < _.due, _.due_on <= until)
    return late.group_by("person").agg(
        owed=_.due.sum() - _.paid.sum(),
        months=_.month.nunique(),
        since=_.due_on.min(),
        region=_.village.max(),
    )


@rule("A-05", risk=Risk.UNSTABLE_EMPLOYMENT, version=1, shows={"hired_on": "聘用日期"})
def post_without_pay(posts: Posts, post_wages: PostWages, policy: Any, on: date) -> Any:
    """在岗已满期限，岗位补贴台账里没有这个人，提示在岗领补."""
    until = on - timedelta(days=policy.first_wage_days)
    held = _held(posts, on).filter(_.hired_on <= until)
    unpaid = held.anti_join(post_wages.latest(), "person").group_by("person")
    return unpaid.agg(hired_on=_.hired_on.min(), region=_.village.max())


@rule("A-05", risk=Risk.UNSTABLE_EMPLOYMENT, version=1, shows={"reason": "不再符合的原因"})
def post_not_eligible(posts: Posts, labour: Labour, employment: Employment, on: date) -> Any:
    """在岗人员不再符合岗位条件（丧失劳动力、已在县外务工、聘期届满），提示有序退岗并接续帮扶."""
    abilities = labour.latest().select("person", "ability")
    away = employment.latest().filter(_.status.isin(WORKING), _.workplace.isin(ELSEWHERE))
    held = _held(posts, on).left_join(abilities, "person", rname="{name}_labour")
    judged = held.left_join(away.select("person", "workplace"), "person", rname="{name}_away")
    ends = _.hired_on + _.term_months.as_interval("M")
    reason = ibis.cases(
        (_.ability.isin(UNABLE), "没有劳动能力，不能履行岗位职责"),
        (_.workplace.notnull(), "已在县外务工，不在岗"),
        (ends <= on, "聘期届满"),
        else_=None,
    )
    told = judged.select("person", region=_.village, reason=reason).filter(_.reason.notnull())
    return told.group_by("person").agg(reason=_.reason.min(), region=_.region.max())


def _held(posts: Posts, on: date) -> Any:
    """Return the posts that are held on the day: nobody has left, or leaves later."""
    return posts.latest().filter(_.left_on.isnull() | (_.left_on > on))
