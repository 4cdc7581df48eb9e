"""Needs of households, offers of society: registered, taken back, published without a name (A-11)."""

from __future__ import annotations

import uuid
from typing import Any

from shouwang.errors import BadRequest, Refused
from shouwang.masking import scrub
from shouwang.service import Context
from shouwang.store import Aggregate

from services.assistance.handlers.finding import follows, own_contact_only
from services.assistance.views.society import need_view, offer_view, public_need_view

Json = dict[str, Any]
OPEN, CLOSED = "open", "closed"
NEED: tuple[str, ...] = ("household", "kind", "item", "detail", "quantity", "unit", "risk", "note")
OFFER: tuple[str, ...] = (
    "giver",
    "giver_kind",
    "kind",
    "item",
    "detail",
    "quantity",
    "unit",
    "amount_fen",
    "condition",
    "note",
)


def register_need(ctx: Context, request: Json) -> Json:
    """Register a need; a risk that a plan leaves uncovered is not reached by public funds."""
    own_contact_only(ctx, request["household"])
    _impersonal(request["detail"])
    need_id = uuid.uuid5(uuid.NAMESPACE_OID, f"need/{ctx.request_id}").hex
    standing = ctx.store.needs.get_or_none(need_id)
    if standing is not None:
        return need_view(standing)
    region = str(request["household"]).partition("-")[0]
    from_plan = bool(request["plan"])
    reached = _reached(ctx, request) if from_plan else request["reached"]
    state = {name: request[name] for name in NEED} | {"reached": reached, "status": OPEN, "reason": None}
    state |= {"source": "plan" if from_plan else "hand", "left": request["quantity"]}
    agg = ctx.store.needs.new(need_id, region=region, state=state)
    ctx.save(ctx.store.needs, agg, "need.registered", {"kind": request["kind"]})
    return need_view(agg)


def register_offer(ctx: Context, request: Json) -> Json:
    """Register an offer; shares for which nobody does anything are not taken (农2024-内生 1)."""
    _impersonal(request["detail"])
    if request["kind"] == "shares" and not request["condition"]:
        raise Refused(
            "无条件送股分红不予登记（农业农村部 2024-10-21 增强内生动力意见 1）",
            code="society.free",
            remedy="请写明农户以何种劳动、投入或合作取得。",
        )
    offer_id = uuid.uuid5(uuid.NAMESPACE_OID, f"offer/{ctx.request_id}").hex
    standing = ctx.store.offers.get_or_none(offer_id)
    if standing is not None:
        return offer_view(standing)
    until = request["until"].isoformat() if request["until"] else None
    state = {name: request[name] for name in OFFER} | {"until": until, "left": request["quantity"]}
    agg = ctx.store.offers.new(
        offer_id, region=request["region"], state=state | {"status": OPEN, "reason": None}
    )
    ctx.save(ctx.store.offers, agg, "offer.registered", {"kind": request["kind"]})
    return offer_view(agg)


def close_need(ctx: Context, request: Json) -> Json:
    """Take a need back."""
    own_contact_only(ctx, ctx.store.needs.get(request["id"]).state["household"])
    return need_view(_close(ctx, ctx.store.needs, request, "need.closed"))


def close_offer(ctx: Context, request: Json) -> Json:
    """Take an offer back; what was matched of it goes on."""
    return offer_view(_close(ctx, ctx.store.offers, request, "offer.closed"))


def needs(ctx: Context, request: Json) -> list[Json]:
    """Return the needs of a region that are not met, as staff see them; contact persons of those followed."""
    found = ctx.store.open_needs(request["region"], request["kind"])
    return [need_view(agg) for agg in found if follows(ctx, agg.state["household"])]


def public_needs(ctx: Context, request: Json) -> list[Json]:
    """Return the needs of a region as everybody may see them: no household, no risk, no free text."""
    return [public_need_view(agg) for agg in ctx.store.open_needs(request["region"], request["kind"])]


def region_of_need(ctx: Context, request: Json) -> str:
    """Resolve where a need belongs."""
    return str(ctx.store.needs.get(request.get("need") or request["id"]).region)


def region_of_offer(ctx: Context, request: Json) -> str:
    """Resolve where an offer belongs."""
    return str(ctx.store.offers.get(request["id"]).region)


def _close(ctx: Context, repo: Any, request: Json, action: str) -> Aggregate:
    agg: Aggregate = repo.get(request["id"])
    if not agg.carried_out(ctx.request_id) and agg.state["status"] != CLOSED:
        agg.state |= {"status": CLOSED, "reason": request["reason"]}
        ctx.save(repo, agg, action)
    return agg


def _reached(ctx: Context, request: Json) -> bool:
    """Tell whether public funds reach a risk of a plan: no, when the plan leaves it uncovered."""
    plan = ctx.store.plans.get(request["plan"])
    if plan.state["household"] != request["household"] or request["risk"] not in plan.state["risks"]:
        raise BadRequest("计划不属于该户，或计划中没有该风险", code="plan.none", remedy="请核对计划和风险。")
    return request["risk"] not in plan.state["uncovered"]


def _impersonal(text: str) -> None:
    """Refuse a description in which an ID number or phone stands: all staff and contact persons read it."""
    if scrub(text) != text:
        raise BadRequest("物品说明里有个人信息", code="society.personal", remedy="只写所需物品或服务。")
