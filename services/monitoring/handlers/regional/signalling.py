"""Signals of regional risk: taken in from departments and towns, added up, and warned of (S-08)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, Final

from shouwang.access.roles import COUNTY_OFFICER
from shouwang.errors import BadRequest
from shouwang.service import Context, IncomingEvent
from shouwang.store import Aggregate

from services.monitoring.domain.regional import signals as rules
from services.monitoring.domain.regional import warnings
from services.monitoring.domain.regional.kinds import KINDS, LEVEL_LABELS, level_of
from services.monitoring.handlers.messages import message
from services.monitoring.handlers.recording import record
from services.monitoring.handlers.regional import opening
from services.monitoring.handlers.regional.naming import is_known, name_of
from services.monitoring.views.regional import signal_view

Json = dict[str, Any]
COUNTY_DIGITS: Final = 6


def signals_found(ctx: Context, event: IncomingEvent) -> None:
    """Take in a department's batch, open or widen the warnings it calls for; twice changes nothing."""
    batch = event.data
    ids = [_id(batch["department"], one) for one in batch["signals"]]
    known = {agg.id: agg for agg in ctx.store.signals.find({"_id": {"$in": ids}}, limit=len(ids) or 1)}
    new: dict[str, Aggregate] = {}
    for id, one in zip(ids, batch["signals"], strict=True):
        state = rules.signal(one, batch["department"], f"service:{event.source}", ctx.today)
        if (agg := known.get(id) or new.get(id)) is not None:
            _correct(ctx, agg, state)
        else:
            new[id] = _new(ctx, id, state)
    ctx.store.signals.insert_many(list(new.values()))
    told = {(one["kind"], one["region"][:COUNTY_DIGITS]) for one in batch["signals"]}
    for kind, county in sorted(told):
        assess(ctx, kind, county)


def _id(department: str, one: Json) -> str:
    digest = hashlib.sha256(f"{department}\0{one['key']}".encode()).hexdigest()[:16]
    return f"{one['region']}-G{digest}"


def _new(ctx: Context, id: str, state: Json) -> Aggregate:
    agg: Aggregate = ctx.store.signals.new(id, region=state["region"], state=state)
    record(ctx, agg, "signal.told", {"kind": state["kind"]})
    return agg


def _correct(ctx: Context, agg: Aggregate, state: Json) -> None:
    """What is told again under its key replaces what was told; the history keeps both."""
    if agg.is_new:
        agg.state = state
    elif rules.differs(agg.state, state) and not agg.carried_out(ctx.request_id):
        agg.state = state
        ctx.save(ctx.store.signals, agg, "signal.corrected", {"kind": state["kind"]})


def report_signal(ctx: Context, request: Json) -> Json:
    """Take in what a town, or a department without a plugin, sees; monitoring assesses it right after."""
    _check(ctx, request)
    department = ctx.actor.org
    id = _id(department, request)
    agg = ctx.store.signals.get_or_none(id) or ctx.store.signals.new(id, region=request["region"], state={})
    if not agg.carried_out(ctx.request_id):
        agg.state = rules.signal(request, department, ctx.actor.id, ctx.today)
        told = {"signal": agg.id, "kind": agg.state["kind"], "region": agg.region}
        events = [ctx.event("signal.reported", told), *_ask_amount(ctx, agg)]
        ctx.save(ctx.store.signals, agg, "signal.told", {"kind": agg.state["kind"]}, events=events)
    return signal_view(agg)


def _check(ctx: Context, request: Json) -> None:
    if request["started_on"] > ctx.today:
        raise BadRequest(
            f"开始日期 {request['started_on']} 晚于今天 {ctx.today}",
            code="signal.future",
            remedy="请填信号实际开始的日期。",
        )
    if request["ended_on"] is not None and request["ended_on"] < request["started_on"]:
        raise BadRequest(
            "结束日期早于开始日期", code="signal.days", remedy="请核对起止日期；仍在持续的不填结束日期。"
        )
    if request["unit"] != KINDS[request["kind"]].unit:
        raise BadRequest(
            f"“{KINDS[request['kind']].label}”按 {KINDS[request['kind']].unit} 计，不按 {request['unit']} 计",
            code="signal.unit",
            remedy=f"请把数量折算成 {KINDS[request['kind']].unit} 再报。",
        )
    if not _is_place(ctx, request["region"]):
        raise BadRequest(f"没有区划代码 {request['region']}", code="signal.place", remedy="请核对区划代码。")


def _is_place(ctx: Context, region: str) -> bool:
    """Whether the divisions, or the registry, have such a place."""
    return is_known(region) or any(ctx.store.villages.rows(["households"], region=region))


def _ask_amount(ctx: Context, agg: Aggregate) -> list[Any]:
    """Ask the county to find out what a signal leaves unknown."""
    if agg.state["amount"] is not None:
        return []
    text = f"{name_of(agg.region)}报告{KINDS[agg.state['kind']].label}，未报影响数量，请组织摸清底数后补报。"
    data = message(ctx.service, agg, COUNTY_OFFICER, "区域性风险信号缺少数量", text)
    return [ctx.event("message.requested", data)]


def signal_reported(ctx: Context, event: IncomingEvent) -> None:
    """Assess the county after a report by hand: as the service, who alone opens warnings."""
    assess(ctx, event.data["kind"], event.data["region"][:COUNTY_DIGITS])


def assess(ctx: Context, kind: str, county: str) -> None:
    """Open or widen the warnings of a kind that the signals of a county call for today."""
    if not ctx.figures(county).find(f"regional.{kind}.window_days").known:
        return  # past its time: counted as an unknown parameter, and regional_picture says so
    for total, decision in warnings.widest(_decided(ctx, kind, county)):
        opening.open_or_widen(ctx, kind, county, total, decision)


def _decided(ctx: Context, kind: str, county: str) -> list[tuple[rules.Total, Any]]:
    view = ctx.figures(county)
    totals = rules.totals(kind, _counting(ctx, kind, county))
    return [(total, warnings.decide(kind, total, view)) for total in totals]


def _counting(ctx: Context, kind: str, county: str) -> Iterable[Json]:
    view = ctx.figures(county)
    window = view[f"regional.{kind}.window_days"].value
    lasting = view[f"regional.{kind}.lasting_days"].value if KINDS[kind].lasting else 0
    day = rules.since(ctx.today, window)
    over = warnings.settled(ctx.store.warnings_over(kind, county, day))
    rows = (row for row in ctx.store.signals_since(kind, county, day) if not warnings.is_settled(row, over))
    return [row for row in rows if rules.counts(row, ctx.today, window, lasting)]


def assess_all(ctx: Context) -> None:
    """Assess every kind again: what was told ahead has begun, what fell out of its window counts no more."""
    for county in sorted({row["id"][:COUNTY_DIGITS] for row in ctx.store.villages.rows(["households"])}):
        for kind in sorted(KINDS):
            assess(ctx, kind, county)


def regional_picture(ctx: Context, request: Json) -> list[Json]:
    """Return what the signals of a region amount to by place and kind, and whether that is a warning."""
    county = request["region"][:COUNTY_DIGITS]
    kinds = [request["kind"]] if request["kind"] else sorted(KINDS)
    return [
        _pictured(kind, total, decision)
        for kind in kinds
        for total, decision in _decided(ctx, kind, county)
        if total.place.startswith(request["region"])
    ]


def _pictured(kind: str, total: rules.Total, decision: Any) -> Json:
    return {
        "place": total.place,
        "place_label": name_of(total.place),
        "level": level_of(total.place),
        "level_label": LEVEL_LABELS[level_of(total.place)],
        "kind": kind,
        "kind_label": KINDS[kind].label,
        "amount": total.amount,
        "unit": KINDS[kind].unit,
        "complete": total.complete,
        "areas": list(total.areas),
        "verdict": decision.verdict.value,
        "sentence": decision.sentence(),
    }


def signals(ctx: Context, request: Json) -> list[Json]:
    """Return the signals of a kind that a region told since a day."""
    where = {"state.kind": request["kind"], "state.last_on": {"$gte": request["since"].isoformat()}}
    page = {"after": request["after"], "limit": request["limit"]}
    return [signal_view(agg) for agg in ctx.store.signals.find(where, region=request["region"], **page)]
