"""Every day: warnings nobody moves, late measures, studies that were not held go up (S-08, S-10)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from shouwang.access.roles import COUNTY_LEADING_GROUP, COUNTY_OFFICER, DEPARTMENT_OFFICER
from shouwang.service import Context
from shouwang.store import Aggregate, Event

from services.monitoring.domain.regional import study as study_rules
from services.monitoring.domain.regional import warnings as rules
from services.monitoring.handlers.messages import message
from services.monitoring.handlers.regional.handling import due_on
from services.monitoring.handlers.regional.naming import name_of
from services.monitoring.handlers.regional.studying import next_due
from services.monitoring.metrics import show_studies_overdue, show_warnings

Json = dict[str, Any]
ROLES: Final = {rules.COUNTY: COUNTY_OFFICER, rules.LEADING_GROUP: COUNTY_LEADING_GROUP}


def watch_warnings(ctx: Context, on: date) -> None:
    """Tell the county of a warning whose step is late, then the leading group; show how many are open."""
    shown = {"unverified": 0, "unhandled": 0, "handled": 0}
    for agg in ctx.store.every(ctx.store.warnings, {"state.status": rules.OPEN}):
        due = due_on(ctx, agg, on)
        late = due is not None and on.isoformat() > due
        verified = rules.is_verified(agg.state)
        shown["unhandled" if late else "handled" if verified else "unverified"] += 1
        levels = rules.overdue_levels(agg.state, due, on, ctx.figures(agg.region).regional_escalation_days)
        if levels and not agg.carried_out(ctx.request_id):
            events = [_late(ctx, agg, level, due or "", on) for level in levels]
            agg.state = rules.told(agg.state, levels, on)
            ctx.save(ctx.store.warnings, agg, "warning.escalated", {"levels": levels}, events=events)
    show_warnings(shown)


def _late(ctx: Context, agg: Aggregate, level: str, due: str, on: date) -> Event:
    text = f"{name_of(agg.state['place'])}的预警 {agg.id} 应于 {due} 前办理下一步，至今未办。"
    data = message(ctx.service, agg, ROLES[level], "区域性风险预警逾期未处置", text, mark=f"late/{on}")
    event: Event = ctx.event("message.requested", data)
    return event


def watch_measures(ctx: Context, on: date) -> None:
    """Tell the department, and the second time the leading group, of a measure that is open past its day."""
    for agg in ctx.store.every(ctx.store.studies, {"state.status": study_rules.OPEN}):
        again = ctx.figures(agg.region).regional_escalation_days
        late = study_rules.to_tell(agg.state, on, again)
        if late and not agg.carried_out(ctx.request_id):
            events = [_measure_late(ctx, agg, one, on) for one in late]
            agg.state = study_rules.told(agg.state, late, on)
            ctx.save(ctx.store.studies, agg, "study.escalated", {"measures": len(late)}, events=events)


def _measure_late(ctx: Context, agg: Aggregate, one: Json, on: date) -> Event:
    before = str(one["number"]) in agg.state["escalations"]
    role = COUNTY_LEADING_GROUP if before else DEPARTMENT_OFFICER
    which = f"会商 {agg.id} 第 {one['number']} 项措施"
    text = f"部门 {one['department']}：{which}应于 {one['due_on']} 完成，至今未完成。"
    data = message(ctx.service, agg, role, "联合会商措施逾期", text, mark=f"late/{one['number']}/{on}")
    event: Event = ctx.event("message.requested", data)
    return event


def watch_studies(ctx: Context, on: date) -> None:
    """Tell the county, and then the leading group, that the regular joint study was not held in time."""
    days = 0
    for county in sorted({row["id"][:6] for row in ctx.store.villages.rows(["households"])}):
        agg = _watch(ctx, county, on)
        due = next_due(ctx, county)
        if on.isoformat() > due:
            days = max(days, (on - date.fromisoformat(due)).days)
            _study_late(ctx, agg, due, on)
    show_studies_overdue(days)


def _watch(ctx: Context, county: str, on: date) -> Aggregate:
    """Return what is kept of a county's interval; the first day here is where it begins."""
    agg: Aggregate | None = ctx.store.study_watch.get_or_none(county)
    if agg is None:
        state = {"since": on.isoformat(), "due": None, "told": {}}
        agg = ctx.store.study_watch.new(county, region=county, state=state)
        ctx.save(ctx.store.study_watch, agg, "study.watched")
    return agg


def _study_late(ctx: Context, agg: Aggregate, due: str, on: date) -> None:
    county, told = agg.region, agg.state["told"] if agg.state["due"] == due else {}
    again = (on - timedelta(days=ctx.figures(county).regional_escalation_days)).isoformat()
    if max(told.values(), default="") > again or agg.carried_out(ctx.request_id):
        return
    level = rules.LEADING_GROUP if told else rules.COUNTY
    agg.state = {**agg.state, "due": due, "told": {**told, level: on.isoformat()}}
    text = f"{name_of(county)}应于 {due} 前开展部门联合会商，至今没有会商记录。"
    data = message(ctx.service, agg, ROLES[level], "定期联合会商逾期", text, mark=f"{due}/{on}")
    events = [ctx.event("message.requested", data)]
    ctx.save(ctx.store.study_watch, agg, "study.missed", {"due": due}, events=events)
