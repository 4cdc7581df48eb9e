"""Review rounds of towns and county: wanted every period, held with a record; 季调度 decides (D-02)."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from shouwang.errors import Forbidden
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.care import reviews as rules
from services.monitoring.handlers.care.beginning import towns
from services.monitoring.handlers.care.contacting import of_request
from services.monitoring.handlers.care.problems import open_problem
from services.monitoring.handlers.care.sources import overdue_by_kind
from services.monitoring.handlers.care.sums import overdue_kept
from services.monitoring.views.care import review_view

Json = dict[str, Any]
COUNTY_DIGITS: Final = 6


def begin_reviews(ctx: Context) -> None:
    """Want the review of the running period of the county and of every town, and the county's 季调度."""
    county = ctx.actor.region[:COUNTY_DIGITS]
    for place in [county, *towns(ctx)]:
        _wanted(ctx, place, joint=False)
    _wanted(ctx, county, joint=True)


def _wanted(ctx: Context, place: str, *, joint: bool) -> Aggregate:
    """Return the review of today's period; made when it is not there yet."""
    level = _level(place)
    period, due_on = rules.joint_period(ctx.today) if joint else _period(ctx, place, level)
    agg: Aggregate | None = ctx.store.reviews.get_or_none(f"{place}-{period}")
    if agg is None:
        agg = ctx.store.reviews.new(
            f"{place}-{period}", region=place, state=rules.wanted(level, period, due_on)
        )
        ctx.save(ctx.store.reviews, agg, "review.wanted")
    return agg


def _period(ctx: Context, place: str, level: str) -> tuple[str, date]:
    view = ctx.figures(place)
    a_month = view.county_reviews_a_month if level == "county" else view.town_reviews_a_month
    return rules.period_of(ctx.today, a_month)


def _level(place: str) -> str:
    return "county" if len(place) == COUNTY_DIGITS else "town"


def record_review(ctx: Context, request: Json) -> Json:
    """Record that the review of the running period was held, with what stood overdue that day."""
    level = _level(request["region"])
    if ctx.actor.level != level or (request["joint"] and level != "county"):
        raise Forbidden(
            "研判（调度）由本级登记",
            code="care.review_level",
            where=request["region"],
            remedy="请由该乡镇或县级人员登记；季调度由县登记。",
        )
    agg = _wanted(ctx, request["region"], joint=request["joint"])
    if not agg.carried_out(ctx.request_id):
        given = {"by": ctx.actor.id, **{name: request[name] for name in ("people", "note")}}
        counted = overdue_kept(ctx, request["region"])
        given["seen"] = overdue_by_kind(ctx, request["region"]) if counted is None else counted
        held = rules.held(agg.state, given, ctx.today)
        agg.state = held | {"decisions": _decided(ctx, request)}
        ctx.save(ctx.store.reviews, agg, "review.held", {"seen": given["seen"]})
    return review_view(agg, ctx.today)


def _decided(ctx: Context, request: Json) -> list[str]:
    """Enter each decision into the problem ledger, once; returns their numbers."""
    common = {"region": request["region"], "household": None, "source": "review"}
    return [
        open_problem(of_request(ctx, str(number)), common | one)["problem"]
        for number, one in enumerate(request["decisions"], 1)
    ]


def reviews(ctx: Context, request: Json) -> list[Json]:
    """Return the review rounds of a region, the county's own among them when the region is the county."""
    page = {"after": request["after"], "limit": request["limit"]}
    return [review_view(agg, ctx.today) for agg in ctx.store.reviews.find(region=request["region"], **page)]
