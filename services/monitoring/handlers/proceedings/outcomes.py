"""When a case ends, household and clue follow: at once, and again by the case's own event.

Every function here may be repeated: what is done already is left alone.
"""

from __future__ import annotations

from typing import Any, Final

from shouwang.errors import Refused
from shouwang.service import Context, IncomingEvent
from shouwang.store import Aggregate

from services.monitoring.domain.registry import history
from services.monitoring.handlers.finding.clues import close_by_case

Json = dict[str, Any]
MONITORED, REMOVED = "monitored", "removed"
OUTCOMES: Final = {
    "included": ("included", "已按程序纳入监测"),
    "refused": ("refused", "经程序不予纳入，理由见案件"),
    "withdrawn": ("withdrawn", "农户撤回申请"),
    "aborted": ("refused", "程序终止，理由见案件"),
}


def settle(ctx: Context, case_id: str) -> None:
    """Bring household and clue in line with a case that has ended."""
    agg = ctx.store.cases.get(case_id)
    status = agg.state["case"]["status"]
    if status == "included":
        _include(ctx, agg)
    if status == "removed":
        _remove(ctx, agg)
    if agg.state["clue"] and status in OUTCOMES:
        close_by_case(ctx, agg.state["clue"], *OUTCOMES[status])


def case_ended(ctx: Context, event: IncomingEvent) -> None:
    """The same once more when the case's own event arrives: nothing is lost between two documents."""
    settle(ctx, event.data["case"])


def _include(ctx: Context, case: Aggregate) -> None:
    household = ctx.store.households.get(case.state["household"])
    if case.id in household.state["settled"]:
        return
    monitoring = {name: case.state[name] for name in ("category", "risks", "able_to_work")}
    monitoring |= {"case": case.id, "since": _ended_on(case)}
    household.state |= {"status": MONITORED, "category": case.state["category"], "monitoring": monitoring}
    _settled(household, case)
    ctx.save(ctx.store.households, household, "household.included", {"case": case.id})


def _remove(ctx: Context, case: Aggregate) -> None:
    household = ctx.store.households.get(case.state["household"])
    if case.id in household.state["settled"]:
        return
    ended = {"removed_by": case.id, "removed_on": _ended_on(case), "way": case.state["way"]}
    household.state["monitoring"] |= ended
    household.state |= {"status": REMOVED, "left_out": None}
    _settled(household, case)
    detail = {"case": case.id, "way": case.state["way"]}
    ctx.save(ctx.store.households, household, "household.removed", detail)


def _ended_on(case: Aggregate) -> str:
    return str(case.state["case"]["entries"][-1]["on"])


def _settled(household: Aggregate, case: Aggregate) -> None:
    """Note that this case is settled, and keep what was checked on site: the newest figures."""
    record = case.state["record"]
    household.state["settled"] = [*household.state["settled"], case.id]
    given = (record.get("figures", {}), _ended_on(case), case.id)
    household.state = history.with_figures(household.state, *given)
    household.state["last_record"] = record


def leave_out(ctx: Context, household: Aggregate, refused: Refused) -> None:
    """Keep on record that the village left a household out of the removal, and by which rule (R-06)."""
    rules = sorted({reason["about"] for reason in refused.reasons if reason.get("about")})
    household.state["left_out"] = {"on": ctx.today.isoformat(), "rules": rules}
    ctx.save(ctx.store.households, household, "household.left_out", {"rules": rules})
