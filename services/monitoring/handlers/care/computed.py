"""Duties that have no day of their own in the store: cells, steps of cases, the quarter's income."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from shouwang.procedure import Case
from shouwang.service import Context

from services.monitoring.domain.care.duties import Duty
from services.monitoring.domain.care.escalation import LEVELS, level_of
from services.monitoring.handlers.care import sums
from services.monitoring.handlers.care.income_sheets import last_quarter
from services.monitoring.handlers.care.sources import MOST, VILLAGE
from services.monitoring.handlers.care.sums import CELLS, DEBTS, INCOME, STEPS
from services.monitoring.handlers.income.reading import collected_until, due_homes
from services.monitoring.handlers.proceedings.deciding import COUNTY_STEP

Json = dict[str, Any]


def duties_of(ctx: Context, region: str, level: str, terms: tuple[int, int]) -> list[Duty]:
    """Return what can stand at a level of a region."""
    own = [*_cells(ctx, region), *_own_income(ctx, region)] if level == "village" else []
    risen = [] if level == "village" else _late_income(ctx, region, terms)
    return [*own, *risen, *_steps(ctx, region, level, terms)]


def _cells(ctx: Context, village: str) -> Iterator[Duty]:
    """Households that are monitored and have cells that nobody has filled in (M-02)."""
    days = ctx.figures(village).unknown_cells_days
    for row in ctx.store.households.rows(["unknown", "monitoring"], {"status": "monitored"}, region=village):
        if row["unknown"]:
            due = date.fromisoformat(row["monitoring"]["since"]) + timedelta(days=days)
            label = f"户 {row['id']}：登记表缺 {len(row['unknown'])} 项"
            yield _duty(CELLS, row["id"], label, row, row["id"], VILLAGE, due, "fill_cell", "M-02")


def _steps(ctx: Context, region: str, level: str, terms: tuple[int, int]) -> Iterator[Duty]:
    """Steps of running cases that are due, and what the green channel still owes (S-07)."""
    for row in _cases(ctx, region, level):
        for due in due_of(ctx, row["case"]):
            kind, rule = (DEBTS, "S-07") if due.kind == "debt" else (STEPS, "R-05")
            label = f"户 {row['household']}：案件 {row['id']} {due.title}"
            what = due.title if due.kind == "debt" else due.kind
            key, home, who = f"{row['id']}/{due.step}/{what}", row["household"], tuple(due.roles)
            duty = _duty(kind, key, label, row, home, who, due.due_on, "take_step", rule)
            start = "village" if due.level is None else due.level
            yield _at(duty, start if start in LEVELS else "county", ctx.today, terms)


def _cases(ctx: Context, region: str, level: str) -> Iterator[Json]:
    """Running cases; the county is asked only for those that have reached it."""
    names, open_ = ["case", "household"], {"state.case.status": "open"}
    if level != "county":
        found: Iterator[Json] = ctx.store.cases.rows(names, open_, region=region, limit=MOST)
        return found
    reached = ctx.store.cases.rows(names, {**open_, "state.case.step": COUNTY_STEP}, limit=MOST)
    return (row for row in reached if row["region"].startswith(region))


def due_of(ctx: Context, case: Json) -> list[Any]:
    """Return what a case waits for today."""
    found: list[Any] = ctx.engine.due(Case.from_dict(case), ctx.today)
    return found


def _own_income(ctx: Context, village: str) -> Iterator[Duty]:
    """The collection of the quarter that is over: one duty a village, until nobody is missing (D-04)."""
    quarter = last_quarter(ctx.today)
    left = len(due_homes(ctx, village, quarter))
    if left:
        yield _income(village, str(quarter), collected_until(ctx, village, quarter), f"还有 {left} 户")


def _late_income(ctx: Context, region: str, terms: tuple[int, int]) -> Iterator[Duty]:
    """Villages that had not collected everybody when sums were last kept, and are late."""
    quarter = last_quarter(ctx.today)
    until = collected_until(ctx, region, quarter)
    for village in sums.not_collected(ctx, region, str(quarter)):
        yield _at(_income(village, str(quarter), until, "尚未采集完"), "village", ctx.today, terms)


def _income(village: str, quarter: str, until: date | None, told: str) -> Duty:
    label, key, row = (
        f"村 {village}：{quarter} 季度收入采集，{told}",
        f"{village}/{quarter}",
        {"region": village},
    )
    return replace(
        _duty(INCOME, key, label, row, "", VILLAGE, until, "collect_village_income", "D-04"), household=None
    )


def _duty(
    kind: str,
    key: str,
    label: str,
    row: Json,
    home: str,
    who: tuple[str, ...],
    due: date | None,
    act: str,
    rule: str,
) -> Duty:
    day = due.isoformat() if due else None
    return Duty(f"{kind}/{key}", kind, label, row["region"], home, who, None, day, act, rule, "village")


def _at(duty: Duty, start: str, on: date, terms: tuple[int, int]) -> Duty:
    return replace(duty, level=level_of(start, duty.due_on, on, *terms))
