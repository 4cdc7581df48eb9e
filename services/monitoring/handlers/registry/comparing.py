"""What the household register answered for a case, beside the registry; a person decides (M-01, I-05)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from shouwang.access import roles
from shouwang.errors import Forbidden
from shouwang.register import REGISTER_FACT
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.registry import register as rules
from services.monitoring.handlers.registry import changing

Json = dict[str, Any]
PURPOSE = "核对户籍差异"


def compare(ctx: Context, household: Aggregate, case: str, answers: Iterable[Mapping[str, Any]]) -> None:
    """Keep where the register differs, with department and day; its silence changes nothing.

    Asked again it is compared anew: what was decided of the very same difference stands.
    """
    fact, by = _answered(answers)
    if fact is None:
        return
    found = rules.differences(household.state, household.region, fact["persons"])
    differences = rules.merged(household.state.get("register"), found)
    told = {"case": case, "by": by, "on": ctx.today.isoformat(), "used": fact.get("used", {})}
    household.state["register"] = {**told, "differences": differences}
    ctx.save(ctx.store.households, household, "register.compared", {"differences": len(differences)})


def _answered(answers: Iterable[Mapping[str, Any]]) -> tuple[Any, str]:
    """Return the fact that some department knows, and its title; whichever offers it takes part."""
    for one in answers:
        for fact in one["facts"]:
            if fact["fact"] == REGISTER_FACT and fact.get("verdict") == "known":
                return fact, one["title"]
    return None, ""


def register_differences(ctx: Context, request: Json) -> Json:
    """Return what the last comparison found of a household, and what became of each difference."""
    agg = ctx.store.households.get(request["household"])
    ctx.reads.record(ctx.actor.to_dict(), agg.id, PURPOSE, ctx.today)
    return _view(agg)


def decide_registration(ctx: Context, request: Json) -> Json:
    """Decide one difference: the county counts him all the same, or the register is wrong or late.

    Whoever died, moved or belongs elsewhere leaves by `change_members`, which settles the difference too.
    """
    agg = ctx.store.households.get(request["household"])
    if agg.carried_out(ctx.request_id):
        return _view(agg)
    _check_county(ctx, request["decision"])
    made = {name: request[name] for name in ("decision", "reason", "paper")}
    made |= {"by": ctx.actor.on_behalf_of or ctx.actor.id, "on": ctx.today.isoformat()}
    register = rules.decided(agg.state.get("register"), request["ref"], request["kind"], made)
    agg.state["register"] = register
    if request["decision"] == rules.COUNTS:
        _count(ctx, agg, request, made)
    else:
        detail = {"kind": request["kind"], "decision": request["decision"]}
        ctx.save(ctx.store.households, agg, "register.decided", detail)
    return _view(agg)


def _check_county(ctx: Context, decision: str) -> None:
    if decision == rules.COUNTS and roles.COUNTY_OFFICER not in ctx.actor.roles:
        raise Forbidden(
            "户籍之外的计入由县决定",
            code="member.county_only",
            remedy="请报县级决定；本级只能说明公安登记有误。",
        )


def _count(ctx: Context, agg: Aggregate, request: Json, made: Json) -> None:
    """Record the county's exception as a dated change of the member, with its paper (M-01)."""
    exception = {"decision": rules.COUNTS, **{name: made[name] for name in ("by", "on", "paper")}}
    effects = [{"op": "member", "ref": request["ref"], "values": {"exception": exception}}]
    changing.carry_out(ctx, agg, changing.REGISTRATION, ctx.today, effects, request)


def _view(agg: Aggregate) -> Json:
    register = agg.state.get("register") or dict.fromkeys(("case", "on", "by")) | {"differences": []}
    shown = [{**one, "title": rules.KINDS[one["kind"]]} for one in register["differences"]]
    kept = {name: register[name] for name in ("case", "on", "by")}
    return {"household": agg.id, **kept, "differences": shown}
