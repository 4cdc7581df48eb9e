"""Review rounds of towns and county: wanted every period, held with a record (D-02)."""

from __future__ import annotations

from typing import Any, Final

from shouwang.errors import Forbidden
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.care import reviews as rules
from services.monitoring.handlers.care.beginning import towns
from services.monitoring.handlers.care.sources import overdue_by_kind
from services.monitoring.handlers.care.sums import overdue_kept
from services.monitoring.views.care import review_view

Json = dict[str, Any]
COUNTY_DIGITS: Final = 6


def begin_reviews(ctx: Context) -> None:
    """Want the review of the running period of the county and of every town."""
    for place in [ctx.actor.region[:COUNTY_DIGITS], *towns(ctx)]:
        _wanted(ctx, place)


def _wanted(ctx: Context, place: str) -> Aggregate:
    """Return the review of today's period; made when it is not there yet."""
    level = _level(place)
    view = ctx.figures(place)
    a_month = view.county_reviews_a_month if level == "county" else view.town_reviews_a_month
    period, due_on = rules.period_of(ctx.today, a_month)
    agg: Aggregate | None = ctx.store.reviews.get_or_none(f"{place}-{period}")
    if agg is None:
        agg = ctx.store.reviews.new(
            f"{place}-{period}", region=place, state=rules.wanted(level, period, due_on)
        )
        ctx.save(ctx.store.reviews, agg, "review.wanted")
    return agg


def _level(place: str) -> str:
    return "county" if len(place) == COUNTY_DIGITS else "town"


def record_review(ctx: Context, request: Json) -> Json:
    """Record that the review of the running period was held, with what stood overdue that day."""
    level = _level(request["region"])
    if ctx.actor.level != level:
        raise Forbidden(
            "研判（调度）由本级登记",
            code="care.review_level",
            where=request["region"],
            remedy="请由该乡镇或县级人员登记。",
        )
    agg = _wanted(ctx, request["region"])
    if not agg.carried_out(ctx.request_id):
        given = {"by": ctx.actor.id, **{name: request[name] for name in ("people", "note")}}
        counted = overdue_kept(ctx, request["region"])
        given["seen"] = overdue_by_kind(ctx, request["region"]) if counted is None else counted
        agg.state = rules.held(agg.state, given, ctx.today)
        ctx.save(ctx.store.reviews, agg, "review.held", {"seen": given["seen"]})
    return review_view(agg, ctx.today)


def reviews(ctx: Context, request: Json) -> list[Json]:
    """Return the review rounds of a region, the county's own among them when the region is the county."""
    page = {"after": request["after"], "limit": request["limit"]}
    return [review_view(agg, ctx.today) for agg in ctx.store.reviews.find(region=request["region"], **page)]
