"""What belongs to a village: its totals, and its code tables on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from shouwang.service import Context

from services.monitoring.domain.registry.roster import Frame
from services.monitoring.domain.registry.roster_form import COLUMNS

DUE, DONE = "due", "done"
TABLES: Final = frozenset(column.table for column in COLUMNS if column.table)


def recount(ctx: Context, village: str) -> None:
    """Keep the totals of a village, in which somebody changed: figures need not count every household then.

    It is to be compared once more for people registered twice (duplicating.py).
    """
    sizes = ctx.store.households.tally("state.size", region=village)
    households = sum(n for size, n in sizes.items() if size)
    totals = {"households": households, "persons": sum(size * n for size, n in sizes.items())}
    agg = ctx.store.villages.get_or_none(village) or ctx.store.villages.new(village, region=village, state={})
    due = {**totals, "compare": DUE}
    once = part_of(ctx, f"{households}-{totals['persons']}")
    if agg.state != due and not agg.carried_out(once.request_id):
        agg.state = due
        once.save(ctx.store.villages, agg, "village.counted", totals)


def part_of(ctx: Context, name: str) -> Context:
    """Return the context of one part of a request that changes the same aggregate several times."""
    return replace(ctx, request_id=f"{ctx.request_id}/{name}")


def frame(ctx: Context, village: str, as_of: date) -> Frame:
    """Return what the reading of rows of a village needs: its code tables on that day."""
    view = ctx.policy.at(as_of, village)
    tables = {name: {line.label: line.name for line in view.codes(name)} for name in TABLES}
    return Frame(village, as_of, tables)
