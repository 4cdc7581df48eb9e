"""Reporting: signs of regional risk (S-08) and figures of the county (K-01) leave as numbers by place.

What was told of a month is remembered: told again unchanged it does not leave twice; changed, it leaves
whole, and its keys replace what was told. A standing signal has one key a place for all months: each month
it is told anew, in the place of the month before. A figure of yearly tables stands for its year, once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from shouwang.department.desk import Desk, require_own
from shouwang.department.metrics import count_unknown
from shouwang.periods import Month
from shouwang.service import Context

Json = dict[str, Any]
EventOf = Callable[[Desk, str, Json], tuple[str, Json]]
YEAR: Final = 4
OWN: Final = ("region", "amount", "started_on", "ended_on")


def report(ctx: Context, desk: Desk, request: Json) -> Json:
    """Run the signals and indicators of a month and tell monitoring what is new."""
    require_own(ctx, desk)
    period = request["period"]
    found = desk.child.ask("report", period=period)
    signals = [_told(ctx, desk, period, one, _signals) for one in found["signals"]]
    figures = [_told(ctx, desk, period, one, _figures) for one in found["indicators"]]
    return {"period": period, "signals": signals, "indicators": figures}


def _told(ctx: Context, desk: Desk, period: str, one: Json, event_of: EventOf) -> Json:
    if one["verdict"] == "unknown":
        count_unknown(desk.code, one["name"], one["code"])
    sent = one["verdict"] == "known" and _send(ctx, desk, period, one, event_of)
    kept = {name: one[name] for name in ("name", "title", "verdict", "reason", "used", "missing")}
    return {**kept, "code": one.get("code", ""), "places": len(one["rows"]), "sent": sent}


def _send(ctx: Context, desk: Desk, period: str, one: Json, event_of: EventOf) -> bool:
    repo, id, rows = ctx.store.reports, f"{_series(one, period)}/{one['name']}", one["rows"]
    agg = repo.get_or_none(id) or repo.new(id, region=desk.region, state={"rows": [], "period": period})
    if not _is_new(agg.state, one, period):
        return False
    gone = _gone(agg.state["rows"], rows)
    agg.state = {"rows": rows, "period": period}
    type, data = event_of(desk, period, {**one, "rows": [*rows, *gone]})
    events = [ctx.event(type, data)] if data.get("figures", rows or gone) else []
    ctx.save(repo, agg, "reported", {"places": len(rows)}, events=events)
    return bool(events)


def _series(one: Json, period: str) -> str:
    if "indicator" in one:
        return _stands_for(one, period)
    return "standing" if one.get("standing") else period


def _stands_for(one: Json, period: str) -> str:
    """Return the period of a figure: the year of yearly tables, however late they came; else the month."""
    used = [text for periods in one["used"].values() for text in periods]
    return max(used) if used and all(map(str.isdigit, used)) else period


def _is_new(told: Json, one: Json, period: str) -> bool:
    """Whether rows say something new; standing ones also when they stand for a later month."""
    if told["rows"] != one["rows"]:
        return bool(told["period"] <= period)
    return bool(one.get("standing") and one["rows"] and told["period"] < period)


def _gone(before: list[Json], rows: list[Json]) -> list[Json]:
    """Return, with nothing left, the places that were told before and are not found any more."""
    places = {row["region"] for row in rows}
    return [{"region": row["region"], "amount": 0} for row in before if row["region"] not in places]


def _signals(desk: Desk, period: str, one: Json) -> tuple[str, Json]:
    signals = [_signal(period, one, row) for row in one["rows"]]
    told = {"department": desk.code, "period": period, "signals": signals}
    return "signals.found", {"batch": f"{desk.code}/{one['name']}/{period}", **told}


def _signal(period: str, one: Json, row: Json) -> Json:
    first = Month.parse(period).first.isoformat()
    return {
        "key": f"{one['name']}/{_series(one, period)}/{row['region']}",
        "kind": one["kind"],
        "region": row["region"],
        "amount": row["amount"],
        "unit": one["unit"],
        "started_on": row.get("started_on") or first,
        "ended_on": row.get("ended_on"),
        "facts": {name: value for name, value in row.items() if name not in OWN},
    }


def _figures(desk: Desk, period: str, one: Json) -> tuple[str, Json]:
    stands_for = _stands_for(one, period)
    last = min(Month.parse(period).last.isoformat(), f"{stands_for[:YEAR]}-12-31")
    note = "、".join(f"{table} {'、'.join(periods)}" for table, periods in one["used"].items())
    frame = {"indicator": one["indicator"], "unit": one["unit"], "on": last, "note": note}
    known = [row for row in one["rows"] if row.get("value") is not None]
    figures = [{**frame, "region": row["region"], "value": str(row["value"])} for row in known]
    told = {"department": desk.code, "title": desk.manifest.title, "period": stands_for}
    return "figures.reported", told | {"figures": figures}
