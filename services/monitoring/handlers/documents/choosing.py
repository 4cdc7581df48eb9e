"""Whose forms are printed: named households, or a page of a village in the order of their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shouwang.errors import BadRequest
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.documents.forms import Form
from services.monitoring.handlers.places import region_of_id

Json = dict[str, Any]
Chosen = tuple[str, Aggregate | None, Aggregate | None]
"""Number of the household, the household (None: there is none), the case that the form is about."""


def named(ctx: Context, form: Form, region: str, ids: Sequence[str]) -> list[Chosen]:
    """Return the households of these numbers with their newest case of the form's procedure."""
    outside = [one for one in ids if not region_of_id(one).startswith(region)]
    if outside:
        raise BadRequest(
            f"这些户不在 {region}：{'、'.join(outside)}",
            code="documents.other_region",
            remedy="请按所在的村分别打印。",
        )
    there = ctx.store.many_households(list(ids))
    return [(id, there.get(id), newest_case(ctx, form, id)) for id in ids]


def page(ctx: Context, form: Form, request: Json) -> tuple[list[Chosen], str | None]:
    """Return a page of a village, and where the next one begins (None: this was the last)."""
    given = {"region": request["region"], "after": request["after"], "limit": request["limit"] + 1}
    if not form.procedure:
        where = {"state.status": "monitored"} if request["which"] == "monitored" else None
        found = ctx.store.households.find(where, **given)
        return _paged([(agg.id, agg, newest_case(ctx, form, agg.id)) for agg in found], found, request)
    where = {"case.status": {"$in": list(form.statuses)}, "case.procedure": form.procedure}
    found = ctx.store.cases.find(where, **given)
    homes = ctx.store.many_households([agg.state["household"] for agg in found])
    chosen: list[Chosen] = [(agg.state["household"], homes.get(agg.state["household"]), agg) for agg in found]
    return _paged(chosen, found, request)


def _paged(chosen: list[Chosen], found: list[Aggregate], request: Json) -> tuple[list[Chosen], str | None]:
    limit = request["limit"]
    return chosen[:limit], found[limit - 1].id if len(found) > limit else None


def newest_case(ctx: Context, form: Form, household: str) -> Aggregate | None:
    """Return the newest case that the form is about; of any kind for a form of the household."""
    cases = ctx.store.cases_of(household)
    fitting = [one for one in cases if form.procedure in ("", one.state["case"]["procedure"])]
    return fitting[-1] if fitting else None
