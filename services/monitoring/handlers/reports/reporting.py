"""Reports of a period: live while it runs, kept as they were once it is closed (D-02).

A closed period is an aggregate of its own, never changed: a report printed later shows the same figures.
"""

from __future__ import annotations

from typing import Any

from shouwang.errors import Conflict, Refused
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.reports import periods
from services.monitoring.domain.reports.report import made, paper
from services.monitoring.handlers.reports.tallies import counts

Json = dict[str, Any]


def report(ctx: Context, request: Json) -> Json:
    """Return {kind, region, period, closed_on, data, document}: of the closed period, else counted now."""
    kind, region, period = request["kind"], request["region"], request["period"]
    days = periods.window(kind, period)
    if days.start > ctx.today:
        raise Refused(
            f"{periods.said(kind, period)}尚未开始，没有报告", code="report.future", remedy="请核对时期。"
        )
    kept = ctx.store.report_snapshots.get_or_none(_id(kind, region, period))
    data = kept.state["data"] if kept else made(kind, region, period, counts(ctx, kind, region, period))
    return _view(data, kept.state["closed_on"] if kept else None)


def close_period(ctx: Context, request: Json) -> Json:
    """Keep the figures of a period that is over, for good."""
    kind, region, period = request["kind"], request["region"], request["period"]
    kept = ctx.store.report_snapshots.get_or_none(_id(kind, region, period))
    if kept is not None:
        return _view(kept.state["data"], kept.state["closed_on"])
    if periods.window(kind, period).end >= ctx.today:
        raise Refused(
            f"{periods.said(kind, period)}尚未结束，不能封存",
            code="report.running",
            remedy="请在期满次日以后封存。",
        )
    agg = _close(ctx, kind, region, period)
    return _view(agg.state["data"], agg.state["closed_on"])


def _close(ctx: Context, kind: str, region: str, period: str) -> Aggregate:
    data = made(kind, region, period, counts(ctx, kind, region, period))
    state = {"kind": kind, "period": period, "closed_on": ctx.today.isoformat(), "data": data}
    agg: Aggregate = ctx.store.report_snapshots.new(_id(kind, region, period), region=region, state=state)
    ctx.save(ctx.store.report_snapshots, agg, "period.closed", {"kind": kind, "period": period})
    return agg


def close_what_ended(ctx: Context) -> None:
    """On the first day of a month: close month, quarter and year for every county and town."""
    ended = periods.ended_before(ctx.today)
    if not ended:
        return
    villages = [row["id"] for row in ctx.store.villages.rows(["households"], region="")]
    regions = sorted({id[:digits] for id in villages for digits in (6, 9)})
    for region in regions:
        for kind, period in ended:
            if ctx.store.report_snapshots.get_or_none(_id(kind, region, period)) is None:
                _close_once(ctx, kind, region, period)


def _close_once(ctx: Context, kind: str, region: str, period: str) -> None:
    try:
        _close(ctx, kind, region, period)
    except Conflict as taken:  # another replica, or an officer, closed it in this moment: one is enough
        ctx.log.info("period closed by another", code=taken.code, region=region, period=period)


def _id(kind: str, region: str, period: str) -> str:
    return f"{region}-{kind}-{period}"


def _view(data: Json, closed_on: str | None) -> Json:
    kept = {name: data[name] for name in ("kind", "region", "period")}
    return {**kept, "closed_on": closed_on, "data": data, "document": paper(data, closed_on)}
