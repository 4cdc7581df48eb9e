"""What monitoring adds to the shared use cases of a case: what a notice shows, and the events that follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from shouwang.access.roles import TOWN_OFFICER
from shouwang.masking import mask_name
from shouwang.periods import Month, Window
from shouwang.policy import Unknown, Value
from shouwang.procedure import Case, Outcome
from shouwang.procedure.desk import Desk, Told, case_events
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.proceedings import members, national
from services.monitoring.domain.registry.roster_household import HEAD
from services.monitoring.handlers.income.windows import flags_of
from services.monitoring.handlers.messages import message
from services.monitoring.handlers.proceedings import following
from services.monitoring.views.proceedings import case_view

Json = dict[str, Any]
COUNTY_STEP = "county_decision"
ENTRIES = {
    "included": ("请组织录入监测对象", "已审定纳入，请组织录入全国防止返贫监测信息系统。"),
    "removed": ("请标识风险消除", "已审定消除风险，请在全国防止返贫监测信息系统标识。"),
}
"""What the town is told at the end (二(二)2 第五步, 二(三)2 第五步)."""
ENTRY_KINDS = {"included": national.INCLUSION, "removed": national.REMOVAL}


def notice_content(household: Aggregate) -> Json:
    """Return what a notice may show of a household: masked head, group, number of persons (N-02)."""
    head = next(one for one in household.state["members"] if one["relation"] == HEAD)
    masked = mask_name(head["name"]) if head["name"] else "（姓名待补）"
    return {"head": masked, "group": household.state["group"], "persons": household.state["size"]}


def _content(agg: Aggregate) -> Json:
    return {"household": agg.state["household"], **agg.state["shown"]}


def _follow(ctx: Context, agg: Aggregate, outcome: Outcome) -> Iterable[Told]:
    """Put the outcome into the case's own state, and tell the others."""
    case = outcome.case
    if case.is_open:
        agg.state["flagged"] = _flagged(ctx, agg)
    if case.step == COUNTY_STEP and case.is_open:
        agg.state["warnings"] = [*_changed(agg), *_warnings(ctx, agg, case)]
    agg.state["ended_on"] = None if case.is_open else case.last_on.isoformat()
    if case.status == "included":
        agg.state["category"] = _category(case.entries[-1].decisions)
    if case.status == "removed":
        following.terms(ctx, agg.region, case.last_on)  # unknown refuses here, before anything is saved
    _note_debts(agg, case)
    _owe_national(ctx, agg, outcome)
    return list(_told(ctx, agg, outcome))


def _note_debts(agg: Aggregate, case: Case) -> None:
    """Keep the first day on which something owed falls due; a new day is told of anew."""
    before, due_on = agg.state["debt_due_on"], _debt_due_on(case)
    if due_on != before:
        agg.state |= {"debt_due_on": due_on, "debt_escalated": None}


def _debt_due_on(case: Case) -> str | None:
    """The first day on which something owed through the green channel falls due."""
    owed = [debt.due_on.isoformat() for debt in case.debts if debt.state == "open"] if case.is_open else []
    return min(owed, default=None)


def _owe_national(ctx: Context, agg: Aggregate, outcome: Outcome) -> None:
    """Since the county's decision the town owes the entry in the national system (I-05, R-03)."""
    kind = ENTRY_KINDS.get(outcome.case.status)
    if kind is None and outcome.case.supersedes and _was(agg) in ENTRY_KINDS and not outcome.case.is_open:
        kind = national.REVOCATION
    if kind is not None:
        days = _of_the_case(ctx, outcome.case, "national_entry_days")
        agg.state["national"] = national.owed(kind, ctx.today, days.value)


def _was(agg: Aggregate) -> str:
    """How the decision that this case corrects had ended."""
    return str(agg.state["earlier_cases"][-1]["status"])


def _changed(agg: Aggregate) -> list[str]:
    return [members.warning(change, agg.state["signed_by"]) for change in agg.state["changes"]]


def _told(ctx: Context, agg: Aggregate, outcome: Outcome) -> Iterable[Told]:
    household = {"household": agg.state["household"]}
    if agg.is_new:
        yield "case.opened", _opened(agg, outcome)
    for type, data in case_events(outcome):
        yield type, {**data, **household, "case": agg.id}  # also of a correcting case, which lives there
    if agg.is_new and any(one.kind == "debt_owed" for one in outcome.effects):
        yield "household.helped_first", included(ctx, agg)
    if outcome.case.supersedes and not outcome.case.is_open:
        yield "decision.corrected", _corrected(agg, outcome)
    if _is_monitored_again(agg, outcome):
        yield "household.included", _included_again(ctx, agg, outcome)
    if outcome.case.status == "included":
        yield "household.included", included(ctx, agg)
    if outcome.case.status == "removed":
        yield "household.removed", {**_of(agg), "way": agg.state["way"]}
    if outcome.case.status in ENTRIES:
        title, text = ENTRIES[outcome.case.status]
        told = f"户 {agg.state['household']}（案件 {agg.id}）{text}"
        mark = "entry" if outcome.case.supersedes is None else f"entry/{outcome.case.id}"
        yield "message.requested", message(ctx.service, agg, TOWN_OFFICER, title, told, mark=mark)


def _corrected(agg: Aggregate, outcome: Outcome) -> Json:
    """The new decision names the old one, and what each made of the household (docs/decisions/0144)."""
    case = outcome.case
    told = {"decision": case.id, "corrects": case.supersedes, "procedure": case.procedure}
    return {**_of(agg), **told, "was": _was(agg), "now": case.status, "on": case.last_on.isoformat()}


def _is_monitored_again(agg: Aggregate, outcome: Outcome) -> bool:
    """Whether a removal was found wrong: the household is to be helped as before."""
    case = outcome.case
    ended_otherwise = case.supersedes is not None and not case.is_open and case.status != "removed"
    return ended_otherwise and _was(agg) == "removed"


def _included_again(ctx: Context, agg: Aggregate, outcome: Outcome) -> Json:
    """The case is the correcting one, so that assistance makes a plan of its own for it."""
    before = ctx.store.households.get(agg.state["household"]).state["monitoring"]
    kept = {name: before[name] for name in ("category", "risks", "able_to_work")}
    return {**_of(agg), **kept, "case": outcome.case.id}


def _of(agg: Aggregate) -> Json:
    return {"household": agg.state["household"], "case": agg.id, "region": agg.region}


def _opened(agg: Aggregate, outcome: Outcome) -> Json:
    case = outcome.case
    return {
        **_of(agg),
        "procedure": case.procedure,
        "clue": agg.state["clue"],
        "on": case.opened_on.isoformat(),
    }


def included(ctx: Context, agg: Aggregate) -> Json:
    """Return the data of household.included: who is to be helped, with what risks."""
    state = agg.state
    return {**_of(agg), **{name: state[name] for name in ("category", "risks", "able_to_work")}}


def _category(decisions: Iterable[Mapping[str, Any]]) -> str:
    return next(str(one["value"]) for one in decisions if one["rule"] == "M-08")


def _flagged(ctx: Context, agg: Aggregate) -> list[str]:
    """Warn of figures of the case's window that the town has not confirmed yet (D-05); no amounts here."""
    found = flags_of(ctx, agg.state["household"], Window.from_dict(agg.state["window"]))
    return [f"收支数字存疑：{one['quarter']} {one['title']}，尚待乡镇核实（income_flags）。" for one in found]


def _warnings(ctx: Context, agg: Aggregate, case: Case) -> list[str]:
    """Warn when the pinned window of income has grown old (docs/decisions/0065)."""
    passed = Month.parse(agg.state["opened_on"][:7]).months_until(Month.of(ctx.today))
    limit = _of_the_case(ctx, case, "case_month_gap").value
    if passed <= (limit or 0):
        return []
    return [f"申请至今已过 {passed} 个月，收入周期 {agg.state['window']['start']} 起可能过时，请复核收入。"]


def _of_the_case(ctx: Context, case: Case, name: str) -> Value | Unknown:
    """Return a figure as of the day the case began; unknown, it holds up nothing (docs/decisions/0275)."""
    found: Value | Unknown = ctx.policy.at(case.opened_on, case.region).find(name)
    return found


DESK = Desk("case", content=_content, follow=_follow, view=case_view)
