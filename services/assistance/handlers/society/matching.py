"""Bringing needs and offers together, and following each offer until the household confirms it (A-11)."""

from __future__ import annotations

import uuid
from collections import defaultdict
from typing import Any

from shouwang.errors import Conflict, Refused
from shouwang.service import Context
from shouwang.store import Aggregate

from services.assistance.domain.society import following
from services.assistance.domain.society.matching import Need, SocialOffer, fits, ranked
from services.assistance.handlers.finding import own_contact_only, own_household_only
from services.assistance.views.society import match_view, need_view, public_giver

Json = dict[str, Any]
DONE = 2_000


def candidates(ctx: Context, request: Json) -> list[Json]:
    """Return the offers that fit a need, nearest first, each with the reason."""
    need = ctx.store.needs.get(request["need"])
    own_contact_only(ctx, need.state["household"])
    offers = ctx.store.open_offers(need.state["kind"], need.region)
    found = ranked(need.state, need.region, [(agg.id, agg.region, agg.state) for agg in offers], ctx.today)
    details = {agg.id: agg.state["detail"] for agg in offers}
    told = {one["offer"]: one["decision"].sentence() for one in found}
    return [{**one, "sentence": told[one["offer"]], "detail": details[one["offer"]]} for one in found]


def release_match(ctx: Context, request: Json) -> Json:
    """Note that a person read both descriptions and says that need and offer mean the same thing."""
    need, offer = ctx.store.needs.get(request["need"]), ctx.store.offers.get(request["offer"])
    if not need.carried_out(ctx.request_id):
        need.state["released"] = sorted({*need.state.get("released", ()), offer.id})
        ctx.save(ctx.store.needs, need, "need.released", {"offer": offer.id})
    return need_view(need)


def propose_match(ctx: Context, request: Json) -> Json:
    """Bring a need and an offer together; the quantity leaves both at once: nothing is promised twice."""
    match_id = uuid.uuid5(uuid.NAMESPACE_OID, f"match/{ctx.request_id}").hex
    standing = ctx.store.matches.get_or_none(match_id)
    if standing is not None:
        return match_view(standing)
    need, offer = ctx.store.needs.get(request["need"]), ctx.store.offers.get(request["offer"])
    if not offer.carried_out(ctx.request_id):
        _check(ctx, need, offer, request["quantity"])
        _take(ctx, ctx.store.offers, offer, request["quantity"])
    if not need.carried_out(ctx.request_id):
        _take(ctx, ctx.store.needs, need, request["quantity"])
    home = need.state["household"]
    made = following.propose(need.id, offer.id, home, request["quantity"], ctx.today)
    agg = ctx.store.matches.new(match_id, region=need.region, state=made)
    ctx.save(ctx.store.matches, agg, "match.proposed", {"need": need.id, "offer": offer.id})
    return match_view(agg)


def accept_match(ctx: Context, request: Json) -> Json:
    """Note that the giver stands by it."""
    return _advance(ctx, request, "match.accepted", lambda state: following.accept(state, ctx.today))


def deliver_match(ctx: Context, request: Json) -> Json:
    """Record one delivery with its evidence."""
    own_contact_only(ctx, ctx.store.matches.get(request["match"]).state["household"])
    quantity, evidence = request["quantity"], request["evidence"]
    return _advance(
        ctx, request, "match.step", lambda state: following.step(state, quantity, evidence, ctx.today)
    )


def confirm_match(ctx: Context, request: Json) -> Json:
    """Note the household's confirmation, and tell of it."""
    agg = ctx.store.matches.get(request["match"])
    own_household_only(ctx, agg.state["household"])
    own_contact_only(ctx, agg.state["household"])
    kind = ctx.store.offers.get(agg.state["offer"]).state["kind"]
    told = {"match": agg.id, "household": agg.state["household"], "region": agg.region, "kind": kind}
    event = ctx.event("society.delivered", told | {"on": ctx.today.isoformat()})
    return _advance(
        ctx, request, "match.confirmed", lambda state: following.confirm(state, ctx.today), [event]
    )


def end_match(ctx: Context, request: Json) -> Json:
    """End a match that comes to nothing; what was not delivered goes back to the offer and the need."""
    agg = ctx.store.matches.get(request["match"])
    if agg.state["status"] in following.OPEN:
        left = following.left(agg.state)
        for repo, id in ((ctx.store.offers, agg.state["offer"]), (ctx.store.needs, agg.state["need"])):
            _give_back(ctx, repo, repo.get(id), left)
    return _advance(
        ctx, request, "match.ended", lambda state: following.end(state, request["reason"], ctx.today)
    )


def givers(ctx: Context, request: Json) -> list[Json]:
    """Return the published list of honour: who gave what a household confirmed; persons masked (N-02)."""
    lines: dict[tuple[str, str], list[str]] = defaultdict(list)
    done = {"state.status": following.CONFIRMED}
    for agg in ctx.store.matches.find(done, region=request["region"], limit=DONE):
        offer = ctx.store.offers.get(agg.state["offer"]).state
        lines[public_giver(offer), offer["giver_kind"]].append(agg.state["household"])
    found = [_giver(*who, homes) for who, homes in lines.items()]
    return sorted(found, key=lambda one: (-one["deliveries"], one["giver"]))


def region_of_match(ctx: Context, request: Json) -> str:
    """Resolve where a match belongs."""
    return str(ctx.store.matches.get(request["match"]).region)


def match(ctx: Context, request: Json) -> Json:
    """Return one match; a contact person those of the households followed only."""
    agg = ctx.store.matches.get(request["match"])
    own_contact_only(ctx, agg.state["household"])
    return match_view(agg)


def _check(ctx: Context, need: Aggregate, offer: Aggregate, quantity: int) -> None:
    for agg in (need, offer):
        if agg.state["status"] != "open":
            raise Conflict(
                "需求已满足或供给已撤回",
                code="society.withdrawn",
                where=agg.id,
                remedy="请选择仍有效的需求和供给。",
            )
    decision = fits(
        Need.of(need.state, need.region), SocialOffer.of(offer.state, offer.region, offer.id), ctx.today
    )
    if not decision.is_yes:
        reasons = {"reasons": [decision.as_reason()]}
        raise Refused(
            f"供需不能对接：{decision.sentence()}",
            code="society.not_fitting",
            details=reasons,
            remedy="请选择相符的需求和供给。",
        )
    most = min(need.state["left"], offer.state["left"])
    if quantity > most:
        raise Refused("数量超过所需或余量", code="society.too_much", remedy=f"至多 {most}。")


def _take(ctx: Context, repo: Any, agg: Aggregate, quantity: int) -> None:
    left = agg.state["left"] - quantity
    agg.state |= {"left": left, "status": "open" if left else "matched"}
    ctx.save(repo, agg, f"{agg.kind}.taken", {"quantity": quantity})


def _give_back(ctx: Context, repo: Any, agg: Aggregate, quantity: int) -> None:
    if not quantity or agg.carried_out(ctx.request_id):
        return
    reopened = "open" if agg.state["status"] == "matched" else agg.state["status"]
    agg.state |= {"left": agg.state["left"] + quantity, "status": reopened}
    ctx.save(repo, agg, f"{agg.kind}.given_back", {"quantity": quantity})


def _advance(ctx: Context, request: Json, action: str, change: Any, events: list[Any] | None = None) -> Json:
    agg = ctx.store.matches.get(request["match"])
    if not agg.carried_out(ctx.request_id):
        agg.state = change(agg.state)
        ctx.save(ctx.store.matches, agg, action, {"status": agg.state["status"]}, events=events or [])
    return match_view(agg)


def _giver(giver: str, kind: str, homes: list[str]) -> Json:
    return {"giver": giver, "giver_kind": kind, "deliveries": len(homes), "households": len(set(homes))}
