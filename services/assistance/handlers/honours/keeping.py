"""Points by the rules of a village: adopted, given, withdrawn, spent, published (A-12).

Nothing in here reads or changes a plan, a task or a measure; tests/services/assistance/honours holds that.
"""

from __future__ import annotations

import uuid
from typing import Any, Final

from shouwang.errors import NotFound
from shouwang.service import Context
from shouwang.store import Aggregate

from services.assistance.domain.honours import points, rule_set
from services.assistance.handlers.finding import own_contact_only, own_household_only

Json = dict[str, Any]
RULES: Final = ("village", "year", "title", "minutes", "actions", "rewards", "star_points", "blacklist")


def adopt_rules(ctx: Context, request: Json) -> Json:
    """Take over the point rules of a village for a year; refused where they touch entitlements."""
    rules = {name: request[name] for name in RULES} | {"adopted_on": request["adopted_on"].isoformat()}
    words = ctx.figures(request["village"]).entitlement_words
    rule_set.check(rules, words, ctx.today.isoformat())
    agg = ctx.store.rule_sets.get_or_none(_rules_id(request)) or _new_rules(ctx, request)
    if not agg.carried_out(ctx.request_id):
        agg.state = rules
        ctx.save(ctx.store.rule_sets, agg, "rules.adopted", {"adopted_on": rules["adopted_on"]})
    return agg.state


def rules(ctx: Context, request: Json) -> Json:
    """Return the rules of a village in a year."""
    return _rules(ctx, request["village"], request["year"])


def give_points(ctx: Context, request: Json) -> Json:
    """Give a household the points of an action; what they are worth stands in the rules."""
    agg = _account(ctx, request["household"], ctx.today.year)
    if not agg.carried_out(ctx.request_id):
        own = _rules(ctx, _village(request), ctx.today.year)
        entry = (request["action"], _entry_id(ctx), ctx.actor.id, request["reason"], ctx.today)
        agg.state = points.give(agg.state, own, *entry)
        ctx.save(ctx.store.point_accounts, agg, "points.given", {"action": request["action"]})
    return _view(agg)


def withdraw_points(ctx: Context, request: Json) -> Json:
    """Take an entry back, with the reason."""
    agg = _account(ctx, request["household"], request["year"])
    if not agg.carried_out(ctx.request_id):
        asked = (request["entry"], ctx.actor.id, request["reason"], ctx.today)
        agg.state = points.withdraw(agg.state, *asked)
        ctx.save(ctx.store.point_accounts, agg, "points.withdrawn", {"entry": request["entry"]})
    return _view(agg)


def give_reward(ctx: Context, request: Json) -> Json:
    """Spend points of this year on a reward."""
    agg = _account(ctx, request["household"], ctx.today.year)
    if not agg.carried_out(ctx.request_id):
        own = _rules(ctx, _village(request), ctx.today.year)
        agg.state = points.reward(agg.state, own, request["reward"], _entry_id(ctx), ctx.today)
        ctx.save(ctx.store.point_accounts, agg, "reward.given", {"reward": request["reward"]})
    return _view(agg)


def points_of(ctx: Context, request: Json) -> Json:
    """Return the account of a household in a year; empty when it has no points yet.

    The reasons of entries tell of a household's life: another household does not read them, nor a contact
    person who does not follow it.
    """
    own_household_only(ctx, request["household"])
    own_contact_only(ctx, request["household"])
    return _view(_account(ctx, request["household"], request["year"]))


def honours(ctx: Context, request: Json) -> list[Json]:
    """Return the honours list of a village: those with most points; nobody is listed for having none."""
    own = _rules(ctx, request["village"], request["year"])
    accounts = [agg.state for agg in ctx.store.accounts_of(request["village"], request["year"])]
    return points.honours(accounts, own["star_points"], ctx.figures(request["village"]).honours_places)


def publish_honours(ctx: Context, request: Json) -> list[Json]:
    """Hang the honours list in the village: households by number with masked head, points, stars (N-02)."""
    agg = ctx.store.rule_sets.get(_rules_id(request))
    found = honours(ctx, request)
    if not agg.carried_out(ctx.request_id):
        notice = _notice(ctx, agg, [_line(ctx, one) for one in found])
        event = ctx.event("notice.requested", notice)
        ctx.save(ctx.store.rule_sets, agg, "honours.published", {"households": len(found)}, events=[event])
    return found


def _line(ctx: Context, one: Json) -> Json:
    household = ctx.bus.call("monitoring", "household", household=one["household"])
    heads = [member["name"] for member in household["members"][:1] if member["name"]]
    star = "星级文明户" if one["star"] else ""
    return {"户": one["household"], "户代表": "".join(heads), "积分": one["points"], "称号": star}


def _notice(ctx: Context, agg: Aggregate, lines: list[Json]) -> Json:
    return {
        "subject": {"service": "assistance", "kind": "rule_set", "id": agg.id},
        "step": f"honours-{ctx.today.isoformat()}",
        "place": "village",
        "region": agg.region,
        "title": f"{agg.state['title']}荣誉榜",
        "content": lines,
        "days": ctx.figures(agg.region).honours_notice_days,
    }


def _rules_id(request: Json) -> str:
    return f"{request['village']}-{request['year']}"


def _new_rules(ctx: Context, request: Json) -> Aggregate:
    new: Aggregate = ctx.store.rule_sets.new(_rules_id(request), region=request["village"], state={})
    return new


def _rules(ctx: Context, village: str, year: int) -> Json:
    agg = ctx.store.rule_sets.get_or_none(f"{village}-{year}")
    if agg is None:
        raise NotFound(
            "该村本年没有已通过的积分细则",
            code="honours.no_rules",
            where=village,
            remedy="请先经村民会议或村民代表会议通过，再用 adopt_rules 登记。",
        )
    return dict(agg.state)


def _account(ctx: Context, household: str, year: int) -> Aggregate:
    id = f"{household}-{year}"
    agg = ctx.store.point_accounts.get_or_none(id)
    if agg is None:
        region = household.partition("-")[0]
        agg = ctx.store.point_accounts.new(id, region=region, state=points.opened(household, year))
    return agg


def _village(request: Json) -> str:
    return str(request["household"]).partition("-")[0]


def _entry_id(ctx: Context) -> str:
    return uuid.uuid5(uuid.NAMESPACE_OID, f"points/{ctx.request_id}").hex


def _view(agg: Aggregate) -> Json:
    return {**agg.state, "earned": points.earned(agg.state), "balance": points.balance(agg.state)}
