"""The early list: opened by hand, by a clue closed without risk, or by a fall of income (D-07)."""

from __future__ import annotations

from typing import Any, Final

from shouwang.access.roles import VILLAGE_CADRE
from shouwang.errors import BadRequest, Conflict
from shouwang.service import Context, IncomingEvent
from shouwang.store import Aggregate

from services.monitoring.domain.care import watching as rules
from services.monitoring.domain.finding.clues import FOLLOWED
from services.monitoring.handlers.care.clues import new_clue
from services.monitoring.handlers.messages import message
from services.monitoring.handlers.places import region_of_id
from services.monitoring.views.care import watch_view

Json = dict[str, Any]
LETTER: Final = "D"


def watch(ctx: Context, request: Json) -> Json:
    """Put a household on the early list by hand."""
    household = ctx.store.households.get(request["household"])
    running = ctx.store.open_watch(household.id)
    if running is not None and running.carried_out(ctx.request_id):
        return watch_view(running, ctx.today)
    rules.check_may_watch(household.state["status"] == "monitored")
    if running is not None:
        raise Conflict(
            "该户已在提前关注名单",
            code="care.watched_already",
            where=running.id,
            remedy="请在原记录中登记查看。",
        )
    return watch_view(begin(ctx, household.id, request["reason"]), ctx.today)


def begin(ctx: Context, household: str, reason: str, clue: str | None = None) -> Aggregate:
    """Open an entry; the household's running one stays as it is."""
    running: Aggregate | None = ctx.store.open_watch(household)
    if running is not None:
        return running
    days = ctx.figures(region_of_id(household)).watch_look_days
    state = rules.begun(household, reason, ctx.today, days, clue) | {"letter": LETTER}
    id = ctx.store.next_id(ctx.store.watches, household, LETTER)
    agg: Aggregate = ctx.store.watches.new(id, region=region_of_id(household), state=state)
    told = {"watch": id, "household": household, "region": agg.region, "reason": reason}
    text = f"户 {household} 列入提前关注（{rules.REASONS[reason]}），请于 {state['due_on']} 前查看。"
    data = message(ctx.service, agg, VILLAGE_CADRE, "提前关注", text) | {"due": state["due_on"]}
    events = [ctx.event("household.watched", told), ctx.event("message.requested", data)]
    ctx.save(ctx.store.watches, agg, "watch.begun", {"reason": reason}, events=events)
    return agg


def clue_closed(ctx: Context, event: IncomingEvent) -> None:
    """A clue closed as “暂无风险，继续跟踪” puts its household on the list."""
    household = event.data["household"]
    if event.data["outcome"] != FOLLOWED or household is None:
        return
    if ctx.store.households.get(household).state["status"] != "monitored":
        begin(ctx, household, "clue", event.data["clue"])


def look(ctx: Context, request: Json) -> Json:
    """Record what somebody saw."""
    agg = ctx.store.watches.get(request["watch"])
    if not agg.carried_out(ctx.request_id):
        if request["on"] > ctx.today or request["on"].isoformat() < agg.state["since"]:
            raise BadRequest(
                "查看日期应在列入之日与今天之间", code="care.look_day", where=agg.id, remedy="请核对日期。"
            )
        seen = {
            "on": request["on"].isoformat(),
            "by": ctx.actor.id,
            **{n: request[n] for n in ("change", "note")},
        }
        agg.state = rules.looked(agg.state, seen, ctx.figures(agg.region).watch_look_days)
        ctx.save(ctx.store.watches, agg, "watch.looked", {"change": request["change"]})
    return watch_view(agg, ctx.today)


def end_watch(ctx: Context, request: Json) -> Json:
    """End an entry with its result; `clue` opens one, with the risks seen."""
    agg = ctx.store.watches.get(request["watch"])
    if (request["result"] == "clue") != bool(request["risks"]):
        raise BadRequest(
            "转为线索须给出风险，其他结果不给", code="care.risks_for_clue", remedy="请核对 result 与 risks。"
        )
    if not agg.carried_out(ctx.request_id):
        agg.state = rules.ended(agg.state, request["result"], ctx.today)
        ctx.save(ctx.store.watches, agg, "watch.ended", {"result": request["result"]})
    if request[
        "risks"
    ]:  # also when the request comes again: the clue may not have been reached the first time
        new_clue(ctx, agg.state["household"], ctx.today, request["risks"], f"watch/{agg.id}")
    return watch_view(agg, ctx.today)


def end_by_case(ctx: Context, household: str) -> None:
    """A household that has been included is followed as a monitored one from now on."""
    agg = ctx.store.open_watch(household)
    if agg is not None:
        agg.state = rules.ended(agg.state, "included", ctx.today)
        ctx.save(ctx.store.watches, agg, "watch.ended", {"result": "included"})


def watched(ctx: Context, request: Json) -> list[Json]:
    """Return the early list of a region."""
    where: Json = {"state.status": request["status"]}
    if request["overdue"]:
        where["state.due_on"] = {"$lt": ctx.today.isoformat()}
    page = {"after": request["after"], "limit": request["limit"]}
    return [
        watch_view(agg, ctx.today) for agg in ctx.store.watches.find(where, region=request["region"], **page)
    ]


def region_of_watch(ctx: Context, request: Json) -> str:
    """Resolve the region of an entry of the early list."""
    return region_of_id(request["watch"])
