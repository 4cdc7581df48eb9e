"""What the development and reform bureau can do: work for relief, posts at sites, what follows relocation.

Sources: 湘委乡振组发〔2021〕1号 三(二)2 (L2342), 湘振局发〔2021〕18号 第二章第三节 (L1361–1371),
湖南省有效衔接实施意见（2021-05-17） 一(四) (L1066–1068).
Work is paid by what was worked; nothing is handed out.
"""

from __future__ import annotations

from typing import Any

from ibis import _
from shouwang.department import (
    Entitlement,
    Household,
    Risk,
    State,
    entitled,
    measure,
    not_entitled,
    unknown,
    view,
)

from .tables import RelocatedPersons, SiteJobs

NONE = "none"
NOT_RELOCATED = "不是易地搬迁户"


@view(shows={"settled": "安置方式", "village": "安置点"}, absent=NONE)
def relocation(relocated_persons: RelocatedPersons) -> Any:
    """How a person was relocated; who is not in the register was not."""
    return relocated_persons.latest().select("person", "settled", "village")


@view(
    shows={
        "labour": ("劳动力", "yes_no"),
        "employed": ("就业", "yes_no"),
        "deed": ("安置住房不动产登记", "yes_no"),
    }
)
def standing(relocated_persons: RelocatedPersons) -> Any:
    """What the register says of a relocated person; what it leaves open is unknown."""
    return relocated_persons.latest().select("person", "labour", "employed", "deed")


@view(shows={"vacant": ("安置点空缺岗位", "items")})
def vacancies(relocated_persons: RelocatedPersons, site_jobs: SiteJobs) -> Any:
    """Vacant posts at the place where a person was settled; a place that is not in the table is unknown."""
    jobs = site_jobs.latest().group_by("village").agg(vacant=_.vacant.sum())
    people = relocated_persons.latest().select("person", "village")
    return people.inner_join(jobs, "village").select("person", "vacant")


@measure(
    code="A40-04",
    title="以工代赈务工",
    risks=[State.INCOME, Risk.UNSTABLE_EMPLOYMENT, Risk.INDUSTRY_FAILURE, Risk.DISASTER],
    evidence=["用工登记", "考勤表", "报酬发放凭证"],
    rule="A-05",
    condition="到岗务工，按出勤领取劳务报酬",
)
def work_for_relief(household: Household) -> Entitlement:
    """有劳动能力的监测户优先聘用到以工代赈项目；报酬按出勤，测算时没有金额."""
    if household.category is None:
        return not_entitled("以工代赈优先聘用监测对象，该户不是监测户")
    if household.able_to_work is None:
        return unknown("缺少家庭劳动能力情况")
    if not household.able_to_work:
        return not_entitled("没有劳动能力")
    return entitled(reason="优先聘用到以工代赈项目")


@measure(
    code="A42-04",
    title="安置区公益性岗位",
    risks=[State.INCOME, Risk.UNSTABLE_EMPLOYMENT],
    evidence=["岗位协议", "考勤表", "补贴发放凭证"],
    rule="A-05",
    condition="按岗聘任、在岗领补、有序退岗",
)
def site_post(relocation: Any, standing: Any, vacancies: Any, policy: Any) -> Entitlement:
    """易地搬迁户有劳动力、没有一人就业，安置点有空缺岗位的，安排一个岗位."""
    moved = [ref for ref, one in relocation.items() if one.settled != NONE]
    if not moved:
        return not_entitled(NOT_RELOCATED)
    able = [ref for ref in moved if standing[ref].labour]
    if not able:
        return not_entitled("没有劳动力")
    if any(standing[ref].employed for ref in able):
        return not_entitled("已有人就业")
    if max(vacancies[ref].vacant for ref in able) == 0:
        return not_entitled("安置点没有空缺岗位")
    return entitled(policy.site_post_pay, per="month")


@measure(
    code="A50",
    title="易地搬迁后续扶持（安置住房不动产登记）",
    risks=[State.HOUSING, Risk.OTHER],
    evidence=["不动产登记证明"],
    rule="A-02",
)
def relocation_deed(relocation: Any, standing: Any) -> Entitlement:
    """搬迁户安置住房没有办理不动产登记的，协助办理；不发钱."""
    moved = [ref for ref, one in relocation.items() if one.settled != NONE]
    if not moved:
        return not_entitled(NOT_RELOCATED)
    if any(standing[ref].deed for ref in moved):
        return not_entitled("安置住房已办理不动产登记", receiving=True)
    return entitled(reason="协助办理安置住房不动产登记", receiving=False)


@measure(
    code="A51",
    title="分散安置户生产生活条件改善",
    risks=[State.INCOME, Risk.INDUSTRY_FAILURE],
    evidence=["实施记录", "农户确认单"],
    rule="A-02",
)
def scattered_support(relocation: Any) -> Entitlement:
    """分散安置的搬迁户纳入迁入地基本公共服务保障和产业帮扶；集中安置的由安置区统筹."""
    settled = {one.settled for one in relocation.values()}
    if "scattered" in settled:
        return entitled(reason="纳入迁入地基本公共服务保障，落实产业帮扶")
    if "site" in settled:
        return not_entitled("集中安置，由安置区统筹配套")
    return not_entitled(NOT_RELOCATED)
