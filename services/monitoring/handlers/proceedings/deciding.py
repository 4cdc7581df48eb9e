"""What monitoring adds to the shared use cases of a case: what a notice shows, and the events that follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from shouwang.access.roles import TOWN_OFFICER
from shouwang.masking import mask_name
from shouwang.periods import Month
from shouwang.procedure import Outcome
from shouwang.procedure.desk import Desk, Told, case_events
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.registry.roster_household import HEAD
from services.monitoring.handlers.messages import message
from services.monitoring.views.proceedings import case_view

Json = dict[str, Any]
COUNTY_STEP = "county_decision"
ENTRIES = {
    "included": ("请组织录入监测对象", "已审定纳入，请组织录入全国防止返贫监测信息系统。"),
    "removed": ("请标识风险消除", "已审定消除风险，请在全国防止返贫监测信息系统标识。"),
}
"""What the town is told at the end (二(二)2 第五步, 二(三)2 第五步)."""


def notice_content(household: Aggregate) -> Json:
    """Return what a notice may show of a household: masked head, group, number of persons (N-02)."""
    head = next(one for one in household.state["members"] if one["relation"] == HEAD)
    masked = mask_name(head["name"]) if head["name"] else "（姓名待补）"
    return {"head": masked, "group": household.state["group"], "persons": household.state["size"]}


def _content(agg: Aggregate) -> Json:
    return {"household": agg.state["household"], **agg.state["shown"]}


def _follow(ctx: Context, agg: Aggregate, outcome: Outcome) -> Iterable[Told]:
    """Put the outcome into the case's own state, and tell the others."""
    case = outcome.case
    if case.step == COUNTY_STEP and case.is_open:
        agg.state["warnings"] = _warnings(ctx, agg)
    agg.state["ended_on"] = None if case.is_open else case.last_on.isoformat()
    if case.status == "included":
        agg.state["category"] = _category(case.entries[-1].decisions)
    return list(_told(ctx, agg, outcome))


def _told(ctx: Context, agg: Aggregate, outcome: Outcome) -> Iterable[Told]:
    household = {"household": agg.state["household"]}
    if agg.is_new:
        yield "case.opened", _opened(agg, outcome)
    for type, data in case_events(outcome):
        yield type, {**data, **household}
    if outcome.case.status == "included":
        yield "household.included", included(ctx, agg)
    if outcome.case.status == "removed":
        yield "household.removed", {**_of(agg), "way": agg.state["way"]}
    if outcome.case.status in ENTRIES:
        title, text = ENTRIES[outcome.case.status]
        told = f"户 {agg.state['household']}（案件 {agg.id}）{text}"
        yield "message.requested", message(ctx.service, agg, TOWN_OFFICER, title, told, mark="entry")


def _of(agg: Aggregate) -> Json:
    return {"household": agg.state["household"], "case": agg.id, "region": agg.region}


def _opened(agg: Aggregate, outcome: Outcome) -> Json:
    case = outcome.case
    return {
        **_of(agg),
        "procedure": case.procedure,
        "clue": agg.state["clue"],
        "on": case.opened_on.isoformat(),
    }


def included(ctx: Context, agg: Aggregate) -> Json:
    """Return the data of household.included: who is to be helped, with what risks."""
    state = agg.state
    return {**_of(agg), **{name: state[name] for name in ("category", "risks", "able_to_work")}}


def _category(decisions: Iterable[Mapping[str, Any]]) -> str:
    return next(str(one["value"]) for one in decisions if one["rule"] == "M-08")


def _warnings(ctx: Context, agg: Aggregate) -> list[str]:
    """Warn when the pinned window of income has grown old (docs/decisions/0065)."""
    passed = Month.parse(agg.state["opened_on"][:7]).months_until(Month.of(ctx.today))
    limit = ctx.figures(agg.region).case_month_gap
    if passed <= limit:
        return []
    return [f"申请至今已过 {passed} 个月，收入周期 {agg.state['window']['start']} 起可能过时，请复核收入。"]


DESK = Desk("case", content=_content, follow=_follow, view=case_view)
