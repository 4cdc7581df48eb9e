"""What a department counts. Labels are names of the suite, never of persons."""

from __future__ import annotations

from shouwang.telemetry.metrics import counter
from shouwang.telemetry.states import show


def count_rows(department: str, table: str, accepted: int, rejected: int) -> None:
    """Count the rows of one import."""
    rows = counter("department_rows", "Imported rows by outcome", ["department", "table", "outcome"])
    rows.labels(department, table, "accepted").inc(accepted)
    rows.labels(department, table, "rejected").inc(rejected)


def count_removed(department: str, table: str) -> None:
    """Count a period removed because it was kept long enough."""
    labels = ["department", "table"]
    counter("department_periods_removed", "Periods kept long enough and removed", labels).labels(
        department, table
    ).inc()


def show_age(department: str, table: str, days: int | None, stale: bool) -> None:
    """Show how old a table is; without days (nothing was ever imported) only that it says nothing."""
    labels = {"department": department, "table": table}
    if days is not None:
        show("department_feed_age_days", "Days since the end of the newest period of a table", days, **labels)
    show("department_feed_stale", "1 where a table is too old to say anything", int(stale), **labels)


def count_clues(department: str, rule: str, sent: int) -> None:
    """Count clues sent."""
    counter("department_clues", "Clues sent", ["department", "rule"]).labels(department, rule).inc(sent)


def count_unknown(department: str, rule: str, reason: str) -> None:
    """Count a rule that could not be run: data stale, missing, or a figure unknown."""
    labels = ["department", "rule", "reason"]
    counter("department_rule_unknown", "Screenings that answered unknown", labels).labels(
        department, rule, reason
    ).inc()


def show_missing(department: str, rule: str, periods: int) -> None:
    """Show how many periods a rule lacked when it last ran."""
    labels = {"department": department, "rule": rule}
    show("department_rule_missing_periods", "Periods a rule lacked", periods, **labels)


def count_comparison(department: str, outcome: str) -> None:
    """Count comparisons answered and refused (by code of the refusal)."""
    labels = ["department", "outcome"]
    counter("department_comparisons", "Comparisons by outcome", labels).labels(department, outcome).inc()


def count_outcome(department: str, rule: str, outcome: str) -> None:
    """Count what came of a clue."""
    labels = ["department", "rule", "outcome"]
    counter("department_clue_outcomes", "What came of clues", labels).labels(department, rule, outcome).inc()
