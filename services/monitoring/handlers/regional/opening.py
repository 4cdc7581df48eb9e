"""A warning is opened once a place and kind, grows with its signals, and takes narrower ones in (S-08)."""

from __future__ import annotations

from typing import Any, Final

from shouwang.access.roles import COUNTY_OFFICER, DEPARTMENT_OFFICER, TOWN_OFFICER
from shouwang.decision import Decision
from shouwang.service import Context
from shouwang.store import Aggregate, Event

from services.monitoring.domain.regional import warnings as rules
from services.monitoring.domain.regional.kinds import KINDS, LEVEL_LABELS
from services.monitoring.domain.regional.signals import Total
from services.monitoring.handlers.messages import message
from services.monitoring.handlers.regional.naming import name_of

Json = dict[str, Any]
PROCEDURE: Final = "regional_risk"


def open_or_widen(ctx: Context, kind: str, county: str, total: Total, decision: Decision) -> None:
    """Put a place to the open warning that covers it, else open one for it."""
    standing = ctx.store.open_warnings(kind, county)
    covering = [agg for agg in standing if total.place.startswith(agg.state["place"])]
    if covering:
        _widen(ctx, covering[0], total, decision)
        return
    agg = _open(ctx, kind, total, decision)
    for other in standing:
        if other.state["place"].startswith(total.place) and rules.is_takeable(other.state):
            _take_in(ctx, other, agg.id)


def _widen(ctx: Context, agg: Aggregate, total: Total, decision: Decision) -> None:
    state = rules.widened(agg.state, total, decision)
    added = sorted({*state["areas"]} - {*agg.state["areas"]})
    if state != agg.state:
        agg.state = state
        events = [raised(ctx, agg, added)] if added else []
        ctx.save(ctx.store.warnings, agg, "warning.widened", {"areas": len(added)}, events=events)


def _open(ctx: Context, kind: str, total: Total, decision: Decision) -> Aggregate:
    number = ctx.store.warnings.count({"state.place": total.place, "state.kind": kind}) + 1
    id = f"{total.place}-{kind}-{number}"
    state = rules.opened(kind, total, decision, ctx.today)
    given = {"id": id, "region": total.place, "on": ctx.today, "actor": ctx.actor}
    state["case"] = ctx.engine.open(PROCEDURE, **given).case.to_dict()
    agg: Aggregate = ctx.store.warnings.new(id, region=total.place, state=state)
    events = [raised(ctx, agg, list(total.areas)), *_told(ctx, agg, decision)]
    ctx.save(
        ctx.store.warnings, agg, "warning.opened", {"kind": kind, "level": state["level"]}, events=events
    )
    return agg


def raised(ctx: Context, agg: Aggregate, areas: list[str]) -> Event:
    """Return the event by which the households of these areas are drawn up."""
    kept = {name: agg.state[name] for name in ("kind", "level", "place")}
    event: Event = ctx.event(
        "warning.raised", {"warning": agg.id, **kept, "areas": areas, "on": ctx.today.isoformat()}
    )
    return event


def _told(ctx: Context, agg: Aggregate, decision: Decision) -> list[Event]:
    """Tell the county, the department that leads, and the towns concerned."""
    kind, state = KINDS[agg.state["kind"]], agg.state
    title = f"{LEVEL_LABELS[state['level']]}返贫风险预警"
    said = f"{name_of(state['place'])}{kind.label}：{decision.sentence()}"
    text = f"{said}请核实并摸清受影响农户（预警 {agg.id}）。"
    towns = sorted({area[:9] for area in state["areas"] if len(area) >= 9})
    told = [_message(ctx, agg, COUNTY_OFFICER, title, text, agg.region)]
    if kind.department:
        lead = f"{kind.lead}（{kind.department}）牵头。{text}"
        told.append(_message(ctx, agg, DEPARTMENT_OFFICER, title, lead, agg.region[:6]))
    return [*told, *(_message(ctx, agg, TOWN_OFFICER, title, text, town) for town in towns)]


def _message(ctx: Context, agg: Aggregate, role: str, title: str, text: str, region: str) -> Event:
    data = message(ctx.service, agg, role, title, text, mark=f"opened/{region}")
    event: Event = ctx.event("message.requested", {**data, "region": region})
    return event


def _take_in(ctx: Context, agg: Aggregate, wider: str) -> None:
    agg.state = rules.closed(agg.state, rules.RAISED, ctx.today, wider)
    ctx.save(ctx.store.warnings, agg, "warning.raised_to", {"to": wider}, events=[closed(ctx, agg)])


def closed(ctx: Context, agg: Aggregate) -> Event:
    """Return the event of a warning that is over."""
    kept = {name: agg.state[name] for name in ("kind", "place", "outcome")}
    event: Event = ctx.event("warning.closed", {"warning": agg.id, **kept, "on": ctx.today.isoformat()})
    return event
