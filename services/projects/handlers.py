"""Use cases of projects: propose, take steps, accept."""

from __future__ import annotations

import uuid
from typing import Any

from shouwang.errors import Conflict, Refused
from shouwang.money import format_yuan
from shouwang.procedure import Outcome, Paper, desk
from shouwang.service import Context
from shouwang.service.event import IncomingEvent
from shouwang.store import Aggregate

from services.projects.domain.content import CATEGORIES, CONTENTS
from services.projects.views import ENTERED, REFUSED, project_view

NAMESPACE = uuid.UUID("0c7d5b6e-6b0e-4f52-9d43-5f6c0f1a9d21")
PROCEDURE = "project_entry"


def propose_project(ctx: Context, request: dict[str, Any]) -> dict[str, Any]:
    """Register a village's proposal and take the first step of its case (P-01, P-02)."""
    project_id = uuid.uuid5(NAMESPACE, f"project/{ctx.request_id}").hex
    known = ctx.store.projects.get_or_none(project_id)
    if known is not None:
        return project_view(known)
    state = {"contents": request["project"], "consultation": request["consultation"]}
    agg = ctx.store.projects.new(project_id, region=request["region"], state=state)
    agg.state |= {"entered_on": None, "acceptance": None}
    outcome = ctx.engine.open(
        PROCEDURE,
        id=project_id,
        region=request["region"],
        on=ctx.today,
        actor=ctx.actor,
        facts=facts(agg),
        papers=[Paper(one["name"], one["reference"], one["on"]) for one in request["papers"]],
    )
    return desk.record(ctx, ctx.store.projects, agg, outcome, "propose", desk=DESK)


def take_step(ctx: Context, request: dict[str, Any]) -> dict[str, Any]:
    """Take one action of the procedure."""
    return desk.take_step(ctx, ctx.store.projects, request["project"], request, facts, desk=DESK)


def what_next(ctx: Context, request: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what may happen now, by whom, and why not."""
    return desk.what_next(ctx, ctx.store.projects, request["project"], facts)


def hear_notice(ctx: Context, event: IncomingEvent) -> None:
    """Take over what notify says about a notice of a project."""
    if desk.concerns(ctx, event, DESK):
        desk.apply_notice_event(ctx, ctx.store.projects, event.data["subject"]["id"], event, desk=DESK)


def record_acceptance(ctx: Context, request: dict[str, Any]) -> dict[str, Any]:
    """Note that a project of the library was built and accepted: it forms an asset (P-07)."""
    agg = ctx.store.projects.get(request["project"])
    if agg.carried_out(ctx.request_id):
        return dict(agg.remembered(ctx.request_id))
    _check_acceptable(agg)
    agg.state["acceptance"] = {
        "on": ctx.today.isoformat(),
        "value_fen": request["value_fen"],
        "reference": request["reference"],
    }
    told = _told(agg) | {"funds_fen": request["value_fen"], "asset": request["asset"]}
    events = [ctx.event("project.accepted", told)]
    view = project_view(agg)
    ctx.save(ctx.store.projects, agg, "project.accepted", events=events, result=view)
    return view


def project(ctx: Context, request: dict[str, Any]) -> dict[str, Any]:
    """Return one project."""
    return project_view(ctx.store.projects.get(request["project"]))


def library(ctx: Context, request: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the library of a region: the projects that entered it."""
    found = ctx.store.projects.find({"case.status": ENTERED}, region=request["region"], limit=10_000)
    return [project_view(agg) for agg in found]


def region_of_project(ctx: Context, request: dict[str, Any]) -> str:
    """Resolve where a call about a project belongs."""
    region: str = ctx.store.projects.get(request["project"]).region
    return region


def facts(agg: Aggregate) -> dict[str, Any]:
    """Return what the guards look at."""
    return {"project": agg.state["contents"], "consultation": agg.state["consultation"]}


def _check_acceptable(agg: Aggregate) -> None:
    if agg.state["case"]["status"] != ENTERED:
        raise Refused("项目不在库中，不能验收", code="project.not_in_library", remedy="请先完成入库程序。")
    if agg.state["acceptance"] is not None:
        raise Conflict(
            "项目已经验收",
            code="project.accepted",
            remedy="已验收的项目不再变更；有误的请由原验收单位另行更正。",
        )


def _follow(ctx: Context, agg: Aggregate, outcome: Outcome) -> list[tuple[str, dict[str, Any]]]:
    """Return the project's own events of an outcome."""
    if len(outcome.case.entries) == 1:
        return [("project.proposed", _told(agg))]
    ended = {effect.data["status"] for effect in outcome.effects if effect.kind == "ended"}
    if ENTERED in ended:
        agg.state["entered_on"] = ctx.today.isoformat()
        return [("project.entered", _told(agg))]
    return [("project.refused", _told(agg))] if REFUSED in ended else []


def _told(agg: Aggregate) -> dict[str, Any]:
    contents = agg.state["contents"]
    told = {"title": contents["name"], "category": contents["category"]}
    return {"project": agg.id, "region": agg.region, **told}


def _content(agg: Aggregate) -> dict[str, Any]:
    """Return what the public sees of a project: everything that it must contain, under its printed label."""
    contents = agg.state["contents"]
    shown = {label: contents[name] for name, label in CONTENTS.items() if name != "funds"}
    shown["项目类别"] = CATEGORIES[contents["category"]]
    shown["资金规模"] = format_yuan(contents["funds"]["total_fen"])
    return shown


DESK = desk.Desk("project", content=_content, follow=_follow, view=project_view)
