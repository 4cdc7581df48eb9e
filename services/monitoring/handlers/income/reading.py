"""Reading income: a household's figures of a window, and who is not collected yet in a quarter (D-02)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from shouwang.decision import Input
from shouwang.periods import Quarter, Window, twelve_months_before
from shouwang.service import Context

from services.monitoring.domain.income import concerned
from services.monitoring.domain.income import windows as rules
from services.monitoring.domain.income.figures import REFERENCE, a_head, net_income
from services.monitoring.domain.income.periods_of import quarters_of
from services.monitoring.handlers.income.windows import all_books, books_of, together_of
from services.monitoring.handlers.places import own_household_only
from services.monitoring.views.income import flag_view, payments_view

Json = dict[str, Any]
VILLAGE_DIGITS: Final = 12
HOME: Final = ("kind", "status", "ended")


def income(ctx: Context, request: Json) -> Json:
    """Return a household's income of a year or of twelve months; the read is on record.

    With what is kept of households that it took in: their entries and payments stand beside its own.
    """
    own_household_only(ctx, request["household"])
    household = ctx.store.households.get(request["household"])
    ctx.reads.record(ctx.actor.to_dict(), household.id, "查看收支", ctx.today)
    window = _window(ctx, request)
    quarters = set(map(str, quarters_of(window)))
    years = range(window.start.year, window.end.year + 1)
    states, known = all_books(ctx, household.id, years), together_of(ctx, household.id, years)
    figures = rules.figures(known, window)
    flags = [flag for one in states for flag in one["flags"].values() if flag["quarter"] in quarters]
    return {
        "household": household.id,
        "start": window.start,
        "end": window.end,
        "figures": figures,
        "missing": [kind for kind in REFERENCE if kind not in figures],
        "per_head": _per_head(known, window, len(household.state["members"])),
        "entries": [entry for one in states for entry in one["entries"]],
        "payments": [shown for one in states for shown in payments_view(one["payments"])],
        "flags": [flag_view(household.id, one) for one in sorted(flags, key=lambda one: one["id"])],
    }


def _window(ctx: Context, request: Json) -> Window:
    if request["year"] is not None:
        return Window(date(request["year"], 1, 1), date(request["year"], 12, 31))
    return twelve_months_before(request["before"] or ctx.today)


def _per_head(known: dict[int, Json], window: Window, size: int) -> int | None:
    return a_head(net_income(rules.inputs(known, window)), Input(size))


def income_due(ctx: Context, request: Json) -> Json:
    """Return who is not collected yet: households of a village, or how far each village of a region is."""
    quarter = Quarter.parse(request["quarter"])
    until = collected_until(ctx, request["region"], quarter)
    one_village = len(request["region"]) == VILLAGE_DIGITS
    return {
        "quarter": str(quarter),
        "until": until,
        "overdue": None if until is None else ctx.today > until,
        "households": _due_households(ctx, request, quarter) if one_village else [],
        "villages": [] if one_village else _due_villages(ctx, request, quarter),
    }


def _due_households(ctx: Context, request: Json, quarter: Quarter) -> list[Json]:
    due = due_homes(ctx, request["region"], quarter)
    page = [home for home in due if home > (request["after"] or "")][: request["limit"]]
    return [_missing(ctx, home, quarter) for home in page]


def due_homes(ctx: Context, village: str, quarter: Quarter) -> list[str]:
    """Return the households of a village that are collected every quarter and are not yet, in order."""
    books = ctx.store.income_books.rows(["household", "whole"], {"state.year": quarter.year}, region=village)
    done = {row["household"] for row in books if str(quarter) in row["whole"]}
    homes = sorted(ctx.store.households.rows(HOME, region=village), key=lambda row: row["id"])
    return [
        row["id"]
        for row in homes
        if concerned.collected_quarterly(row, quarter.last) and row["id"] not in done
    ]


def collected_until(ctx: Context, region: str, quarter: Quarter) -> date | None:
    """Return the last day of a collection; None: nobody has set it (K-05)."""
    days = ctx.figures(region).find("income_collection_days").value
    return None if days is None else quarter.last + timedelta(days=days)


def _missing(ctx: Context, home: str, quarter: Quarter) -> Json:
    known = rules.figures(
        {year: agg.state for year, agg in books_of(ctx, home, [quarter.year]).items()}, quarter.window
    )
    return {"household": home, "missing": [kind for kind in REFERENCE if kind not in known]}


def _due_villages(ctx: Context, request: Json, quarter: Quarter) -> list[Json]:
    villages = sorted(row["id"] for row in ctx.store.villages.rows(["households"], region=request["region"]))
    page = [one for one in villages if one > (request["after"] or "")][: request["limit"]]
    found = {row["region"]: row["periods"].get(str(quarter)) for row in _summaries(ctx, request, quarter)}
    return [_village(one, found.get(one)) for one in page]


def _summaries(ctx: Context, request: Json, quarter: Quarter) -> Any:
    where = {"state.year": quarter.year}
    return ctx.store.income_villages.rows(["periods"], where, region=request["region"])


def _village(village: str, found: Json | None) -> Json:
    counted = {"scope": None, "collected": None}
    if found is not None:
        counted = {"scope": found["scope"], "collected": found["known"]}
    return {"village": village, **counted}
