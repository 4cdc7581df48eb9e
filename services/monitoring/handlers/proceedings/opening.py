"""Cases are opened: by application, anew after the old rules, or by proposal (I-01, I-06, R-06)."""

from __future__ import annotations

from typing import Any, Final

from shouwang.errors import BadRequest, Conflict, Refused
from shouwang.periods import twelve_months_before
from shouwang.procedure import Paper, Signature, desk
from shouwang.service import Context
from shouwang.store import Aggregate
from shouwang.vocabulary import RISKS

from services.monitoring.domain.finding import clues as clue_rules
from services.monitoring.domain.proceedings import facts as fact_rules
from services.monitoring.domain.proceedings import measures
from services.monitoring.handlers.finding.clues import enter_case
from services.monitoring.handlers.places import own_household_only
from services.monitoring.handlers.proceedings import named, outcomes
from services.monitoring.handlers.proceedings.deciding import DESK, notice_content
from services.monitoring.handlers.proceedings.knowing import VILLAGE, can_work, gather
from services.monitoring.views.proceedings import case_view

Json = dict[str, Any]
IDENTIFICATION, REMOVAL = "identification", "removal"
LETTERS: Final = {IDENTIFICATION: "I", REMOVAL: "R"}
APPLICATION: Final = "application_and_authorisation"
APPLICANT: Final = "农户申报"


def apply(ctx: Context, request: Json) -> Json:
    """Open identification with the signed 附件1 (I-01, I-06); the window of income is pinned (M-06).

    A household whose risk was removed before starts anew, linked to the case that removed it (R-04).
    """
    own_household_only(ctx, request["household"])
    household = ctx.store.households.get(request["household"])
    if again := opened_before(ctx, household.id):
        return again
    _check_may_apply(ctx, household, request["paper"]["signed_by"])
    return _apply(ctx, household, request)


def verify_anew(ctx: Context, request: Json) -> Json:
    """Open identification of a household monitored under the old rules; 附件1 is signed anew (I-06)."""
    household = ctx.store.households.get(request["household"])
    if again := opened_before(ctx, household.id):
        return again
    if _identified_here(ctx, household.id):
        raise Conflict(
            "该户已按现行程序识别过，不是重新核定", code="case.not_anew", remedy="请用 apply 提出申请。"
        )
    _check_may_apply(ctx, household, request["paper"]["signed_by"])
    anew = {"was": request["was"], "since": request["since"] and request["since"].isoformat()}
    return _apply(ctx, household, request, anew=anew)


def _apply(ctx: Context, household: Aggregate, request: Json, anew: Json | None = None) -> Json:
    named.check(ctx, household, request)
    clue = request["clue"] or _open_clue(ctx, household.id)
    record = _applied(ctx, household, request["risks"])
    given = request["paper"]
    paper = Paper(APPLICATION, given["reference"], given["on"])
    people = [Signature(given["signed_by"], "household")]
    more = {"clue": clue, "anew": anew, "signed_by": given["signed_by"], "warning": request["warning"]}
    more |= {"previous_case": (household.state["monitoring"] or {}).get("removed_by")}
    view = _open(ctx, IDENTIFICATION, household, record, more, papers=[paper], people=people)
    _take_clue(ctx, clue, view["case"])
    return view


def _check_may_apply(ctx: Context, household: Aggregate, signed_by: str) -> None:
    if household.state["status"] == outcomes.MONITORED:
        raise Conflict(
            "该户已是监测对象", code="case.already_monitored", remedy="新的风险请在帮扶计划中处理。"
        )
    if signed_by not in [member["ref"] for member in household.state["members"]]:
        raise BadRequest(
            "附件1 应由本户成员签字",
            code="case.not_a_member",
            remedy="签字人填成员编号（户编号后加 -01、-02…），用 household 查看。",
        )
    check_no_open_case(ctx, household.id)


def check_no_open_case(ctx: Context, household: str) -> None:
    """Refuse a second case beside one that runs."""
    if (running := ctx.store.open_case(household)) is not None:
        raise Conflict(
            f"该户已有在办案件 {running.id}", code="case.parallel", remedy="请在该案中办理，或先撤回。"
        )


def _identified_here(ctx: Context, household: str) -> bool:
    return any(agg.state["case"]["status"] == "included" for agg in ctx.store.cases_of(household))


def _open_clue(ctx: Context, household: str) -> str | None:
    agg = ctx.store.open_clue(household)
    return agg.id if agg and agg.state["case"] is None else None


def _applied(ctx: Context, household: Aggregate, applied: list[str]) -> Json:
    """The case's record as the application leaves it: what the household names, what was known."""
    state, today = household.state, ctx.today.isoformat()
    risks = [{"risk": one, "by": APPLICANT, "on": today} for one in sorted(set(applied) & set(RISKS))]
    before = [one for one in state["risks"] if one not in applied]
    risks += [{"risk": one, "by": fact_rules.REGISTRY, "on": state["collected_on"]} for one in before]
    checks = [field for name, field in fact_rules.CHECKS.items() if name in applied]
    return {"risks": risks, "answers": {one: fact_rules.answer(True, APPLICANT, today) for one in checks}}


def propose_removal(ctx: Context, request: Json) -> Json:
    """Open removal; whom the rule leaves out is left out, with the reason on the household (R-02, R-06)."""
    household = ctx.store.households.get(request["household"])
    if again := opened_before(ctx, household.id):
        return again
    if household.state["status"] != outcomes.MONITORED:
        raise Conflict(
            "该户不是监测对象，没有可消除的风险",
            code="case.not_monitored",
            remedy="请核对户编号；有风险的应先立案纳入。",
        )
    check_no_open_case(ctx, household.id)
    window = twelve_months_before(ctx.today)
    record = fact_rules.with_record(household.state["last_record"] or {}, request["record"], VILLAGE, window)
    try:
        return _open(ctx, REMOVAL, household, record, {"way": request["way"]})
    except Refused as refused:
        outcomes.leave_out(ctx, household, refused)
        raise


_LATER: Final = (
    "category",
    "comparison",
    "compared_on",
    "review",
    "national",
    "debt_due_on",
    "debt_escalated",
)
_GIVEN: Final = ("clue", "way", "anew", "previous_case", "signed_by", "warning")


def _open(
    ctx: Context, procedure: str, household: Aggregate, record: Json, more: Json, **brought: Any
) -> Json:
    window = twelve_months_before(ctx.today)
    case_id = ctx.store.next_id(ctx.store.cases, household.id, LETTERS[procedure])
    asked = {name: more.get(name) for name in ("way", "clue", "warning")}
    facts = gather(ctx, household, record, window, **asked)
    given = {"id": case_id, "region": household.region, "on": ctx.today, "actor": ctx.actor}
    outcome = ctx.engine.open(procedure, **given, facts=facts, **brought)
    state = {
        "household": household.id,
        "letter": LETTERS[procedure],
        "opened_on": ctx.today.isoformat(),
        "window": window.to_dict(),
        "record": record,
        "risks": fact_rules.risk_names(facts),
        "able_to_work": can_work(facts),
        "shown": notice_content(household),
        "before": household.state["monitoring"],
        **{name: more.get(name) for name in _GIVEN},
        **dict.fromkeys(_LATER),
        **{
            "warnings": measures.warnings(facts.get("assistance")),
            "flagged": [],
            "changes": [],
            "attached": {},
        },
    }
    agg = ctx.store.cases.new(case_id, region=household.region, state=state)
    return desk.record(ctx, ctx.store.cases, agg, outcome, "case.open", desk=DESK)


def opened_before(ctx: Context, household: str) -> Json | None:
    """Return the case that this very request opened before, when it is delivered again."""
    for agg in ctx.store.cases_of(household):
        if agg.carried_out(ctx.request_id):
            _take_clue(ctx, agg.state["clue"], agg.id)  # in case it stopped between the two documents
            return case_view(agg)
    return None


def _take_clue(ctx: Context, clue: str | None, case: str) -> None:
    if clue and ctx.store.clues.get(clue).state["status"] in clue_rules.FREE:
        enter_case(ctx, clue, case)
