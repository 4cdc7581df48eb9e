"""What belongs to a village: its totals, and its code tables on a day."""

from __future__ import annotations

from datetime import date
from typing import Final

from shouwang.service import Context

from services.monitoring.domain.registry.roster import Frame
from services.monitoring.domain.registry.roster_form import COLUMNS

DUE, DONE = "due", "done"
TABLES: Final = frozenset(column.table for column in COLUMNS if column.table)


def recount(ctx: Context, village: str) -> None:
    """Keep the totals of a village, so that figures of a county need not count every household.

    A village that changed is to be compared for people registered twice (duplicating.py).
    """
    sizes = ctx.store.households.tally("state.size", region=village)
    households = sum(n for size, n in sizes.items() if size)
    totals = {"households": households, "persons": sum(size * n for size, n in sizes.items())}
    agg = ctx.store.villages.get_or_none(village) or ctx.store.villages.new(village, region=village, state={})
    if {name: agg.state.get(name) for name in totals} != totals:
        agg.state = {**totals, "compare": DUE}
        ctx.save(ctx.store.villages, agg, "village.counted", totals)


def frame(ctx: Context, village: str, as_of: date) -> Frame:
    """Return what the reading of rows of a village needs: its code tables on that day."""
    view = ctx.policy.at(as_of, village)
    tables = {name: {line.label: line.name for line in view.codes(name)} for name in TABLES}
    return Frame(village, as_of, tables)
