"""Use cases of a distribution (X-07): village proposes, town reviews, county files, then it is paid."""

from __future__ import annotations

import uuid
from typing import Any

from shouwang.errors import Conflict, Refused, Unavailable
from shouwang.procedure import Outcome, Paper, desk
from shouwang.service import Context
from shouwang.service.event import IncomingEvent
from shouwang.store import Aggregate

from services.assets.domain import distribution, ledger
from services.assets.handlers.registering import NAMESPACE, enter
from services.assets.views import distribution_view

PROCEDURE = "income_distribution"
APPROVED = "approved"


def propose_distribution(ctx: Context, request: dict[str, Any]) -> dict[str, Any]:
    """Register a village's plan and take the first step of its case."""
    distribution.check_known(request["uses"])
    distribution_id = uuid.uuid5(NAMESPACE, f"distribution/{ctx.request_id}").hex
    known = ctx.store.distributions.get_or_none(distribution_id)
    if known is not None:
        return distribution_view(known)
    state = {"year": request["year"], "uses": request["uses"], "paid_on": None}
    agg = ctx.store.distributions.new(distribution_id, region=request["region"], state=state)
    outcome = ctx.engine.open(
        PROCEDURE,
        id=distribution_id,
        region=request["region"],
        on=ctx.today,
        actor=ctx.actor,
        facts=facts(ctx, agg),
        papers=[Paper(one["name"], one["reference"], one["on"]) for one in request["papers"]],
    )
    return desk.record(ctx, ctx.store.distributions, agg, outcome, "propose", desk=DESK)


def take_step(ctx: Context, request: dict[str, Any]) -> dict[str, Any]:
    """Take one action; the village may bring a new plan when its own was sent back."""

    def known(agg: Aggregate) -> dict[str, Any]:
        if request["uses"] is not None:
            _replace_plan(agg, request)
        return facts(ctx, agg)

    return desk.take_step(ctx, ctx.store.distributions, request["distribution"], request, known, desk=DESK)


def what_next(ctx: Context, request: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what may happen now, by whom, and why not."""
    return desk.what_next(ctx, ctx.store.distributions, request["distribution"], lambda agg: facts(ctx, agg))


def pay_out(ctx: Context, request: dict[str, Any]) -> dict[str, Any]:
    """Pay what was approved: the book takes one entry a use, then the result is told and published."""
    agg = ctx.store.distributions.get(request["distribution"])
    if agg.carried_out(ctx.request_id):
        return dict(agg.remembered(ctx.request_id))
    if agg.state["case"]["status"] != APPROVED:
        raise Refused(
            "分配方案尚未备案，不能发放",
            code="distribution.not_approved",
            remedy="请先报乡镇备案，备案后再发放。",
        )
    if agg.state["paid_on"] is not None:
        raise Conflict("该方案已经发放", code="distribution.paid", remedy="请核对年度；不得重复发放。")
    enter(ctx, agg.region, agg.state["year"], _entries(ctx, agg))
    agg.state["paid_on"] = ctx.today.isoformat()
    view = distribution_view(agg)
    ctx.save(ctx.store.distributions, agg, "distribution.paid", events=_paid(ctx, agg), result=view)
    return view


def hear_notice(ctx: Context, event: IncomingEvent) -> None:
    """Take over what notify says about the notice of a plan."""
    if desk.concerns(ctx, event, DESK):
        subject = event.data["subject"]["id"]
        desk.apply_notice_event(ctx, ctx.store.distributions, subject, event, desk=DESK)


def region_of_distribution(ctx: Context, request: dict[str, Any]) -> str:
    """Resolve where a call about a distribution belongs."""
    region: str = ctx.store.distributions.get(request["distribution"]).region
    return region


def of_region(ctx: Context, request: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the distributions of a region."""
    found = ctx.store.distributions.find(region=request["region"], limit=10_000)
    return [distribution_view(agg) for agg in found]


def facts(ctx: Context, agg: Aggregate) -> dict[str, Any]:
    """Return what the guards look at; who is at risk is unknown while monitoring does not answer."""
    known = {"uses": agg.state["uses"], "available_fen": _available(ctx, agg)}
    try:
        at_risk = ctx.bus.call("monitoring", "at_risk_households", region=agg.region)
        figures = ctx.bus.call("monitoring", "figures", region=agg.region)
    except Unavailable as error:
        ctx.log.warning("monitoring silent", code=error.code)
        return known | {"at_risk": None, "households": None}
    return known | {
        "at_risk": [one["household"] for one in at_risk],
        "households": figures["households"],
    }


def _available(ctx: Context, agg: Aggregate) -> int:
    """Return fen that came in this year and are neither spent nor promised to another plan."""
    book = ctx.store.book(agg.region, agg.state["year"])
    cash = ledger.balance(book.state["entries"], ledger.CASH)
    reserved = -ledger.balance(book.state["entries"], ledger.RESERVE)
    same = {"region": agg.region, "year": agg.state["year"]}
    others = ctx.store.distributions.find(same, limit=1_000)
    promised = sum(
        distribution.total(one.state["uses"])
        for one in others
        if one.id != agg.id
        and one.state["paid_on"] is None
        and one.state["case"]["status"] in ("open", APPROVED)
    )
    return cash - reserved - promised


def _entries(ctx: Context, agg: Aggregate) -> list[dict[str, Any]]:
    entries = []
    for number, use in enumerate(agg.state["uses"], 1):
        make = ledger.reserved if use["use"] == "reserve_fund" else ledger.spent
        text = distribution.USES[use["use"]]
        entries.append(make(f"{agg.id}/{number}", ctx.today, text, use["amount_fen"]))
    return entries


def _paid(ctx: Context, agg: Aggregate) -> list[Any]:
    uses = agg.state["uses"]
    told = _told(agg) | {"total_fen": distribution.total(uses), "relief": distribution.relief(uses)}
    message = {
        "key": f"assets/paid/{agg.id}",
        "role": "village_committee",
        "region": agg.region,
        "title": "收益分配结果公布",
        "text": f"{agg.state['year']} 年度资产收益已按备案方案发放，请张榜公布结果。",
        "due": None,
        "subject": {"service": "assets", "kind": DESK.kind, "id": agg.id},
    }
    return [ctx.event("income.distributed", told), ctx.event("message.requested", message)]


def _replace_plan(agg: Aggregate, request: dict[str, Any]) -> None:
    if request["step"] != "village_proposal":
        raise Refused("只有村级可以改方案", code="distribution.plan_fixed", remedy="请退回村级重提。")
    distribution.check_known(request["uses"])
    agg.state["uses"] = request["uses"]


def _follow(ctx: Context, agg: Aggregate, outcome: Outcome) -> list[tuple[str, dict[str, Any]]]:
    ended = {effect.data["status"] for effect in outcome.effects if effect.kind == "ended"}
    return [("distribution.approved", _told(agg))] if APPROVED in ended else []


def _told(agg: Aggregate) -> dict[str, Any]:
    return {"distribution": agg.id, "region": agg.region, "year": agg.state["year"]}


def _content(agg: Aggregate) -> dict[str, Any]:
    """Return what the public sees of a plan: amounts by use, households as numbers only."""
    uses = agg.state["uses"]
    sums: dict[str, int] = {}
    for one in uses:
        label = distribution.USES.get(one["use"], one["use"])
        sums[label] = sums.get(label, 0) + one["amount_fen"]
    households = len(distribution.relief(uses))
    return {"year": agg.state["year"], "amounts_fen": sums, "relief_households": households}


DESK = desk.Desk("distribution", content=_content, follow=_follow, view=distribution_view)
