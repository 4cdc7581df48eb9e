"""What has changed in a village's books is marked, so that the next review looks there and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from shouwang.errors import Conflict
from shouwang.periods import Quarter
from shouwang.service import Context
from shouwang.store import Aggregate

Json = dict[str, Any]
STALE, UNDERWAY, FRESH = "stale", "underway", "fresh"
RETRIES: Final = 3
LATER: Final = (1, 2, 3, 4)
"""The quarters after one in which it is compared with."""


def mark(ctx: Context, village: str, quarters: Iterable[Quarter]) -> None:
    """Note that these quarters changed, and those summed up already that are compared with them."""
    changed = set(quarters)
    later = {one.shift(number) for one in changed for number in LATER} - changed
    for year in sorted({one.year for one in changed | later}):
        now = {str(one) for one in changed if one.year == year}
        _mark(ctx, village, year, now, {str(one) for one in later if one.year == year})


def _mark(ctx: Context, village: str, year: int, changed: set[str], later: set[str]) -> None:
    for _ in range(RETRIES):
        agg = _summary(ctx, village, year)
        wanted = changed | (later & agg.state["periods"].keys())
        if not wanted or (agg.state["status"] == STALE and wanted <= set(agg.state["touched"])):
            return
        try:
            return _touch(ctx, agg, wanted)
        except Conflict:  # somebody else marked or reviewed the village: look again
            continue
    raise Conflict("该村的收支汇总正被多人同时更新", code="income.busy", remedy="请稍后重试。")


def _summary(ctx: Context, village: str, year: int) -> Aggregate:
    id = f"{village}-{year}"
    state = {"year": year, "status": FRESH, "periods": {}, "touched": [], "as_of": None}
    found: Aggregate | None = ctx.store.income_villages.get_or_none(id)
    return found or ctx.store.income_villages.new(id, region=village, state=state)


def _touch(ctx: Context, agg: Aggregate, quarters: set[str]) -> None:
    agg.state |= {"status": STALE, "touched": sorted({*agg.state["touched"], *quarters})}
    once = replace(ctx, request_id=f"{ctx.request_id}/{agg.id}/{agg.version}")
    once.save(ctx.store.income_villages, agg, "income.marked", {"quarters": sorted(quarters)})
