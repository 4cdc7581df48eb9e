"""Which plans are due for their evaluation: once every quarter that has ended since they were made (A-09)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from shouwang.errors import Refused
from shouwang.periods import Quarter


def quarters_owed(plan: Mapping[str, Any], on: date) -> list[str]:
    """Return the quarters (2021Q3) that have ended, in which the plan ran, without a decided evaluation."""
    decided = {one["quarter"] for one in plan["evaluations"] if one["decided"]}
    last = date.fromisoformat(plan["ended_on"]) if plan["ended_on"] else on
    found: list[str] = []
    quarter = Quarter.of(date.fromisoformat(plan["made_on"]))
    while quarter.last < on and quarter.first <= last:
        if str(quarter) not in decided:
            found.append(str(quarter))
        quarter = quarter.shift(1)
    return found


def due_on(quarter: str, days: int) -> date:
    """Return the day by which the evaluation of a quarter is to be decided: `days` after its end."""
    return Quarter.parse(quarter).last + timedelta(days=days)


def check_quarter(plan: Mapping[str, Any], quarter: str, on: date) -> None:
    """Refuse a quarter that has not ended, or in which the plan did not run."""
    asked = Quarter.parse(quarter)
    if asked.last >= on:
        raise Refused(
            f"{quarter} 尚未结束，不能评估",
            code="evaluation.too_early",
            remedy=f"请在 {asked.last} 之后评估。",
        )
    if plan["ended_on"] and asked.first > date.fromisoformat(plan["ended_on"]):
        raise Refused(f"计划在 {quarter} 之前已终结", code="evaluation.after_end", remedy="请核对季度。")
    if asked.last < date.fromisoformat(plan["made_on"]):
        raise Refused(f"计划在 {quarter} 之后才制定", code="evaluation.before_plan", remedy="请核对季度。")
