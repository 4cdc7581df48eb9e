"""Sums of duties, kept once a day: a document a town with its villages, one of the county (decision 0157)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.care import sums as rules
from services.monitoring.domain.care.sums import Sum, Tally
from services.monitoring.handlers.care.beginning import towns
from services.monitoring.handlers.care.income_sheets import last_quarter
from services.monitoring.handlers.care.sources import MOST, SOURCES, Source, rows_of
from services.monitoring.handlers.income.reading import collected_until

Json = dict[str, Any]
CELLS, STEPS, DEBTS, INCOME = "unknown_cells", "case_step", "green_debt", "income"
TITLES: Final = {
    **{one.kind: one.title for one in SOURCES},
    CELLS: "登记表补缺",
    STEPS: "案件步骤",
    DEBTS: "绿色通道欠件",
    INCOME: "季度收入采集",
}
BELOW_DIGITS: Final = {"county": 9, "town": 12}
COUNTY_DIGITS: Final = 6
LEVELLED: Final = ("@level", "@above")
"""Sources of which some stand in no town."""


def keep_sums(ctx: Context) -> None:
    """Count once a day, town by town, what is open and overdue in each village; the county from its towns."""
    county = ctx.actor.region[:COUNTY_DIGITS]
    late: dict[str, list[str]] = {source.kind: [] for source in SOURCES}
    kept = [_keep(ctx, town, *_of_town(ctx, town, late)) for town in towns(ctx)]
    higher = {source.kind: _of_county(ctx, source, county) for source in SOURCES if source.level in LEVELLED}
    joined = rules.joined([*(agg.state["tally"] for agg in kept), higher])
    below = {kind: _by_town(of_kind) for kind, of_kind in joined.items()}
    risen = {kind: rules.until_which(days, MOST) for kind, days in late.items() if days}
    _keep(ctx, county, below, [one for agg in kept for one in agg.state["not_collected"]], risen)


def _of_county(ctx: Context, source: Source, county: str) -> dict[str, Sum]:
    """Return what stands with the county itself: its own reviews, and problems of no town."""
    rows = ((row["region"], row["due"]) for row in rows_of(ctx, source, county) if row["region"] == county)
    return rules.tallied(rows, ctx.today.isoformat())


def _by_town(of_kind: dict[str, Sum]) -> dict[str, Sum]:
    found: dict[str, Sum] = {}
    for place, one in of_kind.items():
        town = place[: BELOW_DIGITS["county"]]
        found[town] = rules.plus(found.get(town, [0, 0]), one)
    return found


def _keep(
    ctx: Context, place: str, tally: Tally, not_collected: list[str], risen: Json | None = None
) -> Aggregate:
    state: Json = {"on": ctx.today.isoformat(), "quarter": str(last_quarter(ctx.today))}
    state |= {"tally": tally, "not_collected": not_collected, "risen": risen}
    agg: Aggregate = ctx.store.duty_sums.get_or_none(place) or ctx.store.duty_sums.new(
        place, region=place, state={}
    )
    if agg.state != state:
        agg.state = state
        ctx.save(ctx.store.duty_sums, agg, f"duties.counted.{ctx.today}")
    return agg


def _of_town(ctx: Context, town: str, late: dict[str, list[str]]) -> tuple[Tally, list[str]]:
    """Count a town; what is late enough for the county goes into `late`, its day by kind."""
    last = (ctx.today - timedelta(days=ctx.figures(town).overdue_to_county_days)).isoformat()
    tally = {source.kind: _tallied(ctx, source, town, last, late[source.kind]) for source in SOURCES}
    left = _not_collected(ctx, town)
    until = collected_until(ctx, town, last_quarter(ctx.today))
    day = until.isoformat() if until else None
    tally |= {CELLS: _cells(ctx, town), STEPS: _steps(ctx, town)}
    tally[INCOME] = rules.tallied(((village, day) for village in left), ctx.today.isoformat())
    return {kind: of_kind for kind, of_kind in tally.items() if of_kind}, left


def _tallied(ctx: Context, source: Source, region: str, last: str, late: list[str]) -> dict[str, Sum]:
    rows = [(row["region"], row["due"]) for row in rows_of(ctx, source, region)]
    late += [due for _, due in rows if due is not None and due <= last]
    return rules.tallied(rows, ctx.today.isoformat())


def _cells(ctx: Context, town: str) -> dict[str, Sum]:
    """Households with cells that nobody has filled in, by the day until when (M-02)."""
    days = timedelta(days=ctx.figures(town).unknown_cells_days)
    rows = ctx.store.households.rows(["unknown", "monitoring"], {"status": "monitored"}, region=town)
    dated = (
        (row["region"], (date.fromisoformat(row["monitoring"]["since"]) + days).isoformat())
        for row in rows
        if row["unknown"]
    )
    return rules.tallied(dated, ctx.today.isoformat())


def _steps(ctx: Context, town: str) -> dict[str, Sum]:
    """Running cases; which of their steps is late is told where each is opened."""
    rows = ctx.store.cases.rows([], {"state.case.status": "open"}, region=town)
    counted = rules.tallied(((row["region"], None) for row in rows), ctx.today.isoformat())
    return {place: [one[0], None] for place, one in counted.items()}


def _not_collected(ctx: Context, town: str) -> list[str]:
    quarter = last_quarter(ctx.today)
    rows = ctx.store.income_villages.rows(["periods"], {"state.year": quarter.year}, region=town)
    summaries = {row["region"]: row["periods"].get(str(quarter)) for row in rows}
    villages = (row["id"] for row in ctx.store.villages.rows([], region=town))
    return rules.not_collected(villages, summaries)


def not_collected(ctx: Context, region: str, quarter: str) -> Iterator[str]:
    """Yield the villages that had not collected everybody, as kept; none when another quarter was counted."""
    agg = ctx.store.duty_sums.get_or_none(region)
    if agg is not None and agg.state["quarter"] == quarter:
        yield from agg.state["not_collected"]


def shown(ctx: Context, region: str, level: str) -> Json:
    """Return the kept sums of a town or the county with their day; null and empty before the first count."""
    agg = ctx.store.duty_sums.get_or_none(region)
    if agg is None:
        return {"kinds": [], "below": [], "sums_on": None}
    counted = rules.by_kind(agg.state["tally"])
    kinds = [kind_shown(kind, *counted[kind]) for kind in TITLES if kind in counted]
    below = rules.by_place(agg.state["tally"], BELOW_DIGITS[level])
    return {"kinds": kinds, "below": below, "sums_on": agg.state["on"]}


def kind_shown(kind: str, count: int | None, overdue: int | None) -> Json:
    """Return the sum of a kind for people."""
    return {"kind": kind, "title": TITLES[kind], "count": count, "overdue": overdue}


def risen_kept(ctx: Context, county: str) -> Json | None:
    """Return kind → {risen, until} as counted today; None when today was not counted."""
    agg = ctx.store.duty_sums.get_or_none(county)
    return agg.state["risen"] if agg is not None and agg.state["on"] == ctx.today.isoformat() else None


def overdue_kept(ctx: Context, region: str) -> dict[str, int] | None:
    """Return how many of each kind were overdue when today was counted; None when today was not."""
    agg = ctx.store.duty_sums.get_or_none(region)
    if agg is None or agg.state["on"] != ctx.today.isoformat():
        return None
    counted = rules.by_kind(agg.state["tally"])
    return {one.kind: (counted.get(one.kind) or [0, 0])[1] or 0 for one in SOURCES}
