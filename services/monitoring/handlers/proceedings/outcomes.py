"""When a case ends, household and clue follow: at once, and again by the case's own event.

Every function here may be repeated: what is done already is left alone. A corrected decision is settled under
the number of the correcting case (…~2), which takes back what the old one had made of the household.
"""

from __future__ import annotations

from typing import Any, Final

from shouwang.errors import Conflict, Refused
from shouwang.service import Context, IncomingEvent
from shouwang.store import Aggregate

from services.monitoring.domain.proceedings import members
from services.monitoring.domain.registry import history
from services.monitoring.handlers.finding.clues import close_by_case, correct_by_case
from services.monitoring.handlers.finding.leaving import leave_by_case
from services.monitoring.handlers.proceedings import following

Json = dict[str, Any]
MONITORED, REMOVED, REGISTERED = "monitored", "removed", "registered"
TRIES: Final = 3
OUTCOMES: Final = {
    "included": ("included", "已按程序纳入监测"),
    "refused": ("refused", "经程序不予纳入，理由见案件"),
    "withdrawn": ("withdrawn", "农户撤回申请"),
    "aborted": ("refused", "程序终止，理由见案件"),
}
GONE: Final = (members.DIED, members.MOVED)
"""Reasons of an end that decides nothing about the clue: the household is gone (D-01)."""


def settle(ctx: Context, case_id: str) -> None:
    """Bring household and clue in line with a case that has ended.

    The call that ended it and its event may come to it at the same time: who is second looks again, and finds
    done what the first has done.
    """
    for left in reversed(range(TRIES)):
        try:
            return _settle(ctx, case_id)
        except Conflict:
            if not left:
                raise


def _settle(ctx: Context, case_id: str) -> None:
    agg = ctx.store.cases.get(case_id.partition("~")[0])
    status, corrected = agg.state["case"]["status"], agg.state["case"]["supersedes"] is not None
    if status == "included":
        _include(ctx, agg)
    if status == "removed":
        _remove(ctx, agg)
    elif corrected and status not in ("open", "included"):
        _take_back(ctx, agg)
    if agg.state["clue"] and status in OUTCOMES:
        _end_clue(ctx, agg, status, corrected)


def _end_clue(ctx: Context, case: Aggregate, status: str, corrected: bool) -> None:
    if status == "aborted" and case.state["case"]["entries"][-1]["reason"] in GONE:
        leave_by_case(ctx, case.state["clue"])
        return
    tell = correct_by_case if corrected else close_by_case
    tell(ctx, case.state["clue"], *OUTCOMES[status])


def case_ended(ctx: Context, event: IncomingEvent) -> None:
    """The same once more when the case's own event arrives: nothing is lost between two documents."""
    settle(ctx, event.data["case"])


def _decision(case: Aggregate) -> str:
    """The number under which a decision is settled: the case's, or the correcting case's."""
    return str(case.state["case"]["id"])


def _include(ctx: Context, case: Aggregate) -> None:
    household = ctx.store.households.get(case.state["household"])
    if _decision(case) in household.state["settled"]:
        return
    monitoring = {name: case.state[name] for name in ("category", "risks", "able_to_work")}
    monitoring |= {"case": case.id, "since": _ended_on(case)}
    following.note_rebound(ctx, household, case.id)
    household.state |= {"status": MONITORED, "category": case.state["category"], "monitoring": monitoring}
    _settled(household, case)
    ctx.save(ctx.store.households, household, "household.included", {"case": _decision(case)})


def _remove(ctx: Context, case: Aggregate) -> None:
    household = ctx.store.households.get(case.state["household"])
    if _decision(case) not in household.state["settled"]:
        ended = {"removed_by": case.id, "removed_on": _ended_on(case), "way": case.state["way"]}
        household.state["monitoring"] |= ended
        household.state |= {"status": REMOVED, "left_out": None}
        _settled(household, case)
        detail = {"case": _decision(case), "way": case.state["way"]}
        ctx.save(ctx.store.households, household, "household.removed", detail)
    following.begin(ctx, household, case)


def _take_back(ctx: Context, case: Aggregate) -> None:
    """The decision was found wrong, and the new one is another: the household is what it was before."""
    household = ctx.store.households.get(case.state["household"])
    if _decision(case) in household.state["settled"]:
        return
    removal = case.state["case"]["procedure"] == "removal"
    if removal:
        following.undo(ctx, household)
    before = _monitored_before(household) if removal else _before_inclusion(household, case)
    household.state |= before
    household.state["settled"] = [*household.state["settled"], _decision(case)]
    detail = {"case": _decision(case), "corrects": case.state["case"]["supersedes"]}
    ctx.save(ctx.store.households, household, "household.corrected", detail)


def _monitored_before(household: Aggregate) -> Json:
    kept = {
        name: value
        for name, value in household.state["monitoring"].items()
        if name not in ("removed_by", "removed_on", "way")
    }
    return {"status": MONITORED, "monitoring": kept}


def _before_inclusion(household: Aggregate, case: Aggregate) -> Json:
    """Registered, or removed where an earlier risk had been removed; nothing where it was not included."""
    if (household.state["monitoring"] or {}).get("case") != case.id:
        return {}
    before = case.state["before"]
    category = before and before["category"]
    return {"status": REMOVED if before else REGISTERED, "category": category, "monitoring": before}


def _ended_on(case: Aggregate) -> str:
    return str(case.state["case"]["entries"][-1]["on"])


def _settled(household: Aggregate, case: Aggregate) -> None:
    """Note that this case is settled, and keep what was checked on site: the newest figures."""
    record = case.state["record"]
    household.state["settled"] = [*household.state["settled"], _decision(case)]
    given = (record.get("figures", {}), _ended_on(case), case.id)
    household.state = history.with_figures(household.state, *given)
    household.state["last_record"] = record


def leave_out(ctx: Context, household: Aggregate, refused: Refused) -> None:
    """Keep on record that the village left a household out of the removal, and by which rule (R-06)."""
    rules = sorted({reason["about"] for reason in refused.reasons if reason.get("about")})
    household.state["left_out"] = {"on": ctx.today.isoformat(), "rules": rules}
    ctx.save(ctx.store.households, household, "household.left_out", {"rules": rules})
