"""The counts of a report, on indexes: no report loads the households of a county (D-02, K-01).

What is read in rows is bounded by what happened in the period (cases, clues) or by who is monitored.
"""

from __future__ import annotations

from typing import Any, Final

from shouwang.errors import NotFound, ShouwangError
from shouwang.periods import Month, Window
from shouwang.places import Places
from shouwang.service import Context

from services.monitoring.domain.care import problems
from services.monitoring.domain.finding.clues import OPEN, WAYS
from services.monitoring.domain.reports import periods
from services.monitoring.domain.reports.figures import percent_of
from services.monitoring.domain.reports.reported import newest
from services.monitoring.domain.reports.words import RISK_WORDS
from services.monitoring.handlers.income.growing import income_growth
from services.monitoring.handlers.reports import registry

Json = dict[str, Any]
IDENTIFICATION, REMOVAL = "identification", "removal"
UNSOLVED: Final = (problems.OPEN, problems.DONE)
MOST_REPORTED: Final = 2000
"""Departments times months of a year, with room to spare."""
MONITORED: Final = {"state.status": "monitored"}


def counts(ctx: Context, kind: str, region: str, period: str) -> Json:
    """Return everything that a report of this kind is made from."""
    days = periods.window(kind, period)
    common = {
        "as_of": ctx.today.isoformat(),
        "place": place_name(region),
        "stock": _stock(ctx, region),
        "clues": _clues(ctx, region, days),
        "reported": reported_figures(ctx, kind, region, period),
    }
    return {**common, **_OF_KIND[kind](ctx, region, days), "growth": _growth(ctx, kind, region, period)}


def _growth(ctx: Context, kind: str, region: str, period: str) -> Json | None:
    """Return the growth of the region's income (D-04); None while nothing can be compared."""
    if kind == periods.MONTHLY:
        return None
    found = income_growth(ctx, {"region": region, "period": period})
    if found["growth"] is None:
        return None
    how = f"与上年同期比，可比 {found['compared']} 户（应计 {found['scope']} 户）的区域平均"
    return {"percent": percent_of(found["growth"]), "how": how, "source": "收入监测"}


def place_name(region: str) -> str:
    """Return the name of a region; its code when the divisions do not have it."""
    try:
        return Places.load().get(region).name
    except NotFound:
        return region


def reported_figures(ctx: Context, kind: str, region: str, period: str) -> dict[str, Json]:
    """Return what departments reported for exactly this region, for the period or a month or quarter of it.

    The newest day stands; of one day what was reported for the whole period.
    """
    wanted = periods.within(kind, period)
    where = {"state.period": {"$in": wanted}}
    found = ctx.store.reported.find(where, region=region[:6], limit=MOST_REPORTED)
    return newest(sorted((agg.state for agg in found), key=lambda one: wanted.index(one["period"])), region)


def _stock(ctx: Context, region: str) -> Json:
    store = ctx.store
    villages = list(store.villages.rows(["households", "persons"], region=region))
    left_out = {**MONITORED, "state.left_out.on": {"$gt": ""}}
    risks = {
        name: store.households.count({**MONITORED, "state.monitoring.risks": name}, region=region)
        for name in RISK_WORDS
    }
    return {
        "households": sum(one["households"] for one in villages),
        "persons": sum(one["persons"] for one in villages),
        "monitored": store.households.count(MONITORED, region=region),
        "removed": store.households.count({"state.status": "removed"}, region=region),
        "left_out": store.households.count(left_out, region=region),
        "categories": store.households.tally("state.category", MONITORED, region=region),
        "risks": risks,
    }


def _between(field: str, days: Window) -> Json:
    return {field: {"$gte": days.start.isoformat(), "$lte": days.end.isoformat()}}


def _clues(ctx: Context, region: str, days: Window) -> Json:
    names = ["found_on", "due_on", "responded_on", "first_channel", "status", "outcome"]
    rows = list(ctx.store.clues.rows(names, _between("found_on", days), region=region))
    overdue = {"state.status": OPEN, "state.due_on": {"$lt": ctx.today.isoformat()}}
    return {
        "rows": [_clue(one) for one in rows],
        "overdue": ctx.store.clues.count(overdue, region=region),
        "included_ways": _included_ways(ctx, region, days),
        "by_department": _by_department(ctx, region, days),
    }


def _clue(row: Json) -> Json:
    kept = {name: row[name] for name in ("found_on", "due_on", "responded_on", "status", "outcome")}
    return {**kept, "channel": row["first_channel"], "way": WAYS[row["first_channel"]]}


def _included_ways(ctx: Context, region: str, days: Window) -> list[list[str]]:
    """For each clue that led to inclusion in the period: the ways on which somebody saw the household."""
    where = {"state.status": "closed", "state.outcome": "included", **_between("closed_on", days)}
    rows = ctx.store.clues.rows(["sources"], where, region=region)
    return [sorted({WAYS[one["channel"]] for one in row["sources"]}) for row in rows]


def _by_department(ctx: Context, region: str, days: Window) -> dict[str, int]:
    found: dict[str, int] = {}
    where = {"state.first_channel": "department", **_between("found_on", days)}
    for row in ctx.store.clues.rows(["sources"], where, region=region):
        for name in {one["department"] for one in row["sources"] if one.get("department")}:
            found[name] = found.get(name, 0) + 1
    return dict(sorted(found.items()))


def _ended(ctx: Context, region: str, procedure: str, days: Window) -> list[Json]:
    where = {"case.procedure": procedure, **_between("ended_on", days)}
    names = ["opened_on", "ended_on", "case.status", "category", "risks", "way"]
    return [_case(one) for one in ctx.store.cases.rows(names, where, region=region)]


def _case(row: Json) -> Json:
    kept = {name: row[name] for name in ("ended_on", "category", "risks", "way")}
    opened, ended = (row[name] for name in ("opened_on", "ended_on"))
    return {**kept, "status": row["case.status"], "days": registry.days_between(opened, ended)}


def _opened(ctx: Context, region: str, procedure: str, days: Window) -> int:
    where = {"case.procedure": procedure, **_between("opened_on", days)}
    return int(ctx.store.cases.count(where, region=region))


def _work(ctx: Context, region: str, days: Window) -> Json:
    both = (IDENTIFICATION, REMOVAL)
    return {
        "opened": {one: _opened(ctx, region, one, days) for one in both},
        "ended": {one: _ended(ctx, region, one, days) for one in both},
        "help": _help(ctx, region),
        "departments": _departments(ctx),
    }


def _help(ctx: Context, region: str) -> Json | None:
    """What assistance counts; None (unknown) while it does not answer."""
    try:
        found: Json = ctx.bus.call("assistance", "figures", region=region)
    except ShouwangError as error:
        ctx.log.warning("assistance gave no figures", code=error.code)
        return None
    return found


def _departments(ctx: Context) -> dict[str, str]:
    """Code → title of the departments that have announced themselves; codes alone while nobody answers."""
    try:
        return {one["code"]: one["title"] for one in ctx.bus.call("assistance", "departments", offering=None)}
    except ShouwangError as error:
        ctx.log.warning("assistance named no departments", code=error.code)
        return {}


def _monthly(ctx: Context, region: str, days: Window) -> Json:
    return {
        "registry": registry.compared(ctx, region),
        "comparisons": registry.comparisons(ctx, region, _between("compared_on", days)),
    }


def _yearly(ctx: Context, region: str, days: Window) -> Json:
    work = _work(ctx, region, days)
    return {
        **work,
        "secured": registry.secured(ctx, region),
        "indicators": _labels(ctx, region, days),
        "inspections": registry.inspections(ctx, region, days.start.year),
        "problems": _problems(ctx, region),
        "by_month": _by_month(work["ended"], days),
    }


def _problems(ctx: Context, region: str) -> Json:
    """Problems of the ledger that nobody has accepted as solved (D-06)."""
    count = ctx.store.problems.count
    waiting = sum(count({"state.status": status}, region=region) for status in UNSOLVED)
    return {"open": waiting, "how": f"截至 {ctx.today} 问题台账中整改中和待验收的问题"}


def _labels(ctx: Context, region: str, days: Window) -> Json:
    """Label and target of each indicator, as they stood on the last day of the year (K-05)."""
    view = ctx.policy.at(min(days.end, ctx.today), region)
    target = {line.name: view.find(f"k01_target.{line.name}").value for line in view.codes("k01_indicators")}
    return {
        line.name: {"label": line.label, "target": target[line.name]} for line in view.codes("k01_indicators")
    }


def _by_month(ended: Json, days: Window) -> Json:
    def of(rows: list[Json], status: str, month: Month) -> int:
        return sum(one["status"] == status and one["ended_on"].startswith(str(month)) for one in rows)

    return {
        str(month): {
            "identified": of(ended[IDENTIFICATION], "included", month),
            "removed": of(ended[REMOVAL], "removed", month),
        }
        for month in days.months()
    }


_OF_KIND: Final = {"monthly": _monthly, "quarterly": _work, "yearly": _yearly}
