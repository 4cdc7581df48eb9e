"""Concentrated hand-over: a department's batch goes as a list to each town, which takes it over (S-03)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from itertools import islice
from typing import Any, Final

from shouwang.access.roles import COUNTY_OFFICER, TOWN_OFFICER
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.finding import handover as rules
from services.monitoring.domain.finding.clues import PENDING
from services.monitoring.handlers.finding import terms
from services.monitoring.handlers.messages import message
from services.monitoring.views.finding import handover_view

Json = dict[str, Any]
TOWN_DIGITS: Final = 9


def hand_over(ctx: Context, batch: Json, clues: Mapping[str, Aggregate]) -> None:
    """Put each clue of a batch ("department/key" → clue) on its town's list; again changes nothing."""
    towns: dict[str, list[Json]] = {}
    for one in batch["clues"]:
        agg = clues[f"{batch['department']}/{one['key']}"]
        item = {"key": one["key"], "clue": agg.id, "household": agg.state["household"]}
        towns.setdefault(agg.region[:TOWN_DIGITS], []).append(item)
    for town, items in towns.items():
        _hand(ctx, batch, town, items)


def _hand(ctx: Context, batch: Json, town: str, items: list[Json]) -> None:
    id = f"{town}-H{_digest(batch)}"
    agg = ctx.store.handovers.get_or_none(id) or _new(ctx, batch, town, id)
    state = rules.with_items(agg.state, items)
    if state != agg.state and not agg.carried_out(ctx.request_id):
        agg.state = state
        ctx.save(ctx.store.handovers, agg, "handover.listed", {"clues": len(items)}, events=[_told(ctx, agg)])


def _digest(batch: Json) -> str:
    return hashlib.sha256(f"{batch['department']}\0{batch['batch']}".encode()).hexdigest()[:12]


def _new(ctx: Context, batch: Json, town: str, id: str) -> Aggregate:
    state = rules.handed(batch, ctx.today, terms.receipt_days(ctx, town, ctx.today))
    agg: Aggregate = ctx.store.handovers.new(id, region=town, state=state)
    return agg


def _told(ctx: Context, agg: Aggregate, *, mark: str = "") -> Any:
    state = agg.state
    text = (
        f"部门 {state['department']} 集中交办线索 {len(state['items'])} 条（清单 {agg.id}），"
        f"其中未找到对应农户 {rules.unmatched(state)} 条，{_by(state)}签收并组织入户核查。"
    )
    role = TOWN_OFFICER if len(agg.region) == TOWN_DIGITS else COUNTY_OFFICER
    data = message(ctx.service, agg, role, "部门线索集中交办", text, mark=mark or str(len(state["items"])))
    return ctx.event("message.requested", {**data, "due": state["due_on"]})


def _by(state: Json) -> str:
    return f"请于 {state['due_on']} 前" if state["due_on"] else f"请尽快（{PENDING}）"


def take_over(ctx: Context, request: Json) -> Json:
    """The town takes a list over: receipt with who, when, how many, how many without a household."""
    agg = ctx.store.handovers.get(request["handover"])
    if not agg.carried_out(ctx.request_id):
        agg.state = rules.received(agg.state, ctx.actor.on_behalf_of or ctx.actor.id, ctx.today)
        receipt = agg.state["receipts"][-1]
        counts = {"total": receipt["total"], "unmatched": receipt["unmatched"]}
        ctx.save(ctx.store.handovers, agg, "handover.received", counts)
    return handover_view(agg, ctx.today)


def handovers(ctx: Context, request: Json) -> list[Json]:
    """Return the lists of a region, or those that nobody has taken over in time."""
    overdue = request["status"] == "overdue"
    status = rules.WAITING if overdue else request["status"]
    where = {"state.status": status} if status else {}
    every = ctx.store.every(ctx.store.handovers, where, region=request["region"], after=request["after"])
    wanted = (agg for agg in every if not overdue or rules.is_overdue(agg.state, ctx.today))
    return [handover_view(agg, ctx.today) for agg in islice(wanted, request["limit"])]


def handover(ctx: Context, request: Json) -> Json:
    """Return one list with its clues."""
    return handover_view(ctx.store.handovers.get(request["handover"]), ctx.today)


def remind(ctx: Context, on: date) -> None:
    """Tell the town again, at its interval, of what it has not taken over."""
    for agg in ctx.store.every(ctx.store.handovers, {"state.status": rules.WAITING}):
        again_days = ctx.figures(agg.region).find("clue_escalation_days").value
        if rules.to_remind(agg.state, on, again_days) and not agg.carried_out(ctx.request_id):
            agg.state = {**agg.state, "told_on": on.isoformat()}
            ctx.save(
                ctx.store.handovers, agg, "handover.reminded", events=[_told(ctx, agg, mark=on.isoformat())]
            )


def set_terms(ctx: Context) -> None:
    """Give the lists whose term was open the day that has been set since, and tell the town."""
    open_ones = {"state.status": rules.WAITING, "state.due_on": None}
    for agg in ctx.store.every(ctx.store.handovers, open_ones):
        state = terms.handover_dated(ctx, agg)
        if state != agg.state and not agg.carried_out(ctx.request_id):
            agg.state = state
            ctx.save(ctx.store.handovers, agg, "handover.dated", events=[_told(ctx, agg, mark="dated")])
