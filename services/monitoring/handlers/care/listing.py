"""What is due for me, overdue first: a village's list; a town's or the county's own with sums below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, islice
from typing import Any, Final

from shouwang.procedure import Case
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.care import duties as rules
from services.monitoring.domain.care.duties import Duty
from services.monitoring.domain.care.escalation import LEVELS, level_of
from services.monitoring.handlers.care.sources import SOURCES, VILLAGE, Source, duty_of, late, rows_of
from services.monitoring.handlers.proceedings.deciding import COUNTY_STEP

Json = dict[str, Any]
MOST: Final = 500
"""Rows that one source may bring into one list."""
OWN: Final = {
    "@level": {"town": ("town",), "county": ("county", "department")},
    "@above": {"town": ("village",), "county": ("town", "department", "county")},
}
"""Whose problems and reviews stand with the town or county from the first day."""
BELOW_DIGITS: Final = {"county": 9, "town": 12}
CELLS, STEPS, DEBTS = "unknown_cells", "case_step", "green_debt"
TITLES: Final = {
    **{one.kind: one.title for one in SOURCES},
    CELLS: "登记表补缺",
    STEPS: "案件步骤",
    DEBTS: "绿色通道欠件",
}


def duties(ctx: Context, request: Json) -> Json:
    """Return the duties of a region at its level, with sums by kind and by the divisions below."""
    region, level = request["region"], level_of_region(request["region"])
    gathered, cut = _gather_own(ctx, region) if request["mine"] else _gather(ctx, region, level)
    found = rules.for_whom(gathered, request["role"], ctx.actor.id if request["mine"] else None)
    ordered = rules.in_order(found)
    shown, following = rules.page(ordered, request["after"], request["limit"])
    kinds, below = _sums(ctx, region, level, ordered)
    _record_reads(ctx, shown)
    return {
        "region": region,
        "level": level,
        "on": ctx.today.isoformat(),
        "kinds": kinds,
        "below": below,
        "duties": [one.shown(ctx.today) for one in shown],
        "next": following,
        "cut": cut,
    }


def level_of_region(region: str) -> str:
    """Return village, town or county by the length of the code."""
    return {6: "county", 9: "town", 12: "village"}[len(region)]


def _gather_own(ctx: Context, region: str) -> tuple[list[Duty], list[str]]:
    """Return what is one person's own, wherever it lies in the region and however early."""
    terms = _terms(ctx, region)
    found, cut = [], []
    for source in (one for one in SOURCES if "person" in one.fields):
        rows = list(islice(rows_of(ctx, source, region, {"state.person": ctx.actor.id}), MOST + 1))
        cut += [source.kind] if len(rows) > MOST else []
        found += [duty_of(source, row, ctx.today, *terms) for row in rows[:MOST]]
    return found, cut


def _terms(ctx: Context, region: str) -> tuple[int, int]:
    """Return by how many days a duty is late that goes up to the town, and to the county."""
    view = ctx.figures(region)
    return view.overdue_to_town_days, view.overdue_to_county_days


def _gather(ctx: Context, region: str, level: str) -> tuple[list[Duty], list[str]]:
    """Return what stands at this level, and the kinds of which there is more than one list takes."""
    terms = _terms(ctx, region)
    found: list[Duty] = []
    cut: list[str] = []
    for source in SOURCES:
        rows = list(islice(_rows(ctx, source, region, level, terms), MOST + 1))
        cut += [source.kind] if len(rows) > MOST else []
        found += [duty_of(source, row, ctx.today, *terms) for row in rows[:MOST]]
    if level == "village":
        found += _cells(ctx, region)
    found += _steps(ctx, region, level, terms)
    return [one for one in found if _stands_here(one, level)], cut


def _rows(ctx: Context, source: Source, region: str, level: str, terms: tuple[int, int]) -> Iterator[Json]:
    """Rows of a source that can stand at a level: its own, and from below what is late enough."""
    if level == "village":
        return rows_of(ctx, source, region)
    risen = late(ctx, source, terms[LEVELS.index(level) - 1] - 1)
    if source.level in OWN:
        own = [rows_of(ctx, source, region, {"state.level": one}) for one in OWN[source.level][level]]
        return _once(chain(*own, rows_of(ctx, source, region, risen)))
    begins_here = LEVELS.index(level) <= LEVELS.index(source.level)
    return rows_of(ctx, source, region, {} if begins_here else risen)


def _once(rows: Iterable[Json]) -> Iterator[Json]:
    """Yield each row once, however many questions brought it."""
    seen: set[str] = set()
    for row in rows:
        if row["id"] not in seen:
            seen.add(row["id"])
            yield row


def _stands_here(duty: Duty, level: str) -> bool:
    """A village sees all of its own; a town and the county what is theirs or has come up to them."""
    return level == "village" or LEVELS.index(duty.level) >= LEVELS.index(level)


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
    where = {"state.case.status": "open"} | ({"state.case.step": COUNTY_STEP} if level == "county" else {})
    for agg in ctx.store.cases.find(where, region=region, limit=MOST):
        for due in _due(ctx, agg):
            kind, rule = (DEBTS, "S-07") if due.kind == "debt" else (STEPS, "R-05")
            label = f"户 {agg.state['household']}：案件 {agg.id} {due.title}"
            what = due.title if due.kind == "debt" else due.kind
            key, row = f"{agg.id}/{due.step}/{what}", {"region": agg.region}
            home, who = agg.state["household"], tuple(due.roles)
            duty = _duty(kind, key, label, row, home, who, due.due_on, "take_step", rule)
            start = "village" if due.level is None else due.level
            yield _at(duty, start if start in LEVELS else "county", ctx.today, terms)


def _due(ctx: Context, agg: Aggregate) -> list[Any]:
    found: list[Any] = ctx.engine.due(Case.from_dict(agg.state["case"]), ctx.today)
    return found


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


def _sums(ctx: Context, region: str, level: str, found: list[Duty]) -> tuple[list[Json], list[Json]]:
    """Return counts by kind and by the divisions below: a village's from its list, others on indexes."""
    if level == "village":
        return _of_list(ctx, found), []
    count: Counter[str] = Counter()
    overdue: Counter[str] = Counter()
    kinds = []
    for source in SOURCES:
        everything, behind = _counted(ctx, source, region)
        count.update(everything)
        overdue.update(behind)
        kinds.append(_kind(source.kind, everything.total(), behind.total()))
    kinds += _uncounted(ctx, region)
    return [one for one in kinds if one["count"]], _below(count, overdue, BELOW_DIGITS[level])


def _counted(ctx: Context, source: Source, region: str) -> tuple[Counter[str], Counter[str]]:
    """Return how many stand in each place, and how many of them are overdue: a row at a time, few fields.

    Not by the store's own grouping: the embedded server groups without an index.
    """
    count: Counter[str] = Counter()
    overdue: Counter[str] = Counter()
    today, path = ctx.today.isoformat(), source.due
    for row in getattr(ctx.store, source.repository).rows([path], source.open, region=region):
        count[row["region"]] += 1
        overdue[row["region"]] += row[path] is not None and row[path] < today
    return count, overdue


def _uncounted(ctx: Context, region: str) -> list[Json]:
    """What has no day of its own in the store: counted, and told overdue only in its village."""
    cells = ctx.store.households.count(
        {"state.status": "monitored", "state.unknown": {"$gt": ""}}, region=region
    )
    steps = ctx.store.cases.count({"state.case.status": "open"}, region=region)
    return [_kind(CELLS, cells, None), _kind(STEPS, steps, None)]


def _kind(kind: str, count: int, overdue: int | None) -> Json:
    return {"kind": kind, "title": TITLES[kind], "count": count, "overdue": overdue}


def _of_list(ctx: Context, found: list[Duty]) -> list[Json]:
    count = Counter(one.kind for one in found)
    overdue = Counter(one.kind for one in found if one.shown(ctx.today)["overdue"])
    return [_kind(kind, count[kind], overdue[kind]) for kind in TITLES if count[kind]]


def _below(count: Counter[str], overdue: Counter[str], digits: int) -> list[Json]:
    """Return the sums of towns or villages, the most overdue first."""
    places: dict[str, Json] = {}
    for code, n in count.items():
        if len(code) >= digits:
            place = places.setdefault(code[:digits], {"region": code[:digits], "count": 0, "overdue": 0})
            place["count"] += n
            place["overdue"] += overdue[code]
    return sorted(places.values(), key=lambda one: (-one["overdue"], one["region"]))


def _record_reads(ctx: Context, shown: list[Duty]) -> None:
    """A list of duties names households, not persons: who looked at the region stands on record once."""
    if shown:
        ctx.reads.record(ctx.actor.to_dict(), shown[0].region, "查看工作清单", ctx.today)
