"""Contact persons: named, replaced, handed over, visiting, released when the risk is gone (D-03, S-09)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from shouwang.access.roles import CONTACT_PERSON
from shouwang.decision import Input
from shouwang.errors import BadRequest, Conflict, Forbidden, NotFound, Refused, ShouwangError
from shouwang.sealing import open_sealed
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.care import contacts as rules
from services.monitoring.domain.care.refusing import refused
from services.monitoring.domain.finding.posts import collector_apart
from services.monitoring.handlers.care.clues import new_clue
from services.monitoring.handlers.finding.posts import collectors
from services.monitoring.handlers.messages import message
from services.monitoring.views.care import contact_view

Json = dict[str, Any]
AT_ONCE: Final = 500
"""Households that one call of a hand-over takes."""
WARN: Final = "warn"
COLLECTOR: Final = "湘委乡振组发〔2021〕1号 二(四)、附件6 A55"


def assign_contact(ctx: Context, request: Json) -> Json:
    """Give a household its contact person."""
    agg = contact_of(ctx, request["household"])
    if agg.carried_out(ctx.request_id):
        return contact_view(agg, ctx.today)
    who = _who(ctx, request)
    warnings = _checked(ctx, agg, who)
    agg.state = rules.assigned(agg.state, who, ctx.today, ctx.figures(agg.region).contact_visit_days)
    return _named(ctx, agg, "contact.assigned", warnings)


def replace_contact(ctx: Context, request: Json) -> Json:
    """Give a household another contact person, with the reason."""
    agg = contact_of(ctx, request["household"])
    if agg.carried_out(ctx.request_id):
        return contact_view(agg, ctx.today)
    return _replaced(ctx, agg, _who(ctx, request), request["reason"])


def _replaced(ctx: Context, agg: Aggregate, who: Json, reason: str) -> Json:
    warnings = _checked(ctx, agg, who)
    days = ctx.figures(agg.region).contact_visit_days
    agg.state = rules.replaced(agg.state, who, reason, ctx.today, days)
    return _named(ctx, agg, "contact.replaced", warnings)


def _named(ctx: Context, agg: Aggregate, action: str, warnings: list[str]) -> Json:
    """Save and tell; why the one before left (illness, unfit) stays in the record and is not told."""
    told = {name: agg.state[name] for name in ("household", "person", "level")}
    events = [ctx.event("contact.named", {**told, "region": agg.region})]
    due = date.fromisoformat(agg.state["due_on"])
    text = f"您已结对户 {agg.id}，请于 {due} 前走访。"
    mark = f"{agg.state['since']}/{len(agg.state['history'])}"
    data = message(ctx.service, agg, CONTACT_PERSON, "结对帮扶", text, due, mark)
    events.append(ctx.event("message.requested", data))
    ctx.save(ctx.store.contacts, agg, action, {"person": told["person"]}, events=events)
    return contact_view(agg, ctx.today, warnings)


def hand_over_contacts(ctx: Context, request: Json) -> Json:
    """Hand every household of one person to another; one that cannot be is listed, the rest goes on."""
    where = {"state.person": request["person"], "state.due_kind": rules.VISIT}
    found = ctx.store.contacts.find(where, region=request["region"], limit=AT_ONCE + 1)
    who = _who(ctx, {**request, "person": request["to"]})
    done, left, warned = [], [], set()
    for agg in found[:AT_ONCE]:
        try:
            warned.update(_replaced(ctx, agg, who, request["reason"])["warnings"])
            done.append(agg.id)
        except (Refused, Conflict) as error:
            left.append(_refusal(agg, error))
    return {"handed_over": done, "refused": left, "warnings": sorted(warned), "more": len(found) > AT_ONCE}


def _refusal(agg: Aggregate, error: ShouwangError) -> Json:
    return {"household": agg.id, "code": error.code, "problem": error.message, "remedy": error.remedy}


def release_contact(ctx: Context, request: Json) -> Json:
    """Release the contact person of a household; refused while the risk stands or it is still revisited."""
    agg = contact_of(ctx, request["household"])
    if not agg.carried_out(ctx.request_id):
        agg.state = rules.released(agg.state, ctx.today)
        ctx.save(ctx.store.contacts, agg, "contact.released")
    return contact_view(agg, ctx.today)


def record_contact_visit(ctx: Context, request: Json) -> Json:
    """Record a visit; a new risk becomes a clue at once (S-02, S-06)."""
    agg = contact_of(ctx, request["household"])
    own_contact_only(ctx, agg)
    if not agg.carried_out(ctx.request_id):
        _check_days(ctx, agg, request)
        visit = {name: request[name] for name in ("looked", "change", "note")}
        visit |= {"on": request["on"].isoformat(), "by": ctx.actor.on_behalf_of or ctx.actor.id}
        visit["next_on"] = request["next_on"].isoformat() if request["next_on"] else None
        agg.state = rules.visited(agg.state, visit, ctx.figures(agg.region).contact_visit_days)
        ctx.save(ctx.store.contacts, agg, "contact.visited", {"risks": len(request["risks"])})
    if request["risks"]:
        new_clue(
            ctx, agg.id, request["on"], request["risks"], f"visit/{agg.id}/{request['on']}", request["note"]
        )
    return contact_view(agg, ctx.today)


def _check_days(ctx: Context, agg: Aggregate, request: Json) -> None:
    since = date.fromisoformat(agg.state["since"]) if agg.state["since"] else None
    if request["on"] > ctx.today or (since and request["on"] < since):
        raise BadRequest(
            f"走访日期 {request['on']} 应在联系人到岗之日（{since}）与今天之间",
            code="care.visit_day",
            where=agg.id,
            remedy="请核对走访日期。",
        )
    if request["next_on"] and request["next_on"] <= request["on"]:
        raise BadRequest(
            "下次走访应晚于本次走访", code="care.next_visit", where=agg.id, remedy="请改正下次走访日期。"
        )


def contact(ctx: Context, request: Json) -> Json:
    """Return the contact record of a household; the read is recorded."""
    agg = contact_of(ctx, request["household"])
    own_contact_only(ctx, agg)
    ctx.reads.record(ctx.actor.to_dict(), agg.id, "查看联系人", ctx.today)
    return contact_view(agg, ctx.today)


def contacts(ctx: Context, request: Json) -> list[Json]:
    """Return the contact records of a region: by status, person, or those overdue."""
    where: Json = {"state.person": request["person"]} if request["person"] else {}
    if request["status"]:
        where["state.status"] = request["status"]
    found = _overdue(ctx, request, where) if request["overdue"] else _page(ctx, request, where)
    return [contact_view(agg, ctx.today) for agg in found]


def _overdue(ctx: Context, request: Json, where: Json) -> list[Aggregate]:
    """One question for each thing that can be due: each stands on the index of its day."""
    late = {**where, "state.due_on": {"$lt": ctx.today.isoformat()}}
    kinds = (rules.ASSIGN, rules.VISIT)
    found = [agg for kind in kinds for agg in _page(ctx, request, {**late, "state.due_kind": kind})]
    return sorted(found, key=lambda agg: agg.id)[: request["limit"]]


def _page(ctx: Context, request: Json, where: Json) -> list[Aggregate]:
    page = {"after": request["after"], "limit": request["limit"]}
    found: list[Aggregate] = ctx.store.contacts.find(where or None, region=request["region"], **page)
    return found


def contact_load(ctx: Context, request: Json) -> list[Json]:
    """Return how many households each contact person has in a region."""
    having = {"state.due_kind": rules.VISIT}
    late = {**having, "state.due_on": {"$lt": ctx.today.isoformat()}}
    overdue = ctx.store.contacts.tally("state.person", late, region=request["region"])
    most = ctx.figures(request["region"]).contact_households_max
    held = ctx.store.contacts.tally("state.person", having, region=request["region"])
    counted = sorted(held.items(), key=lambda item: (-item[1], item[0]))
    return [
        {"person": person, "households": n, "overdue": overdue.get(person, 0), "over_limit": n > most}
        for person, n in counted
    ]


def contact_of(ctx: Context, household: str) -> Aggregate:
    """Return the contact record; NotFound when the household was never monitored."""
    agg: Aggregate | None = ctx.store.contacts.get_or_none(household)
    if agg is None:
        raise NotFound(
            "该户未纳入监测，没有联系人记录",
            code="care.never_monitored",
            where=household,
            remedy="请核对户编号。",
        )
    return agg


def own_contact_only(ctx: Context, agg: Aggregate) -> None:
    """Let a contact person act on their own households only (other roles by their region)."""
    if set(ctx.actor.roles) == {CONTACT_PERSON} and agg.state["person"] != ctx.actor.id:
        raise Forbidden(
            "联系人只能办理本人结对的户",
            code="care.not_own_contact",
            where=agg.id,
            remedy="请由该户联系人或村镇办理。",
        )


def _who(ctx: Context, request: Json) -> Json:
    card = open_sealed(ctx.keys.sealing.private, request["sealed"]) if request["sealed"] else None
    if card is not None and not (isinstance(card, dict) and isinstance(card.get("name"), str)):
        raise BadRequest(
            "密封内容里没有联系人姓名 name", code="care.card", remedy='应为 {"name": …, "phone": …}。'
        )
    return {**{name: request[name] for name in ("person", "org", "level")}, "card": card}


def _checked(ctx: Context, agg: Aggregate, who: Json) -> list[str]:
    """Refuse a collector as contact person and too many households; return what could not be told."""
    return [*_apart(ctx, agg, who), *_loaded(ctx, agg, who)]


def _apart(ctx: Context, agg: Aggregate, who: Json) -> list[str]:
    """By the name in A55 and by account: either may refuse, one that says yes is enough (decision 0159)."""
    collector = ctx.store.households.get(agg.id).state["collector"]
    person = Input(who["person"], "帮扶联系人登记", ctx.today, "帮扶联系人")
    found = (
        rules.apart(collector, (who["card"] or {}).get("name")),
        collector_apart(person, collectors(ctx, agg.region, ctx.today)),
    )
    if any(one.is_no for one in found):
        message = "联系人与该户信息采集人（A55）或本村唯一的信息采集员是同一人。"
        raise refused(
            message, "S-09", COLLECTOR, "请另选联系人，或更换信息采集人。", code="care.is_collector"
        )
    if any(one.is_yes for one in found):
        return []
    return ["不能核对联系人与信息采集人是否同一人：姓名不全，本村也未登记信息采集员。"]


def _loaded(ctx: Context, agg: Aggregate, who: Json) -> list[str]:
    if agg.state["person"] == who["person"]:
        return []
    view = ctx.figures(agg.region)
    load = Input(ctx.store.load_of(who["person"]), label="已结对户数", unit="households")
    found = rules.may_take_another(load, view)
    if found.is_yes:
        return []
    if view.contact_over_limit == WARN:
        return [f"该联系人已结对 {load.value} 户，达到上限。"]
    message = f"该联系人已结对 {load.value} 户，达到本县上限。"
    raise Refused(
        message, code="care.overload", remedy="请另选联系人。", details={"reasons": [found.as_reason()]}
    )


def of_request(ctx: Context, id: str) -> Context:
    """Return the context of one of several things that one call does."""
    return replace(ctx, request_id=f"{ctx.request_id}/{id}")
