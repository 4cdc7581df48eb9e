"""What the civil affairs bureau can do (A-06, A-13): 低保 (also single-person), 特困, 临时救助, pensions.

Sources: 湖南省有效衔接实施意见（2021-05-17） 三(十二)(十四) (L1098, L1106), 湘振局发〔2021〕18号
第二章第五节 (L1411, L1415), 衡委振组发〔2021〕1号 任务62 (L2045). All amounts are fen.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from ibis import _
from shouwang.decision import NO, YES
from shouwang.department import (
    Entitlement,
    Household,
    Person,
    Risk,
    State,
    entitled,
    measure,
    not_entitled,
    unknown,
    view,
)

from ._apart import RECEIVING, apart, paid_to_family
from ._destitute import Asked
from ._exit import gradual_exit
from ._income import a_month, lacking_of
from ._premium import in_full, in_part, premium_for
from ._property import gathered, over_limits
from ._relief import SPENDING, STRUCK, spent, struck
from ._single import as_household_of_one, gravely_hit, helped_otherwise
from .tables import (
    Assessments,
    Business,
    Deposits,
    Destitute,
    DutyChecks,
    Houses,
    LowIncome,
    MinimumLiving,
    Payroll,
    SeriousIllness,
    Vehicles,
)


@view(
    shows={
        "status": "低保状态",
        "members": ("低保保障人数", "persons"),
        "monthly_amount": ("月保障金额", "fen"),
        "leaving_since": "渐退起始日期",
    },
    absent={"status": "none", "members": 0, "monthly_amount": 0, "leaving_since": None},
)
def relief(minimum_living: MinimumLiving) -> Any:
    """Whether the person receives 低保; who is not in the register does not."""
    return minimum_living.latest().select("person", "status", "members", "monthly_amount", "leaving_since")


@view(shows={"support": "特困供养方式"}, absent="none")
def support(destitute: Destitute) -> Any:
    """Whether the person is supported as 特困; who is not in the register is not."""
    return destitute.latest().select("person", "support")


@view(shows={"kind": "低收入认定类别"}, absent="none")
def low_income_as(low_income: LowIncome) -> Any:
    """As what the person is recognised; who is not in the register is not."""
    return low_income.latest().select("person", "kind")


@view(shows={"recognised": ("重病患者认定", "items")}, absent=0)
def illness(serious_illness: SeriousIllness) -> Any:
    """Whether the person is on the list of the seriously ill; which illness is not known here."""
    return serious_illness.latest().group_by("person").agg(recognised=_.count())


@view(shows={"supporters": "法定义务人情况"})
def duty(duty_checks: DutyChecks) -> Any:
    """What the check of supporters by law found; who was not checked is unknown."""
    return duty_checks.latest().select("person", "supporters")


@view(
    shows={
        "counted": ("核算人数", "persons"),
        "per_head": ("家庭月人均收入", "fen"),
        "workers": ("家庭就业人数", "persons"),
        "own_income": ("本人月收入", "fen"),
        "employed": "本人是否就业",
        "assessed_on": "核算日期",
    }
)
def assessment(assessments: Assessments) -> Any:
    """What the newest assessment says of incomes; who was not assessed is unknown."""
    told = ("counted", "per_head", "workers", "own_income", "employed", "assessed_on")
    return assessments.latest().select("person", *told)


@view(shows={"balance": ("存款余额合计", "fen")}, absent=0)
def savings(deposits: Deposits) -> Any:
    """Deposits at all banks."""
    return deposits.latest().group_by("person").agg(balance=_.balance.sum())


@view(shows={"cars": ("汽车（不含摩托车、农用车）", "items")}, absent=0)
def cars(vehicles: Vehicles) -> Any:
    """Cars and heavy vehicles, without those a household lives by."""
    return vehicles.latest().group_by("person").agg(cars=_.kind.isin(["car", "heavy"]).sum())


@view(shows={"market": ("商品房", "items")}, absent=0)
def homes(houses: Houses) -> Any:
    """Flats bought on the market."""
    return houses.latest().group_by("person").agg(market=(_.kind == "market").sum())


@view(shows={"leads": ("任法定代表人或经营者的存续市场主体", "items")}, absent=0)
def enterprises(business: Business) -> Any:
    """Enterprises that stand and that the person leads."""
    led = (_.status == "active") & _.role.isin(["owner", "legal_person"])
    return business.latest().group_by("person").agg(leads=led.sum())


@view(shows={"serving": ("财政供养（在职或编外）", "items")}, absent=0)
def pay(payroll: Payroll) -> Any:
    """Whether the person is paid from public funds for work."""
    return payroll.latest().group_by("person").agg(serving=_.kind.isin(["serving", "contract"]).sum())


@measure(
    code="A48-01",
    title="低保",
    risks=[State.INCOME, Risk.NO_LABOUR, Risk.DISABILITY, Risk.ILLNESS],
    evidence=["低保审核确认表"],
    rule="A-06",
    version=2,
)
def minimum_living_allowance(
    household: Household,
    relief: Any,
    support: Any,
    duty: Any,
    assessment: Any,
    savings: Any,
    cars: Any,
    homes: Any,
    enterprises: Any,
    pay: Any,
    policy: Any,
    on: date,
) -> Entitlement:
    """人均收入扣减必要就业成本后低于低保标准、财产不超限的按差额补足；在保户就业后超过标准的给予渐退期."""
    asked = {one.ref: Asked(one, household, duty[one.ref], assessment[one.ref]) for one in household.persons}
    counted = household.size - apart(household, relief, support, lambda ref: asked[ref].surely(policy, on))
    lacking = lacking_of(household, assessment, policy)
    if current := paid_to_family(relief, counted):
        if lacking >= 0:
            return not_entitled("已在保，按低保动态管理", receiving=True)
        return gradual_exit(household, relief, assessment, current, policy, on)
    if counted == 0:
        return not_entitled("成员都在特困供养、符合特困供养或已按单人户享受低保")
    if lacking <= 0:
        return not_entitled("家庭人均收入不低于低保标准")
    rows = gathered(savings=savings, cars=cars, homes=homes, enterprises=enterprises, pay=pay)
    if over := over_limits(rows, household.size, policy):
        return not_entitled(f"{'、'.join(over)}超过县定财产限度")
    return entitled(a_month(lacking * counted, household.size), per="month", receiving=False)


@measure(
    code="A48",
    title="低保（参照单人户）",
    risks=[State.INCOME, Risk.DISABILITY, Risk.ILLNESS],
    evidence=["低保审核确认表（单人户）", "残疾人证或重病诊断证明"],
    rule="A-13",
)
def single_person_allowance(
    person: Person,
    household: Household,
    relief: Any,
    support: Any,
    low_income_as: Any,
    illness: Any,
    duty: Any,
    assessment: Any,
    savings: Any,
    cars: Any,
    homes: Any,
    enterprises: Any,
    pay: Any,
    policy: Any,
    on: date,
) -> Entitlement:
    """低保边缘家庭中的一、二级重残，三级智力、精神残疾人和重病患者，参照单人户，按本人收入与标准的差额."""
    if relief.status in RECEIVING or support.support != "none":
        return not_entitled("已在低保或特困供养", receiving=True)
    if low_income_as.kind != "margin":
        return not_entitled("不是低保边缘家庭成员")
    if refused := helped_otherwise(Asked(person, household, duty, assessment), policy, on):
        return not_entitled(refused)
    if not gravely_hit(person, illness, policy):
        return not_entitled("不是重度残疾，三级智力、精神残疾或重病")
    return as_household_of_one(
        assessment,
        gathered(savings=savings, cars=cars, homes=homes, enterprises=enterprises, pay=pay),
        policy,
    )


@measure(
    code="A48-02",
    title="特困供养",
    risks=[State.INCOME, Risk.NO_LABOUR, Risk.DISABILITY],
    evidence=["特困审核确认表"],
    rule="A-06",
    version=2,
)
def destitute_support(
    person: Person,
    household: Household,
    relief: Any,
    support: Any,
    duty: Any,
    assessment: Any,
    policy: Any,
    on: date,
) -> Entitlement:
    """无劳动能力（含认定条件内的残疾人）、无生活来源、无法定义务人或其无履行能力的老年人、残疾人、未成年人，按月供养."""
    if support.support != "none":
        return not_entitled("已在特困供养", receiving=True)
    if refused := Asked(person, household, duty, assessment).refused(policy, on):
        return not_entitled(refused)
    if relief.status in RECEIVING:
        return not_entitled("已在低保，同一人不能同时享受；符合特困条件，由民政局由低保转为特困供养")
    return entitled(policy.destitute_support, per="month", receiving=False)


@measure(
    code="A48-03",
    title="临时救助",
    risks=(*STRUCK, *SPENDING),
    evidence=["临时救助审批表"],
    rule="A-06",
    version=2,
)
def temporary_relief(household: Household, low_income_as: Any, assessment: Any, policy: Any) -> Entitlement:
    """急难型（突发事件、意外伤害、重大疾病）或支出型（因学、因残等刚性支出），基本生活暂时困难的救助一次.

    按低保标准的若干个月、按人口.
    """
    kind = "急难型" if struck(household) else "支出型"
    found = YES if struck(household) else spent(household, low_income_as, assessment, policy)
    if found is NO:
        return not_entitled("没有突发事件、意外伤害、重大疾病，也不是支出型困难")
    if found is not YES:
        return unknown("是否支出型困难（因学、因残等刚性支出超出承受能力）不详，缺家庭收入或认定数据")
    amount = policy.minimum_living.standard * policy.temporary_relief_months * household.size
    return entitled(amount, reason=kind)


@measure(
    code="A48-06",
    title="城乡居民基本养老保险费代缴",
    risks=[Risk.NO_LABOUR, Risk.DISABILITY],
    evidence=["代缴凭证"],
    rule="A-06",
)
def pension_premium(
    person: Person, relief: Any, support: Any, low_income_as: Any, policy: Any, on: date
) -> Entitlement:
    """重度残疾、特困、返贫致贫人口全部代缴；低保等其他缴费困难群体部分或全部代缴."""
    if not policy.pension.age_from <= person.age_on(on) < policy.pension.age_until:
        return not_entitled("不在缴费年龄")
    return premium_for(in_full(person, support), in_part(person, relief, low_income_as), policy)
