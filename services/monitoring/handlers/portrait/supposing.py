"""What if: another figure or rule on the registry as it stands, before it is adopted; nothing is touched."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from shouwang.errors import BadRequest, ConfigurationError
from shouwang.policy import Value, show
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.portrait import supposed
from services.monitoring.domain.portrait.judged import JUDGED
from services.monitoring.handlers.portrait import office
from services.monitoring.views.portrait import inquiry_view

Json = dict[str, Any]
READ: Final = ("monitoring_line", "class_high_line", "figures_usable_months")
"""The parameters on which category, duty and class depend."""
PURPOSE: Final = "政策推算：查看将进入或退出的户"


def what_if(ctx: Context, request: Json) -> Json:
    """Return who would enter and leave, by village and category; who asked is on record (K-05).

    BadRequest `what_if.nothing`, `what_if.no_effect`, `what_if.value`, `what_if.no_snapshot`.
    """
    _check(ctx, request)
    region, id = request["region"], _id(ctx, request["region"])
    known: Aggregate | None = ctx.store.inquiries.get_or_none(id)
    found = office.ask(ctx, "what_if", **_question(ctx, request))
    if found["seen"] is None:
        raise BadRequest(
            "还没有登记簿快照，无法推算",
            code="what_if.no_snapshot",
            where=region,
            remedy=f"请先执行 shouwang snapshot refresh --region {region}。",
        )
    told = supposed.told(found["groups"])
    agg = known or _kept(ctx, id, request, found["seen"], told)
    return inquiry_view(agg, told)


def households(ctx: Context, request: Json) -> list[Json]:
    """Return a page of who would enter or leave; that it was looked at is on record for each."""
    agg = ctx.store.inquiries.get(request["inquiry"])
    page = {"which": request["which"], "after": request["after"] or "", "limit": request["limit"]}
    found: list[Json] = office.ask(ctx, "who", **agg.state["question"], **page)
    if found:
        numbers = [one["household"] for one in found]
        ctx.reads.record_many(ctx.actor.to_dict(), numbers, PURPOSE, ctx.today)
    return found


def _question(ctx: Context, request: Json) -> Json:
    on = (request["as_of"] or ctx.today).isoformat()
    return {"on": on, **{name: request[name] for name in ("region", "parameters", "rules")}}


def _id(ctx: Context, region: str) -> str:
    """The same request asked again is the same inquiry."""
    return f"{region}-W{hashlib.sha256(ctx.request_id.encode()).hexdigest()[:10]}"


def _check(ctx: Context, request: Json) -> None:
    parameters, rules = request["parameters"], request["rules"]
    if not parameters and not rules:
        raise BadRequest(
            "没有说明改哪个参数或哪条规则",
            code="what_if.nothing",
            remedy="请给出 parameters 或 rules，如 monitoring_line=700000。",
        )
    strange = [*(set(parameters) - set(READ)), *(set(rules) - set(JUDGED))]
    if strange:
        raise BadRequest(
            f"{'、'.join(sorted(strange))} 不影响类型、应纳和等级，无从推算",
            code="what_if.no_effect",
            remedy=f"可改的参数：{'、'.join(READ)}；可选版本的规则：{'、'.join(JUDGED)}。",
        )
    try:
        ctx.policy.overlay(parameters)
    except ConfigurationError as error:
        raise BadRequest(error.message, code="what_if.value", remedy="金额用整数分。") from error


def _kept(ctx: Context, id: str, request: Json, seen: str, told: Json) -> Aggregate:
    state = {
        "on": ctx.today.isoformat(),
        "by": ctx.actor.id,
        "question": _question(ctx, request),
        "parameters": [_parameter(ctx, request, name) for name in sorted(request["parameters"])],
        "snapshot": seen,
        "answer": {name: told[name] for name in ("households", "enter", "leave")},
    }
    agg: Aggregate = ctx.store.inquiries.new(id, region=request["region"], state=state)
    ctx.save(ctx.store.inquiries, agg, "what_if.asked", {"parameters": sorted(request["parameters"])})
    return agg


def _parameter(ctx: Context, request: Json, parameter: str) -> Json:
    """Return what holds now with its source, beside what is supposed."""
    view = ctx.policy.at(request["as_of"] or ctx.today, request["region"])
    found, given = view.find(parameter), request["parameters"][parameter]
    unit = ctx.policy.parameter(parameter).unit
    known = isinstance(found, Value)
    return {
        "parameter": parameter,
        "title": found.title or parameter,
        "now": found.text if known else "不详",
        "source": found.source if known else found.reason,
        "supposed": show(given, unit),
    }
