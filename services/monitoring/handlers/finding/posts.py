"""Village monitors and named collectors: appointed, replaced, listed with what nobody holds (S-09)."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.decision import Input
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.finding import posts as rules
from services.monitoring.handlers.places import region_of_id
from services.monitoring.views.finding import post_view

Json = dict[str, Any]
EVERY = 5000


def appoint_finder(ctx: Context, request: Json) -> Json:
    """Put somebody on a post, in somebody's place if it is a replacement."""
    place, role = request["region"], request["role"]
    agg = ctx.store.posts.new(_id(ctx, place, role), region=place, state={})
    old = ctx.store.posts.get(request["replaces"]) if request["replaces"] else None
    if old is not None and (repeated := _replacement(ctx, old)) is not None:
        return post_view(repeated)
    agg.state = rules.post(role, request["person"], place, request["since"], request["replaces"])
    if old is not None:
        _replace(ctx, old, agg, request)
    ctx.save(ctx.store.posts, agg, "post.taken", {"role": role})
    return post_view(agg)


def _id(ctx: Context, place: str, role: str) -> str:
    """Return a number that the same request gets again."""
    return f"{place}-{role}-{ctx.request_id[:16]}"


def _replacement(ctx: Context, old: Aggregate) -> Aggregate | None:
    """Return the post that this very request has put in the place of the old one."""
    done: Json | None = old.remembered(ctx.request_id)
    found: Aggregate | None = ctx.store.posts.get_or_none(done["post"]) if done else None
    return found


def _replace(ctx: Context, old: Aggregate, new: Aggregate, request: Json) -> None:
    rules.check_same_post(old.state, new.state)
    if not old.carried_out(ctx.request_id):
        old.state = rules.replaced(old.state, request["since"], request["reason"], new.id)
        ctx.save(ctx.store.posts, old, "post.replaced", result={"post": new.id})


def end_post(ctx: Context, request: Json) -> Json:
    """End a post with a day."""
    agg = ctx.store.posts.get(request["post"])
    if not agg.carried_out(ctx.request_id):
        agg.state = rules.ended(agg.state, request["last"], request["reason"])
        ctx.save(ctx.store.posts, agg, "post.ended")
    return post_view(agg)


def finding_posts(ctx: Context, request: Json) -> Json:
    """Return who holds a post in a region on a day, and which village or town has nobody."""
    on = request["on"] or ctx.today
    held = [agg for agg in _posts(ctx, request["region"]) if rules.holds_on(agg.state, on)]
    villages = [row["id"] for row in ctx.store.villages.rows(["households"], region=request["region"])]
    towns = {village[: rules.TOWN_DIGITS] for village in villages}
    own = [town for town in towns if town.startswith(request["region"])]
    vacant = rules.vacancies([*villages, *own], [agg.state for agg in held], on)
    return {"posts": [post_view(agg) for agg in held], "vacancies": vacant}


def _posts(ctx: Context, region: str) -> list[Aggregate]:
    return list(ctx.store.every(ctx.store.posts, {}, region=region))


def collector_apart(ctx: Context, request: Json) -> Json:
    """Return whether somebody collects for a household who is not its contact person (S-09, D-03)."""
    village = region_of_id(request["household"])
    ctx.store.households.get(request["household"])
    found = rules.collector_apart(_contact(ctx, request["household"]), collectors(ctx, village, ctx.today))
    return {"household": request["household"], "verdict": found.verdict.value, "sentence": found.sentence()}


def _contact(ctx: Context, household: str) -> Input:
    """Return the contact person's account; unknown where nobody is named, or contacts are not kept here."""
    kept = getattr(ctx.store, "contacts", None)
    agg = kept.get_or_none(household) if kept is not None else None
    return Input(agg.state.get("person") if agg else None, "帮扶联系人登记", ctx.today, "帮扶联系人")


def collectors(ctx: Context, village: str, on: date) -> tuple[str, ...]:
    """Return who collects in a village: those of the village and of its town."""
    places = (village, village[: rules.TOWN_DIGITS])
    town = _posts(ctx, village[: rules.TOWN_DIGITS])
    mine = [
        agg.state for agg in town if agg.state["role"] == rules.COLLECTOR and agg.state["place"] in places
    ]
    return tuple(sorted({one["person"] for one in mine if rules.holds_on(one, on)}))
