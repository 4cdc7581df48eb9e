"""Every day: what is overdue goes up, told once a level; figures for Prometheus (D-02, D-03, D-06)."""

from __future__ import annotations

from typing import Any, Final

from shouwang.access.roles import COUNTY_OFFICER, TOWN_OFFICER
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.care.escalation import LEVELS
from services.monitoring.handlers.care.sources import SOURCES, Source, duty_of, late, overdue_by_kind
from services.monitoring.handlers.care.sums import overdue_kept
from services.monitoring.handlers.messages import message
from services.monitoring.metrics import show_overdue_duties

Json = dict[str, Any]
PAGE: Final = 1000
TOLD: Final = {"town": TOWN_OFFICER, "county": COUNTY_OFFICER}
OWN: Final = {"clue_response", "clue_check", "follow_up"}
"""Kinds that escalate by themselves (see handlers/finding/watching.py)."""


def escalate(ctx: Context) -> None:
    """Tell the next level about everything overdue of care, once a level."""
    for source in SOURCES:
        if source.kind not in OWN:
            _escalate(ctx, source)


def show(ctx: Context) -> None:
    """Show how many duties of each kind are overdue."""
    county = ctx.actor.region[:6]
    counted = overdue_kept(ctx, county)
    for kind, number in (overdue_by_kind(ctx, county) if counted is None else counted).items():
        show_overdue_duties(kind, number)


def _escalate(ctx: Context, source: Source) -> None:
    repo = getattr(ctx.store, source.repository)
    where = {**late(ctx, source), "state.escalated": {"$in": ["village", "town"]}}
    after = None
    while page := repo.find(where, after=after, limit=PAGE):
        for agg in page:
            _tell(ctx, source, repo, agg)
        after = page[-1].id


def _tell(ctx: Context, source: Source, repo: Any, agg: Aggregate) -> None:
    view = ctx.figures(agg.region)
    duty = duty_of(
        source, _row(source, agg), ctx.today, view.overdue_to_town_days, view.overdue_to_county_days
    )
    told = LEVELS.index(agg.state["escalated"])
    if LEVELS.index(duty.level) <= told or duty.level not in TOLD:
        return
    agg.state["escalated"] = duty.level
    text = f"{duty.label}：应于 {duty.due_on} 前办理，至今未办。"
    mark = f"overdue/{duty.level}/{duty.due_on}"
    data = message(ctx.service, agg, TOLD[duty.level], f"逾期：{source.title}", text, mark=mark)
    events = [ctx.event("message.requested", data)]
    ctx.save(repo, agg, f"{source.kind}.escalated", {"to": duty.level}, events=events)


def _row(source: Source, agg: Aggregate) -> Json:
    names = {"household": "household", "due": source.due, **source.fields}
    return {"id": agg.id, "region": agg.region, **{name: agg.state.get(path) for name, path in names.items()}}
