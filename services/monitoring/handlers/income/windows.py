"""What the income books know of a window: what cases and readers of a household are given (M-06)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from shouwang.periods import Window
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.income import flags as flag_rules
from services.monitoring.domain.income import windows as rules
from services.monitoring.domain.income.book import book_id
from services.monitoring.domain.income.periods_of import quarters_of
from services.monitoring.domain.income.together import Merged, together
from services.monitoring.domain.registry.dissolved import went_to
from services.monitoring.views.income import flag_view

Json = dict[str, Any]


def books_of(ctx: Context, household: str, years: Iterable[int]) -> dict[int, Aggregate]:
    """Return the books of a household by year, those that there are."""
    found = ctx.store.many_books(book_id(household, year) for year in years)
    return {agg.state["year"]: agg for agg in found.values()}


def together_of(ctx: Context, household: str, years: Iterable[int]) -> dict[int, Json]:
    """Return the figures of a household by year, with those of the households that it took in (0284)."""
    asked = list(years)
    found = {year: agg.state for year, agg in books_of(ctx, household, asked).items()}
    for other, merged in taken_in(ctx, household):
        found = together(found, together_of(ctx, other, asked), merged)
    return found


def all_books(ctx: Context, household: str, years: Iterable[int]) -> list[Json]:
    """Return the books of a household and of those that it took in, as they are kept, by year."""
    asked = list(years)
    homes = [household, *(one for one, _ in taken_in(ctx, household))]
    found = [agg.state for home in homes for agg in books_of(ctx, home, asked).values()]
    return sorted(found, key=lambda one: (one["year"], one["household"]))


def taken_in(ctx: Context, household: str) -> list[tuple[str, Merged]]:
    """Return the households whose last members went to this one, and when."""
    state = ctx.store.households.get(household).state
    there = [one["came_from"]["ref"] for one in (*state["members"], *state["former"]) if one.get("came_from")]
    homes = sorted({ref.rpartition("-")[0] for ref in there})
    known = {home: ctx.store.households.get(home).state for home in homes}
    return [(home, _merged(one)) for home, one in known.items() if went_to(one) == household]


def _merged(state: Json) -> Merged:
    ended = state["ended"]
    days = [one["recorded_on"] for one in state["changes"] if one["on"] == ended["on"]]
    return Merged(date.fromisoformat(ended["on"]), date.fromisoformat(max(days)))


def known_figures(ctx: Context, household: str, window: Window) -> dict[str, Json]:
    """Return {kind: {fen, from, to, giver, on}} of what the books know of exactly this window."""
    years = range(window.start.year, window.end.year + 1)
    return rules.figures(together_of(ctx, household, years), window)


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
