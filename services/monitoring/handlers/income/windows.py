"""What the income books know of a window: what cases and readers of a household are given (M-06)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shouwang.periods import Window
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.income import flags as flag_rules
from services.monitoring.domain.income import windows as rules
from services.monitoring.domain.income.book import book_id
from services.monitoring.domain.income.periods_of import quarters_of
from services.monitoring.views.income import flag_view

Json = dict[str, Any]


def books_of(ctx: Context, household: str, years: Iterable[int]) -> dict[int, Aggregate]:
    """Return the books of a household by year, those that there are."""
    found = ctx.store.many_books(book_id(household, year) for year in years)
    return {agg.state["year"]: agg for agg in found.values()}


def known_figures(ctx: Context, household: str, window: Window) -> dict[str, Json]:
    """Return {kind: {fen, from, to, giver, on}} of what the books know of exactly this window."""
    return rules.figures(_states(ctx, household, window), window)


def with_known_figures(ctx: Context, household: Aggregate, window: Window) -> Json:
    """Return the household's state with the books' figures over those of the registry (decision 0121)."""
    figures = {**household.state["figures"], **known_figures(ctx, household.id, window)}
    return {**household.state, "figures": figures}


def flags_of(ctx: Context, household: str, window: Window) -> list[Json]:
    """Return the open flags of the quarters of a window: a warning for whoever decides on them (D-05)."""
    quarters = set(map(str, quarters_of(window)))
    found = [
        one
        for _, book in sorted(_states(ctx, household, window).items())
        for one in flag_rules.open_flags(book["flags"])
    ]
    return [flag_view(household, one) for one in found if one["quarter"] in quarters]


def _states(ctx: Context, household: str, window: Window) -> dict[int, Json]:
    years = range(window.start.year, window.end.year + 1)
    return {year: agg.state for year, agg in books_of(ctx, household, years).items()}
