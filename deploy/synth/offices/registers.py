"""Deaths, accidents, shops, slopes, subsidies: what five registers say that are kept for other ends."""

from __future__ import annotations

from deploy.synth.offices.case import OWNER, TELLS, Case, Kind, between, head

GROWN, EARNING = between(18, 75), between(20, 56)


def earner_died(case: Case) -> None:
    """Somebody of working age died; of others the register says that they moved."""
    back = int(case.key.replace("-", "")) % 2
    change = "死亡" if case.so else "迁出" if case.below else "迁入"
    told = {"变动类别": change, "变动日期": case.day(9 + 30 * back), "出生日期": case.person["birth"]}
    case.put("register_changes", back=back, mark=TELLS, **told)


def hurt_on_the_road(case: Case) -> None:
    """Somebody was gravely hurt in a road accident, and not only slightly or two years ago."""
    grade = "轻伤" if case.below else "重伤"
    before = 20 if case.so or case.below else 500
    case.put("casualties", mark=TELLS, 事故编号=f"S{case.key}", 事故日期=case.day(before), 伤亡程度=grade)


def shop_closed(case: Case) -> None:
    """Somebody gave up a small business, and did not only change its form or give it up two years ago."""
    told = {"登记编号": f"M{case.key}", "主体类型": "个体工商户"}
    why, before = "变更形式" if case.below else "歇业", 20 if case.so or case.below else 500
    case.put("closures", mark=TELLS, **told, 注销吊销日期=case.day(before), 原因=why)


def slope_threatens(case: Case) -> None:
    """The slope over the house may come down, and the household has not moved."""
    level, moved = "低" if case.below else "高", "否" if case.so or case.below else "是"
    told = {"隐患点编号": f"D{case.key}", "风险等级": level, "是否已搬迁避让": moved}
    case.put("hazard_households", mark=TELLS, whose=OWNER, **told, 认定日期=case.day(400))


def subsidy_came_back(case: Case) -> None:
    """A subsidy came back from the bank and was not sent again."""
    state = "退回" if case.so or case.below else "退回后重发成功"
    told = {"发放编号": f"K{case.key}", "补贴金额": "860.00", "发放日期": case.day(3 if case.below else 100)}
    case.put("subsidy_payments", mark=TELLS, **told, 发放状态=state)


PUBLIC_SECURITY = (Kind("earner_died", earner_died, EARNING),)
VEHICLES = (Kind("hurt_on_the_road", hurt_on_the_road, GROWN),)
MARKET_REGULATION = (Kind("shop_closed", shop_closed, GROWN),)
NATURAL_RESOURCES = (Kind("slope_threatens", slope_threatens, head),)
FINANCE = (Kind("subsidy_came_back", subsidy_came_back, head),)
