"""Work: who came back, whose household has no job, whose post is not paid, who was moved."""

from __future__ import annotations

from typing import Any

from deploy.synth.offices.case import CLEARS, TELLS, Case, Kind, between

WORKING_AGE = between(20, 58)


def came_back(case: Case) -> None:
    """Somebody came back from work elsewhere and has none since."""
    _labour(case)
    lost = {"务工状态": "返乡未就业", "务工区域": "", "返乡或失业日期": case.day(8 if case.below else 70)}
    case.put("employment", mark=TELLS, **lost)
    if not (case.so or case.below):
        _post(case, CLEARS)
        _wages(case, 3)


def nobody_works(case: Case) -> None:
    """A household out of poverty in which somebody could work and nobody does."""
    _labour(case, mark=TELLS, 农户类型="一般农户" if case.below else "脱贫户")
    if case.so or case.below:
        case.put("employment", 务工状态="失业", 务工区域="", 返乡或失业日期=case.day(5))
    else:
        case.put("employment", mark=CLEARS, 务工状态="在岗", 务工区域="县内", 返乡或失业日期="")


def post_not_paid(case: Case) -> None:
    """Two months of a public post were not paid."""
    _labour(case)
    _post(case)
    _wages(case, 5)
    if case.so or case.below:
        _wages(case, 0 if case.below else 2, TELLS, "0.00")


def post_without_money(case: Case) -> None:
    """Somebody has held a post for months, and no pay is in the book."""
    _labour(case)
    _post(case, TELLS, 聘用日期=case.day(20 if case.below else 120))
    if not (case.so or case.below):
        _wages(case, 2, CLEARS)


def post_by_the_unable(case: Case) -> None:
    """Who holds a post has lost the ability to do it."""
    _labour(case, 劳动技能="丧失劳动力" if case.so else "弱劳动力或半劳动力")
    _post(case, TELLS)
    _wages(case, 2)


def _labour(case: Case, mark: str = "", **more: Any) -> None:
    usual = {"农户类型": "一般农户", "劳动技能": "普通劳动力", "就业意愿": "是"}
    case.put("labour", mark=mark, 户主身份证号=case.head["id_number"], **{**usual, **more})


def _post(case: Case, mark: str = "", **more: Any) -> None:
    usual = {"岗位编号": f"G{case.key}", "岗位类别": "保洁员", "按需设岗审批": "是"}
    usual |= {"聘期月数": "36", "退岗日期": "", "聘用日期": case.day(200)}
    case.put("posts", mark=mark, **{**usual, **more})


def _wages(case: Case, back: int, mark: str = "", paid: str = "800.00") -> None:
    month = case.day(30 * back).strftime("%Y-%m")
    told = {"岗位编号": f"G{case.key}", "补贴月份": month, "应发金额": "800.00", "实发金额": paid}
    case.put("post_wages", mark=mark, **told, 应发日期=case.day(30 * back + 2))


def moved_without_work(case: Case) -> None:
    """A household was moved to a new place, and whoever could work has none."""
    told = {"安置方式": "集中安置", "是否劳动力": "是", "是否办理不动产登记": "是"}
    willing, employed = "否" if case.below else "是", "否" if case.so or case.below else "是"
    told |= {"户主身份证号": case.person["id_number"], "是否有就业意愿": willing, "是否就业": employed}
    case.put("relocated_persons", mark=TELLS, place="安置点所在村居代码", **told)


def site_wages_owed(case: Case) -> None:
    """Work on a public site was not paid."""
    due = {"项目编号": f"Y{case.key}", "应发报酬": "3000.00"}
    paid = "1000.00" if case.so or case.below else "3000.00"
    told = {"务工天数": "20", "已发报酬": paid, "应发日期": case.day(3 if case.below else 45)}
    case.put("work_relief_wages", mark=TELLS, place="项目所在村居代码", **due, **told)


HUMAN_RESOURCES = (
    Kind("came_back", came_back, WORKING_AGE, CLEARS),
    Kind("nobody_works", nobody_works, WORKING_AGE, CLEARS),
    Kind("post_not_paid", post_not_paid, WORKING_AGE),
    Kind("post_without_money", post_without_money, WORKING_AGE, CLEARS),
    Kind("post_by_the_unable", post_by_the_unable, WORKING_AGE),
)
DEVELOPMENT_REFORM = (
    Kind("moved_without_work", moved_without_work, WORKING_AGE),
    Kind("site_wages_owed", site_wages_owed, WORKING_AGE),
)
