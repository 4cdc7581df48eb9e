"""Collection of income: one household, or the rows of a village's sheet (D-02, D-04, D-05)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from shouwang.access import roles
from shouwang.errors import BadRequest
from shouwang.service import Context
from shouwang.service.requests import load
from shouwang.store import Aggregate

from services.monitoring.domain.income import book as books
from services.monitoring.domain.income import collecting as rules
from services.monitoring.domain.income.collecting import Collector
from services.monitoring.domain.income.periods_of import period, quarter_of
from services.monitoring.handlers.income.marking import mark
from services.monitoring.metrics import count_collected
from services.monitoring.schemas.income import IncomeRow

Json = dict[str, Any]
COUNTED = (books.NEW, books.SAME, books.CORRECTED)


def collect_income(ctx: Context, request: Json) -> Json:
    """Take the periods of one household into its books; all of them, or none."""
    household = ctx.store.households.get(request["household"])
    by = collector(ctx, household.region)
    for row in request["periods"]:
        rules.check(row, members(household), by)
    counted = _take(ctx, household, request["periods"], by)
    _after(ctx, household.region, request["periods"], counted)
    return {"household": household.id, **counted}


def _after(ctx: Context, village: str, rows: list[Json], counted: dict[str, int]) -> None:
    """Mark what may have changed: also when the request comes again, so that nothing is lost in between."""
    quarters = {quarter_of(period(row["period"])) for row in rows}
    mark(ctx, village, quarters)
    count_collected(sorted(map(str, quarters)), counted)


def collector(ctx: Context, region: str) -> Collector:
    """Return who collects, as the rules know them."""
    who = ctx.actor.on_behalf_of or ctx.actor.id
    title = "、".join(roles.TITLES[one] for one in ctx.actor.roles)
    return Collector(who, title, ctx.today, ctx.figures(region).find("income_collection_days").value)


def members(household: Aggregate) -> set[str]:
    """Return the refs of a household's members."""
    return {member["ref"] for member in household.state["members"]}


def _take(ctx: Context, household: Aggregate, rows: list[Json], by: Collector) -> dict[str, int]:
    """Take rows of one household, year by year; every year is tried before the first is saved."""
    size = len(household.state["members"])
    taken = [_taken(ctx, household, year, of_year, size, by) for year, of_year in by_year(rows)]
    for agg, changed, counted in taken:
        if changed:
            ctx.save(ctx.store.income_books, agg, "income.collected", counted, result=counted)
    return {name: sum(counted[name] for _, _, counted in taken) for name in COUNTED}


def _taken(
    ctx: Context, household: Aggregate, year: int, rows: list[Json], size: int, by: Collector
) -> tuple[Aggregate, bool, dict[str, int]]:
    agg = book(ctx, household, year)
    if agg.carried_out(ctx.request_id):
        return agg, False, dict(agg.remembered(ctx.request_id))
    state, counted = rules.collected(agg.state, rows, size, by)
    changed = counted[books.NEW] + counted[books.CORRECTED] > 0
    agg.state = with_marks(state) if changed else agg.state
    return agg, changed, counted


def book(ctx: Context, household: Aggregate, year: int) -> Aggregate:
    """Return the book of a household and year, a new one when there is none."""
    id = books.book_id(household.id, year)
    found: Aggregate | None = ctx.store.income_books.get_or_none(id)
    state = with_marks(books.opened(household.id, year))
    return found or ctx.store.income_books.new(id, region=household.region, state=state)


def with_marks(state: Json) -> Json:
    """Return the book with what lists find it by: whole quarters, and whether a flag is open."""
    is_open = any(flag["status"] == "open" for flag in state["flags"].values())
    return {**state, "whole": _whole(state), "checking": "open" if is_open else "none"}


def _whole(state: Json) -> list[str]:
    seen = {quarter_of(period(one["period"])) for one in state["entries"]}
    return [str(quarter) for quarter in sorted(seen) if not books.missing(state, quarter)]


def by_year(rows: list[Json]) -> Iterator[tuple[int, list[Json]]]:
    """Yield the rows of each year."""
    years: dict[int, list[Json]] = {}
    for row in rows:
        years.setdefault(period(row["period"]).year, []).append(row)
    yield from sorted(years.items())


def collect_village_income(ctx: Context, request: Json) -> Json:
    """Take the rows of a village: good rows go in, every bad one is reported with its number."""
    rejected: list[Json] = []
    read = [_read(raw, rejected) for raw in request["rows"]]
    rows = [row for row in read if row is not None]
    homes = ctx.store.many_households(sorted({row["household"] for row in rows}))
    by = collector(ctx, request["village"])
    good = [row for row in rows if _sound(row, homes, request["village"], by, rejected)]
    total = dict.fromkeys(COUNTED, 0)
    done: set[str] = set()
    for home, of_home in _by_household(good):
        counted = _try(ctx, homes[home], of_home, by, rejected)
        total = {name: total[name] + counted[name] for name in COUNTED}
        done |= {home} if sum(counted.values()) else set()
    _after(ctx, request["village"], good, total)
    told = sorted(rejected, key=lambda one: one["row"] or 0)
    return {"rows": len(request["rows"]), "households": len(done), **total, "rejected": told}


def _read(raw: Json, rejected: list[Json]) -> Json | None:
    try:
        return load(IncomeRow, raw, where="rows")
    except BadRequest as error:
        problems = "；".join(f"{one['field']}：{one['message']}" for one in error.details["problems"])
        rejected.append(_rejected(raw, error, problems))
        return None


def _rejected(row: Json, error: BadRequest, problem: str = "") -> Json:
    number = row.get("row") if isinstance(row.get("row"), int) else None
    home = row.get("household") if isinstance(row.get("household"), str) else None
    told = {"code": error.code, "problem": problem or error.message, "remedy": error.remedy}
    return {"row": number, "household": home, **told}


def _sound(row: Json, homes: dict[str, Aggregate], village: str, by: Collector, rejected: list[Json]) -> bool:
    try:
        _check_home(row["household"], homes, village)
        rules.check(row, members(homes[row["household"]]), by)
    except BadRequest as error:
        rejected.append(_rejected(row, error))
        return False
    return True


def _check_home(home: str, homes: dict[str, Aggregate], village: str) -> None:
    if not home.startswith(f"{village}-"):
        raise BadRequest("该户不在本表的村", code="income.wrong_village", remedy="一村一表，请另行导入。")
    if home not in homes:
        raise BadRequest("登记簿中没有该户", code="income.no_such_household", remedy="请先导入名册。")


def _by_household(rows: list[Json]) -> list[tuple[str, list[Json]]]:
    found: dict[str, list[Json]] = {}
    for row in rows:
        found.setdefault(row["household"], []).append(row)
    return sorted(found.items())


def _try(
    ctx: Context, household: Aggregate, rows: list[Json], by: Collector, rejected: list[Json]
) -> dict[str, int]:
    """Take the rows of a household together; when they do not agree, one by one, and report which do not."""
    try:
        return _take(ctx, household, rows, by)
    except BadRequest as error:
        if len(rows) == 1:
            rejected.append(_rejected(rows[0], error))
            return dict.fromkeys(COUNTED, 0)
    each = [_try(_for_row(ctx, row), household, [row], by, rejected) for row in rows]
    return {name: sum(counted[name] for counted in each) for name in COUNTED}


def _for_row(ctx: Context, row: Json) -> Context:
    """Each row is a request of its own then, so that several may change one book."""
    return replace(ctx, request_id=f"{ctx.request_id}/{row['row']}")
