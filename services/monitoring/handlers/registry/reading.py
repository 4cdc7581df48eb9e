"""Reading the registry: every read of a person is on record first, and names and numbers come masked."""

from __future__ import annotations

from typing import Any, Final

from shouwang.access import require_region
from shouwang.department import authorisation
from shouwang.department.known import TOLD_OF_PERSON
from shouwang.errors import BadRequest, Forbidden, NotFound
from shouwang.sealing import open_sealed, seal
from shouwang.service import Context
from shouwang.store import Aggregate
from shouwang.vocabulary import Group

from services.monitoring.handlers.places import own_household_only
from services.monitoring.handlers.registry import earning
from services.monitoring.handlers.registry.asking import household_on
from services.monitoring.views.registry import household_view

Json = dict[str, Any]
ASSISTANCE: Final = "assistance"
MONITORED: Final = "monitored"
EVERY: Final = 100_000
SEVERE: Final = 2
"""Disability of grade 1 or 2 counts as severe (附件6 A14)."""


def public_key(ctx: Context) -> Json:
    """Return the key to seal to, and the key with which departments verify authorisations."""
    verifying = authorisation.public_text(authorisation.signing_key(ctx.keys))
    return {"key": ctx.keys.sealing.public_text, "authorisation_key": verifying}


def household(ctx: Context, request: Json) -> Json:
    """Return a household, as it is or (as_of) as it was on a day: names masked, no numbers; the read is
    recorded.
    """
    own_household_only(ctx, request["household"])
    agg = ctx.store.households.get(request["household"])
    _read(ctx, agg, "查看农户")
    day = request["as_of"]
    return household_view(agg if day is None else household_on(ctx, agg.id, day))


def person(ctx: Context, request: Json) -> Json:
    """Find the household of a person by a sealed ID number."""
    agg = ctx.store.households.find_one(blind=("id_number", number_of(ctx, request["sealed"])))
    if agg is None:
        raise NotFound(
            "登记簿中没有此人", code="registry.no_such_person", remedy="请核对证件，或先导入名册。"
        )
    own_household_only(ctx, agg.id)
    require_region(ctx.actor, agg.region)
    _read(ctx, agg, request["purpose"])
    return household_view(agg)


def number_of(ctx: Context, sealed: str) -> str:
    """Return the ID number in {"id_number": …} sealed to monitoring."""
    given = open_sealed(ctx.keys.sealing.private, sealed)
    number = given.get("id_number") if isinstance(given, dict) else None
    if not isinstance(number, str) or not number.strip():
        raise BadRequest(
            "密封内容里没有 id_number",
            code="registry.sealed_person",
            remedy='请用 {"id_number": …} 密封后再提交。',
        )
    return number.strip().upper()


def persons_for(ctx: Context, request: Json) -> Json:
    """Seal the members of a household to a department's key; only assistance may ask, for a measure."""
    if ctx.actor.org != ASSISTANCE and ctx.actor.id != f"service:{ASSISTANCE}":
        raise Forbidden(
            "只有帮扶服务可以取得密封人员", code="access.wrong_service", remedy="请经帮扶服务办理。"
        )
    agg = ctx.store.households.get(request["household"])
    _read(ctx, agg, request["purpose"])
    persons = persons_of(agg)
    if request["income"]:
        persons = earning.with_income(ctx, agg, persons)
    return {"sealed": seal(request["department_key"], persons)}


def persons_of(agg: Aggregate) -> list[Json]:
    """Return the members as a department sees them: {ref, id_number, groups, groups_told, birth, labour, …}.

    id_number: None of whom none is known; nobody is left out, so that he is answered unknown (0256).
    """
    monitored = agg.state["status"] == MONITORED
    return [_person(member, monitored) for member in agg.state["members"]]


def _person(member: Json, monitored: bool) -> Json:
    told = _told(member, monitored)
    return {name: member[name] for name in ("ref", "id_number", *TOLD_OF_PERSON)} | {
        "groups": _groups(member, told),
        "groups_told": told,
    }


def _told(member: Json, monitored: bool) -> dict[str, bool]:
    """Return yes or no of the groups that the registry knows; of others it says nothing (0256).

    The card stands behind the ID number: without a number nobody knows whether there is one.
    """
    card = member["disability"]
    no_card = False if member["id_number"] else None
    standing = {
        Group.DESTITUTE: member["destitute"],
        Group.MINIMUM_LIVING: member["minimum_living"],
        Group.SEVERELY_DISABLED: no_card if card is None else card["grade"] <= SEVERE,
        Group.MONITORED: monitored,
    }
    return {group.value: holds for group, holds in standing.items() if holds is not None}


def _groups(member: Json, told: dict[str, bool]) -> list[str] | None:
    """Return the groups that apply, for departments that do not read `groups_told`; None while 特困 or 低保
    is unknown.
    """
    if member["destitute"] is None or member["minimum_living"] is None:
        return None
    return [group for group, holds in told.items() if holds]


def at_risk_households(ctx: Context, request: Json) -> list[Json]:
    """Return every monitored household of a region, for those who distribute income (X-07)."""
    found = ctx.store.households.find({"state.status": MONITORED}, region=request["region"], limit=EVERY)
    return [_at_risk(agg) for agg in found if agg.state["ended"] is None]


def _at_risk(agg: Aggregate) -> Json:
    return {
        "household": agg.id,
        "region": agg.region,
        "category": agg.state["category"],
        "risks": agg.state["monitoring"]["risks"],
    }


def _read(ctx: Context, agg: Aggregate, purpose: str) -> None:
    ctx.reads.record(ctx.actor.to_dict(), agg.id, purpose, ctx.today)
