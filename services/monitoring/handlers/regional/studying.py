"""Joint studies of the departments: recorded with minutes and measures, followed to the end (S-10)."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from shouwang.access.roles import COUNTY_OFFICER, DEPARTMENT_OFFICER
from shouwang.errors import BadRequest, Forbidden
from shouwang.service import Context
from shouwang.store import Aggregate, Event

from services.monitoring.domain.regional import study as rules
from services.monitoring.domain.regional.kinds import KINDS
from services.monitoring.handlers.messages import message
from services.monitoring.views.regional import study_view

Json = dict[str, Any]


def hold_joint_study(ctx: Context, request: Json) -> Json:
    """Record a joint study: who took part, what was concluded, which measures by whom until when."""
    id = f"{request['region']}-{request['held_on']:%Y%m%d}-{_digest(request['minutes'])}"
    agg = ctx.store.studies.get_or_none(id)
    if agg is None or not agg.carried_out(ctx.request_id):
        agg = ctx.store.studies.new(id, region=request["region"], state=_state(ctx, request))
        ctx.save(
            ctx.store.studies,
            agg,
            "study.held",
            {"measures": len(request["measures"])},
            events=_told(ctx, agg),
        )
    return study_view(agg, ctx.today)


def _digest(minutes: str) -> str:
    return hashlib.sha256(minutes.encode()).hexdigest()[:6]


def _state(ctx: Context, request: Json) -> Json:
    warnings = [_warning(ctx, id, request["region"]) for id in request["warnings"]]
    leads = {KINDS[agg.state["kind"]].department for agg in warnings} - {""}
    given = (tuple(sorted(request["departments"])), tuple(sorted(leads)))
    composition = rules.composition_complete(*given, ctx.figures(request["region"]))
    return rules.held(request, composition, ctx.today)


def _warning(ctx: Context, id: str, region: str) -> Aggregate:
    agg: Aggregate = ctx.store.warnings.get(id)
    if not agg.region.startswith(region):
        raise BadRequest(
            "预警不在会商的地区之内。",
            code="study.other_place",
            where=id,
            remedy="请只列本地区的预警；跨乡镇的由县级会商。",
        )
    return agg


def _told(ctx: Context, agg: Aggregate) -> list[Event]:
    """Tell each department its measures, and the county who was not there."""
    measures = [_measure_told(ctx, agg, one) for one in agg.state["measures"]]
    lacking = agg.state["composition"]["value"] or []
    if agg.state["complete"] != "no":
        return measures
    text = f"会商 {agg.id} 缺席部门：{'、'.join(lacking)}。请补会商，或由领导小组督办。"
    data = message(ctx.service, agg, COUNTY_OFFICER, "联合会商部门不齐", text, mark="lacking")
    return [*measures, ctx.event("message.requested", data)]


def _measure_told(ctx: Context, agg: Aggregate, one: Json) -> Event:
    which = f"会商 {agg.id} 第 {one['number']} 项措施"
    text = f"部门 {one['department']}：{which}由你部门负责，期限 {one['due_on']}。"
    data = message(ctx.service, agg, DEPARTMENT_OFFICER, "联合会商措施交办", text, mark=str(one["number"]))
    event: Event = ctx.event("message.requested", {**data, "due": one["due_on"]})
    return event


def follow_measure(ctx: Context, request: Json) -> Json:
    """Record how far a measure is; a department speaks for its own measures only."""
    agg = ctx.store.studies.get(request["study"])
    _own_measure_only(ctx, agg, request["measure"])
    if not agg.carried_out(ctx.request_id):
        look = {
            "on": ctx.today.isoformat(),
            "note": request["note"],
            "evidence": request["evidence"],
            "by": ctx.actor.id,
        }
        agg.state = rules.followed(agg.state, request["measure"], request["status"], look)
        told = {"measure": request["measure"], "status": request["status"]}
        ctx.save(ctx.store.studies, agg, "study.followed", told)
    return study_view(agg, ctx.today)


def _own_measure_only(ctx: Context, agg: Aggregate, number: int) -> None:
    mine = [one["number"] for one in agg.state["measures"] if one["department"] == ctx.actor.org]
    if ctx.actor.level == "department" and number not in mine:
        raise Forbidden(
            "这项措施不由本部门负责", code="study.not_own_measure", remedy="请由负责部门或县级经办人登记。"
        )


def joint_study(ctx: Context, request: Json) -> Json:
    """Return one study with its measures."""
    return study_view(ctx.store.studies.get(request["study"]), ctx.today)


def joint_studies(ctx: Context, request: Json) -> Json:
    """Return the studies of a county, and by when the next regular one is due."""
    county = request["region"][:6]
    page = {"after": request["after"], "limit": request["limit"]}
    where = {"state.status": request["status"]} if request["status"] else None
    found = ctx.store.studies.find(where, region=county, **page)
    return {"studies": [study_view(agg, ctx.today) for agg in found], "next_due": next_due(ctx, county)}


def next_due(ctx: Context, county: str) -> str:
    """Return by when the departments study together again; the first time counts from the first day here."""
    every = ctx.figures(county).joint_study_days
    watch = ctx.store.study_watch.get_or_none(county)
    since = date.fromisoformat(watch.state["since"]) if watch else ctx.today
    return rules.next_due(ctx.store.last_study(county), since, every).isoformat()
