"""The newest twelve months of which a household's net income is known (M-05, M-06; docs/decisions/0180).

Between two cases the registry's own figures and the income book both speak, each of other months. The newer
of the two stands, the book only when it knows everything that net income needs: a quarter that is collected
in part does not push out a year that is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from shouwang.periods import Window, twelve_months_before

from services.monitoring.domain.income import windows
from services.monitoring.domain.income.figures import NET
from services.monitoring.domain.income.periods_of import period, quarter_of, year_to
from services.monitoring.domain.income.windows import Books

Json = dict[str, Any]
Figures = Mapping[str, Mapping[str, Any]]


def with_newest_figures(state: Mapping[str, Any], books: Books) -> Json:
    """Return the state of a household with the figures of its newest known twelve months."""
    own, collected = state["figures"], of_books(books)
    window, theirs = newest_window(own), newest_window(collected)
    if theirs is None or (window is not None and window.end > theirs.end and _is_known(own, window)):
        return {**state}
    return {**state, "figures": {**_of(own, theirs), **collected}}


def of_books(books: Books) -> Figures:
    """Return the figures of the newest four quarters of which the books know all of net income, else none."""
    quarters = {quarter_of(period(one["period"])) for book in books.values() for one in book["entries"]}
    for quarter in sorted(quarters, reverse=True):
        window = year_to(quarter)
        found = windows.figures(books, window)
        if _is_known(found, window):
            return found
    return {}


def newest_window(figures: Figures) -> Window | None:
    """Return the newest twelve whole months that a figure covers; other spans are no yearly income (M-06)."""
    spans = {(date.fromisoformat(one["from"]), date.fromisoformat(one["to"])) for one in figures.values()}
    years = [Window(*span) for span in spans if _is_a_year(Window(*span))]
    return max(years, key=lambda window: window.end, default=None)


def _is_a_year(window: Window) -> bool:
    return twelve_months_before(window.end + timedelta(days=1)) == window


def _of(figures: Figures, window: Window) -> Json:
    frame = (window.start.isoformat(), window.end.isoformat())
    return {name: dict(one) for name, one in figures.items() if (one["from"], one["to"]) == frame}


def _is_known(figures: Figures, window: Window) -> bool:
    return set(NET) <= _of(figures, window).keys()
