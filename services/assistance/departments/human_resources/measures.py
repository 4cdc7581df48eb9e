"""What the human resources bureau can do (A-05): 311 services, travel subsidy, public-welfare posts.

Sources: 湘振局发〔2021〕18号 第二章第四节二、三 (L1383–1389), 湘委乡振组发〔2021〕1号 三(二)2 (L2342),
国乡振发〔2023〕8号 二, 农业农村部 2024-10-21 意见 5, 6, 9. All amounts are fen. Services are no money;
money is given for work done or gone to, never for nothing (A-08).
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
    view,
)
from shouwang.periods import Month

from .rules import ABLE, OUT, WORKING
from .tables import Employment, Labour, Posts, Services, TravelSubsidies

RISKS = [Risk.UNSTABLE_EMPLOYMENT, State.INCOME]


@view(shows={"standing": "农户类型", "wants_work": "就业意愿"})
def register(labour: Labour) -> Any:
    """The person in the register of labour; who is not in it is unknown."""
    return labour.latest().select("person", "standing", "wants_work")


@view(
    shows={"status": "务工状态", "workplace": "务工区域"},
    absent={"status": "none", "workplace": "none"},
)
def job(employment: Employment) -> Any:
    """The last job; who is not in the register has none."""
    return employment.latest().select("person", "status", "workplace")


@view(shows={"held": "在公益性岗位"}, absent=False)
def post(posts: Posts, on: date) -> Any:
    """Whether the person holds a public-welfare post."""
    held = posts.latest().filter(_.left_on.isnull() | (_.left_on > on))
    return held.select("person").distinct().mutate(held=ibis.literal(True))


@view(
    shows={
        "offers": ("本年岗位推荐", "times"),
        "guidance": ("本年职业指导", "times"),
        "trainings": ("本年免费技能培训", "times"),
    },
    absent=0,
)
def served(services: Services, on: date) -> Any:
    """The 311 services of the calendar year; a month that did not come makes them unknown."""
    records = services.within(months=on.month)
    this_year = records.filter(_.done_on >= date(on.year, 1, 1)).group_by("person")
    return this_year.agg(
        offers=(_.service == "offer").sum(),
        guidance=(_.service == "guidance").sum(),
        trainings=(_.service == "training").sum(),
    )


@view(shows={"travel_paid": ("已发交通补贴", "fen")}, absent=0)
def travel(travel_subsidies: TravelSubsidies, policy: Any, on: date) -> Any:
    """The travel subsidy of the time within which it is paid once."""
    # A file may bring an old payment late: the day of payment decides.
    since = Month.of(on).shift(1 - policy.travel.months).first
    payments = travel_subsidies.within(months=policy.travel.months).filter(_.paid_on >= since)
    return payments.group_by("person").agg(travel_paid=_.amount.sum())


@measure(
    code="A40-01",
    title="免费技能培训",
    risks=RISKS,
    evidence=["培训签到表", "培训结业证明"],
    rule="A-05",
)
def free_training(
    person: Person, register: Any, job: Any, post: Any, served: Any, policy: Any
) -> Entitlement:
    """有就业意愿且未就业的脱贫人口、监测对象，每年至少一次免费技能培训."""
    if reason := _not_seeking(person, register, job, post):
        return not_entitled(reason)
    if served.trainings >= policy.service.trainings:
        return not_entitled("本年已参加免费技能培训", receiving=True)
    return entitled(reason="费用由培训补贴承担，不收农户的钱", receiving=False)


@measure(
    code="A40-02",
    title="岗位推荐和职业指导",
    risks=RISKS,
    evidence=["岗位推荐记录", "职业指导记录"],
    rule="A-05",
)
def job_offers(person: Person, register: Any, job: Any, post: Any, served: Any, policy: Any) -> Entitlement:
    """有就业意愿且未就业的脱贫人口、监测对象，每年至少推荐三次岗位、一次职业指导."""
    if reason := _not_seeking(person, register, job, post):
        return not_entitled(reason)
    offers = max(policy.service.offers - served.offers, 0)
    guidance = max(policy.service.guidance - served.guidance, 0)
    if offers + guidance <= 0:
        return not_entitled("本年岗位推荐、职业指导次数已满", receiving=True)
    return entitled(reason=f"本年还应推荐岗位 {offers} 次、职业指导 {guidance} 次")


@measure(
    code="A40-03",
    title="跨区域务工一次性交通补助",
    risks=RISKS,
    evidence=["务工证明", "交通补助申领表"],
    rule="A-05",
    condition="跨县、跨省务工，凭务工证明申领一次",
)
def travel_subsidy(person: Person, register: Any, job: Any, travel: Any, policy: Any) -> Entitlement:
    """监测对象跨县、跨省务工，脱贫人口跨省务工，给予一次性交通补助."""
    if job.status not in WORKING or job.workplace == "county":
        return not_entitled("没有跨县、跨省务工")
    beyond = job.workplace == "beyond"
    if not (_monitored(person, register) or (beyond and register.standing == "ex_poor")):
        return not_entitled("不是跨县、跨省务工的监测对象或跨省务工的脱贫人口")
    if travel.travel_paid > 0:
        return not_entitled("一次性交通补助已发放", receiving=True)
    amount = policy.travel.beyond_province if beyond else policy.travel.beyond_county
    return entitled(amount, receiving=False)


@measure(
    code="A40-06",
    title="返乡回流人员再就业跟踪服务",
    risks=RISKS,
    evidence=["跟踪服务记录"],
    rule="A-05",
)
def second_job(person: Person, job: Any, post: Any) -> Entitlement:
    """返乡或失业的劳动者，建立跟踪服务，帮助二次就业."""
    if person.get("labour", "劳动能力") not in ABLE:
        return not_entitled("没有劳动能力")
    if job.status not in OUT:
        return not_entitled("没有返乡、失业登记")
    if post.held:
        return not_entitled("已在公益性岗位就业")
    return entitled(reason="跟踪服务到再就业为止")


@measure(
    code="A42-03",
    title="乡村公益性岗位（保洁员）",
    risks=[*RISKS, Risk.NO_LABOUR],
    evidence=["聘用协议", "岗位考勤表"],
    rule="A-05",
    condition="按需设岗、以岗聘任，在岗履职按月考勤领取补贴，不在岗不领",
)
def cleaner_post(person: Person, register: Any, job: Any, post: Any, policy: Any) -> Entitlement:
    """未就业的脱贫人口、监测对象，弱劳力、半劳力优先，有空缺的保洁岗位时聘任."""
    return _post(person, register, job, post, policy)


@measure(
    code="A42-04",
    title="乡村公益性岗位（护路、管护等）",
    risks=[*RISKS, Risk.NO_LABOUR],
    evidence=["聘用协议", "岗位考勤表"],
    rule="A-05",
    condition="按需设岗、以岗聘任，在岗履职按月考勤领取补贴，不在岗不领",
)
def other_post(person: Person, register: Any, job: Any, post: Any, policy: Any) -> Entitlement:
    """未就业的脱贫人口、监测对象，弱劳力、半劳力优先，有空缺的管护岗位时聘任."""
    return _post(person, register, job, post, policy)


@measure(
    code="A48-06",
    title="超龄务工人员工伤帮扶（试点）",
    risks=[Risk.ACCIDENT],
    evidence=["工伤帮扶申请表", "用工证明"],
    rule="A-05",
)
def work_injury_pilot(person: Person, job: Any, policy: Any, on: date) -> Entitlement:
    """超龄务工脱贫劳动力因工受伤，仅在县开展试点时帮扶；属探索事项，不是应享待遇."""
    if not policy.work_injury.pilot:
        return not_entitled("本县未开展试点；属探索事项，不是应享待遇")
    if person.age_on(on) < policy.work_injury.over_age:
        return not_entitled("未超龄，按工伤保险办理")
    if job.status not in WORKING:
        return not_entitled("没有务工登记")
    return entitled(reason="按县试点办法办理")


def _post(person: Person, register: Any, job: Any, post: Any, policy: Any) -> Entitlement:
    if post.held:
        return not_entitled("已在公益性岗位", receiving=True)
    if reason := _not_seeking(person, register, job, post):
        return not_entitled(reason)
    return entitled(policy.post_wage, per="month", reason=_turn(person), receiving=False)


def _turn(person: Person) -> str:
    weak = person.get("labour", "劳动能力") == "weak"
    return "弱劳力、半劳力，优先聘任" if weak else "有空缺岗位时聘任"


def _not_seeking(person: Person, register: Any, job: Any, post: Any) -> str:
    """Return why the person is none of those who want work and have none; "" for one of them."""
    if person.get("labour", "劳动能力") not in ABLE:
        return "没有劳动能力"
    if job.status in WORKING or post.held:
        return "已就业"
    if not (_monitored(person, register) or register.standing == "ex_poor"):
        return "不是脱贫人口、监测对象"
    return "" if register.wants_work else "没有就业意愿"


def _monitored(person: Person, register: Any) -> bool:
    """Say whether the asker or the register has the person as monitored; unknown where neither says."""
    known = person.groups is not None and person.is_any(Group.MONITORED)
    return known or register.standing == "monitored"
