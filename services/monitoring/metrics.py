"""What monitoring counts for Prometheus; never a name, a number or a household."""

from __future__ import annotations

from collections.abc import Mapping

from shouwang.telemetry.metrics import counter
from shouwang.telemetry.states import show


def count_roster(households: int, held: int) -> None:
    """Count the households of one batch that came in, and those that wait."""
    rows = counter("roster_households", "Households of imported rosters by outcome", ["outcome"])
    rows.labels("registered").inc(households)
    rows.labels("held").inc(held)


def count_clue(channel: str) -> None:
    """Count one source of a clue."""
    counter("clue_sources", "Sources of clues by channel", ["channel"]).labels(channel).inc()


def show_overdue(clues: int) -> None:
    """Show how many clues nobody has answered in time (S-06)."""
    show("clues_overdue", "Clues that nobody has answered in time", clues)


def show_followed(waiting: dict[str, int]) -> None:
    """Show how many clues nobody has answered (town), or closed (county), in time (S-03, S-06)."""
    show_overdue(waiting["town"])
    for level, clues in waiting.items():
        show("clues_followed", "Clues that are behind, by the level that was told", clues, level=level)


def show_warnings(by_state: dict[str, int]) -> None:
    """Show open warnings of regional risk, by whether they wait for verification or are handled (S-08)."""
    for state, warnings in by_state.items():
        show("regional_warnings", "Open warnings of regional risk", warnings, state=state)


def show_studies_overdue(days: int) -> None:
    """Show by how many days the regular joint study is overdue (S-10)."""
    show("joint_study_overdue_days", "Days since the regular joint study was due", days)


def count_comparison(department: str, answered: bool) -> None:
    """Count one department's answer, or silence, in a county comparison."""
    asked = counter("comparisons_asked", "County comparisons by department", ["department", "answered"])
    asked.labels(department, "yes" if answered else "no").inc()


def show_overdue_duties(kind: str, number: int) -> None:
    """Show how many duties of a kind are overdue in the county (D-02, D-03, D-06, D-07)."""
    show("duties_overdue", "Overdue duties by kind", number, kind=kind)


def count_sheet_rows(status: str, number: int) -> None:
    """Count rows of worklists that were read back, by what became of them."""
    counter("worksheet_rows", "Rows of worklists read back by outcome", ["status"]).labels(status).inc(number)


def count_collected(quarters: list[str], counted: Mapping[str, int]) -> None:
    """Count the figures of one collection by quarter (the last one of several) and by what became of them."""
    figures = counter("income_figures", "Figures of income collected by quarter", ["quarter", "outcome"])
    for outcome, number in counted.items():
        figures.labels(quarters[-1] if quarters else "", outcome).inc(number)


def show_income_flags(books: int) -> None:
    """Show how many income books have a figure that the town has not checked yet (D-05)."""
    show("income_books_to_check", "Income books with a figure to be checked", books)
