"""The portrait of a household: what all parts know of it on one page (M-11); every look is on record."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from shouwang.errors import BadRequest, NotFound, ShouwangError
from shouwang.periods import Quarter
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.income.book import book_id
from services.monitoring.domain.portrait import classes, incomes, standings
from services.monitoring.domain.portrait.judged import Judged
from services.monitoring.handlers.places import own_household_only
from services.monitoring.handlers.portrait import explaining
from services.monitoring.views import portrait as views

Json = dict[str, Any]
MANY: Final = 1000
YEARS_BEFORE: Final = 2
VILLAGE_DIGITS: Final = 12


def portrait(ctx: Context, request: Json) -> Json:
    """Return the page of a household as it was on a day: members, income, clues, cases, class.

    NotFound `portrait.not_known_yet` before the registry knew it.
    """
    own_household_only(ctx, request["household"])
    now = ctx.store.households.get(request["household"])
    ctx.reads.record(ctx.actor.to_dict(), now.id, "查看一户一画像", ctx.today)
    day = request["as_of"] or ctx.today
    agg = explaining.on_day(now, day)
    cases = [one for one in ctx.store.cases_of(agg.id) if one.state["opened_on"] <= day.isoformat()]
    history = [one for one in explaining.history(ctx, agg.id) if one["on"] <= day.isoformat()]
    row = explaining.row_on(ctx, agg, day)
    return {
        **views.household(agg, day),
        "income": _incomes(agg, cases, history, incomes.of_row(row, day), day),
        "risks": views.risks(row),
        "clues": [views.clue(one, day) for one in _clues(ctx, agg.id, day)],
        "cases": [views.case(one, day) for one in cases],
        "measures": _measures(ctx, agg.id),
        "quarters": _quarters(ctx, agg, day),
        "contact": _contact(ctx, now.id),
        "standing": _standing(ctx, now, day),
        "standing_history": [views.change(one) for one in history],
        "changes": views.changes(ctx.store.households.history(now), day),
    }


def _clues(ctx: Context, household: str, day: date) -> list[Aggregate]:
    found = ctx.store.clues.find({"state.household": household}, limit=MANY)
    until = day.isoformat()
    return sorted(
        (one for one in found if str(one.state["found_on"]) <= until), key=lambda one: one.state["found_on"]
    )


def _incomes(
    agg: Aggregate, cases: list[Aggregate], history: list[Json], today: incomes.Figures, day: date
) -> list[Json]:
    """Return the income of every window that anybody ever kept for it, oldest first."""
    checked = [one.state["record"].get("figures", {}) for one in cases]
    rows = [one["row"] for one in history if one["row"]]
    given = incomes.by_window([agg.state["figures"], *checked, today], rows, day)
    return [incomes.structure(window, figures, agg.state["size"]) for window, figures in given]


def _contact(ctx: Context, household: str) -> str | None:
    """Return the id of today's contact person (D-03), None where nobody is named."""
    agg = ctx.store.contacts.get_or_none(household)
    return agg.state["person"] if agg else None


def _quarters(ctx: Context, agg: Aggregate, day: date) -> list[Json]:
    """Return what was collected quarter by quarter in this year and the two before it (D-04)."""
    years = range(day.year - YEARS_BEFORE, day.year + 1)
    found = ctx.store.many_books(book_id(agg.id, year) for year in years)
    books = {one.state["year"]: one.state for one in found.values()}
    return incomes.by_quarter(books, Quarter.of(date(years[0], 1, 1)), day, agg.state["size"])


def _measures(ctx: Context, household: str) -> Json:
    """Ask assistance; without a plan there are none, but when it is silent its part is unknown."""
    try:
        plans = ctx.bus.call("assistance", "plan", household=household)
    except NotFound:  # an answer: nobody has made a plan
        plans = []
    except ShouwangError as error:
        ctx.log.warning("assistance gave no plans", code=error.code)
        return {"answered": False, "code": error.code, "plans": []}
    return {"answered": True, "code": None, "plans": [views.plan(one) for one in plans]}


def _standing(ctx: Context, agg: Aggregate, day: date) -> Json | None:
    """Return class, suggested category and duty with grounds and their day; None where nobody is left."""
    if explaining.has_ended(agg, day):
        return None
    if day >= ctx.today:
        return _told(explaining.now(ctx, agg), ctx.today)
    found, on = explaining.as_of(ctx, agg, day)
    return _told(found, on)


def _told(found: Judged, on: date) -> Json:
    standing = found.standing()
    return {
        "on": on.isoformat(),
        **standing,
        "class_label": classes.CLASSES.get(standing["class"]),
        "sentence": found.class_.sentence(),
        "category_sentence": found.category.sentence(),
        "grounds": [ground.to_dict() for ground in found.class_.grounds],
    }


def listed(ctx: Context, request: Json) -> Json:
    """Return counts of a region by class, category and duty, and the households of one village by class.

    BadRequest `standings.one_village`: households are listed of one village at a time.
    """
    if request["class_"] and len(request["region"]) != VILLAGE_DIGITS:
        raise BadRequest(
            "按等级列户一次一个村", code="standings.one_village", remedy="region 请填 12 位村码。"
        )
    found = ctx.store.standings.rows(["on", "counts"], region=request["region"])
    villages = [{"village": one["id"], "on": one["on"], **one["counts"]} for one in found]
    wanted, after = request["class_"], request["after"] or ""
    households = _in_class(ctx, request["region"], wanted, after, request["limit"]) if wanted else []
    return {
        "region": request["region"],
        **views.totals(villages),
        "villages": villages,
        "households": households,
    }


def _in_class(ctx: Context, region: str, wanted: str, after: str, limit: int) -> list[Json]:
    agg = ctx.store.standing_of(region)
    given = agg.state["households"] if agg else {}
    named = {f"{region}-{number}": one for number, one in sorted(given.items()) if one["class"] == wanted}
    page = [id for id in named if id > after][:limit]
    if page:
        ctx.reads.record_many(ctx.actor.to_dict(), page, "按等级查看农户", ctx.today)
    return [{"household": id, **standings.told_of(named[id]), "since": named[id]["since"]} for id in page]
