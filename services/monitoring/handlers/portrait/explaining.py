"""Why a household stands where it stands, on any day; and why not, for one that is not listed (R-05)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, Final

from shouwang.decision import Decision
from shouwang.errors import Conflict, NotFound
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.income.book import as_of as book_as_of
from services.monitoring.domain.portrait import nearest
from services.monitoring.domain.portrait.judged import MONITORED, Judged, judged
from services.monitoring.domain.portrait.row import BOOK_YEARS, Row, row_of
from services.monitoring.domain.registry.history import as_of as state_on
from services.monitoring.handlers.income.windows import books_of
from services.monitoring.handlers.places import own_household_only

Json = dict[str, Any]
CLASS, CATEGORY = "class", "category"
ABOUT: Final = {CLASS: "查询等级理由", CATEGORY: "查询类型推算理由"}


def explain(ctx: Context, request: Json) -> Json:
    """Return class or suggested category of a household with its grounds, as of a day.

    Of a day before today: what the recomputation of then said, decided anew from the row that it kept; before
    the first one, what would have been said of the household as it was on that day.
    """
    own_household_only(ctx, request["household"])
    about, day = request["about"], request["as_of"] or ctx.today
    agg = ctx.store.households.get(request["household"])
    ctx.reads.record(ctx.actor.to_dict(), agg.id, ABOUT[about], ctx.today)
    _check_registered(agg, day)
    found = now(ctx, agg) if day >= ctx.today else as_of(ctx, agg, day)[0]
    decision = found.class_ if about == CLASS else found.category
    return {
        "case": None,
        "corrects": None,
        "decided": False,
        "sentence": decision.sentence(),
        "decision": decision.to_dict(),
        "decisions": [decision.to_dict()],
    }


def has_ended(agg: Aggregate, day: date) -> bool:
    """Whether nobody of the household was registered any more on a day."""
    ended = agg.state["ended"]
    return ended is not None and bool(ended["on"] <= day.isoformat())


def _check_registered(agg: Aggregate, day: date) -> None:
    """Refuse to judge a household of which nobody is left: Conflict `portrait.ended`."""
    if has_ended(agg, day):
        raise Conflict(
            f"该户已于 {agg.state['ended']['on']} 销户，此后没有等级和类型",
            code="portrait.ended",
            where=agg.id,
            remedy="请用 as_of 查询销户之前的某一天，或用 portrait 查看留存的记录。",
        )


def now(ctx: Context, agg: Aggregate) -> Judged:
    """Return what the rules say of a household today."""
    return judged(row_on(ctx, agg, ctx.today), ctx.figures(agg.region))


def row_on(ctx: Context, agg: Aggregate, day: date) -> Row:
    """Return the row of a household (as it was on the day) with what its books knew on that day."""
    found = books_of(ctx, agg.id, range(day.year - BOOK_YEARS + 1, day.year + 1))
    books = {year: book_as_of(one.state, day) for year, one in found.items()}
    return row_of(agg.id, agg.region, agg.version, agg.state, books)


def as_of(ctx: Context, agg: Aggregate, day: date) -> tuple[Judged, date]:
    """Return what the rules said when its standing last changed up to a day, and when that was.

    Nothing kept up to then: what they say of the household as it was on the day.
    """
    kept = [one for one in history(ctx, agg.id) if one["on"] <= day.isoformat() and one["row"]]
    if kept:
        row, found_on = kept[-1]["row"], date.fromisoformat(kept[-1]["on"])
    else:
        row, found_on = row_on(ctx, on_day(agg, day), day), day
    return judged(row, ctx.policy.at(found_on, agg.region)), found_on


def on_day(agg: Aggregate, day: date) -> Aggregate:
    """Return the household with its members and answers of a day (docs/decisions/0112, 0174).

    NotFound `portrait.not_known_yet` before the registry knew it.
    """
    state = state_on(agg.state, day)
    if state is None:
        raise NotFound(
            f"该户自 {agg.state['known_from']} 起才有记录",
            code="portrait.not_known_yet",
            where=agg.id,
            remedy="请查询该日之后的日期。",
        )
    return replace(agg, state=state)


def history(ctx: Context, household: str) -> list[Json]:
    """Return every change of a household's standing, oldest first: {on, before, after, row}."""
    village, _, number = household.partition("-")
    told = [(agg, agg.state["households"].get(number)) for agg in ctx.store.standing_changes_of(village)]
    return [{"on": agg.state["on"], **one} for agg, one in told if one is not None]


def why_not(ctx: Context, request: Json) -> Json:
    """Return why a household is not listed: what the rules say, what is not known, what would change it.

    Conflict `why_not.listed` for one that is, `portrait.ended` where nobody is left.

    Nothing here is promised.
    """
    own_household_only(ctx, request["household"])
    agg = ctx.store.households.get(request["household"])
    ctx.reads.record(ctx.actor.to_dict(), agg.id, "查询未纳入理由", ctx.today)
    _check_registered(agg, ctx.today)
    if agg.state["status"] == MONITORED:
        raise Conflict("该户已是监测对象", code="why_not.listed", remedy="纳入的理由请用 explain 查询。")
    found = now(ctx, agg)
    category, duty = found.category, found.duty
    return {
        "household": agg.id,
        "status": agg.state["status"],
        "suggested": category.verdict.value,
        "category": str(category.value) if category.is_yes else None,
        "sentence": category.sentence(),
        "duty": duty.sentence(),
        "decisions": [one.to_dict() for one in _decisions(category, duty)],
        "missing": nearest.missing(found),
        "would_change": [] if category.is_yes else nearest.would_change(found),
        "note": nearest.NEVER_PROMISED,
    }


def _decisions(*found: Decision) -> list[Decision]:
    return [one for one in found if one.rule]
