"""Cases of identification and removal: opened, taken step by step, brought to an end.

Rules I-01, I-02, I-03, I-04, I-05, I-06 and R-01, R-02, R-03, R-06; the steps stand in procedures/*.yaml.
"""

from __future__ import annotations

from typing import Any, Final

from shouwang.decision import UNKNOWN, YES
from shouwang.errors import BadRequest, Conflict, Refused
from shouwang.periods import Window, twelve_months_before
from shouwang.procedure import Paper, Signature, desk
from shouwang.service import Context, IncomingEvent
from shouwang.store import Aggregate
from shouwang.vocabulary import RISKS

from services.monitoring.domain.proceedings import facts as fact_rules
from services.monitoring.domain.proceedings.guards import able_to_work
from services.monitoring.handlers.finding.clues import enter_case
from services.monitoring.handlers.income.windows import with_known_figures
from services.monitoring.handlers.places import own_household_only
from services.monitoring.handlers.proceedings import outcomes
from services.monitoring.handlers.proceedings.deciding import DESK, notice_content
from services.monitoring.views.proceedings import case_view

Json = dict[str, Any]
IDENTIFICATION, REMOVAL = "identification", "removal"
LETTERS: Final = {IDENTIFICATION: "I", REMOVAL: "R"}
APPLICATION: Final = "application_and_authorisation"
CHECKERS: Final = "入户核实组"
APPLICANT: Final = "农户申报"
VILLAGE: Final = "村级研判"
WITH_RECORD: Final = "household_check"


def apply(ctx: Context, request: Json) -> Json:
    """Open identification with the signed 附件1 (I-01, I-06); the window of income is pinned (M-06)."""
    own_household_only(ctx, request["household"])
    household = ctx.store.households.get(request["household"])
    if again := _opened_before(ctx, household.id):
        return again
    _check_may_apply(ctx, household, request["paper"]["signed_by"])
    clue = request["clue"] or _open_clue(ctx, household.id)
    record = _applied(ctx, household, request["risks"])
    paper = Paper(APPLICATION, request["paper"]["reference"], request["paper"]["on"])
    people = [Signature(request["paper"]["signed_by"], "household")]
    view = _open(ctx, IDENTIFICATION, household, record, clue=clue, papers=[paper], people=people)
    if clue:
        enter_case(ctx, clue, view["case"])
    return view


def _check_may_apply(ctx: Context, household: Aggregate, signed_by: str) -> None:
    if household.state["status"] == outcomes.MONITORED:
        raise Conflict(
            "该户已是监测对象", code="case.already_monitored", remedy="新的风险请在帮扶计划中处理。"
        )
    if signed_by not in [member["ref"] for member in household.state["members"]]:
        raise BadRequest("附件1 应由本户成员签字（signed_by 填成员编号）", code="case.not_a_member")
    _check_no_open_case(ctx, household.id)


def _check_no_open_case(ctx: Context, household: str) -> None:
    if (running := ctx.store.open_case(household)) is not None:
        raise Conflict(
            f"该户已有在办案件 {running.id}", code="case.parallel", remedy="请在该案中办理，或先撤回。"
        )


def _open_clue(ctx: Context, household: str) -> str | None:
    agg = ctx.store.open_clue(household)
    return agg.id if agg and agg.state["case"] is None else None


def _applied(ctx: Context, household: Aggregate, named: list[str]) -> Json:
    """The case's record as the application leaves it: what the household names, what was known."""
    state, today = household.state, ctx.today.isoformat()
    risks = [{"risk": one, "by": APPLICANT, "on": today} for one in sorted(set(named) & set(RISKS))]
    before = [one for one in state["risks"] if one not in named]
    risks += [{"risk": one, "by": fact_rules.REGISTRY, "on": state["collected_on"]} for one in before]
    checks = [field for name, field in fact_rules.CHECKS.items() if name in named]
    return {"risks": risks, "answers": {one: fact_rules.answer(True, APPLICANT, today) for one in checks}}


def propose_removal(ctx: Context, request: Json) -> Json:
    """Open removal; whom the rule leaves out is left out, with the reason on the household (R-02, R-06)."""
    household = ctx.store.households.get(request["household"])
    if again := _opened_before(ctx, household.id):
        return again
    if household.state["status"] != outcomes.MONITORED:
        raise Conflict("该户不是监测对象，没有可消除的风险", code="case.not_monitored")
    _check_no_open_case(ctx, household.id)
    window = twelve_months_before(ctx.today)
    record = fact_rules.with_record(household.state["last_record"] or {}, request["record"], VILLAGE, window)
    try:
        return _open(ctx, REMOVAL, household, record, way=request["way"])
    except Refused as refused:
        outcomes.leave_out(ctx, household, refused)
        raise


def _open(
    ctx: Context,
    procedure: str,
    household: Aggregate,
    record: Json,
    *,
    clue: str | None = None,
    way: str | None = None,
    **brought: Any,
) -> Json:
    window = twelve_months_before(ctx.today)
    case_id = ctx.store.next_id(ctx.store.cases, household.id, LETTERS[procedure])
    facts = fact_rules.of_case(with_known_figures(ctx, household, window), record, window)
    given = {"id": case_id, "region": household.region, "on": ctx.today, "actor": ctx.actor}
    outcome = ctx.engine.open(procedure, **given, facts=facts, **brought)
    state = {
        "household": household.id,
        "letter": LETTERS[procedure],
        "clue": clue,
        "way": way,
        "opened_on": ctx.today.isoformat(),
        "window": window.to_dict(),
        "record": record,
        "risks": fact_rules.risk_names(facts),
        "able_to_work": can_work(facts),
        "shown": notice_content(household),
        **dict.fromkeys(("category", "comparison", "compared_on")),
        "warnings": [],
    }
    agg = ctx.store.cases.new(case_id, region=household.region, state=state)
    return desk.record(ctx, ctx.store.cases, agg, outcome, "case.open", desk=DESK)


def _opened_before(ctx: Context, household: str) -> Json | None:
    """Return the case that this very request opened before, when it is delivered again."""
    for agg in ctx.store.cases_of(household):
        if agg.carried_out(ctx.request_id):
            return case_view(agg)
    return None


def take_step(ctx: Context, request: Json) -> Json:
    """Take one step of a case; its end changes household and clue."""
    if ctx.actor.level == "household":
        own_household_only(ctx, ctx.store.cases.get(request["case"]).state["household"])
    if request["record"] is not None and request["step"] != WITH_RECORD:
        raise BadRequest("核实内容（record）只随入户核实提交", code="case.record_not_here")
    view = desk.take_step(
        ctx, ctx.store.cases, request["case"], request, lambda agg: _facts(ctx, agg, request), desk=DESK
    )
    if view["status"] != "open":
        outcomes.settle(ctx, request["case"])
    return view


def _facts(ctx: Context, agg: Aggregate, request: Json | None = None) -> Json:
    """Return what is known of the case; the record that the step brings is part of it from here on."""
    window = Window.from_dict(agg.state["window"])
    if request is not None and request["record"] is not None:
        agg.state["record"] = fact_rules.with_record(agg.state["record"], request["record"], CHECKERS, window)
    household = ctx.store.households.get(agg.state["household"])
    facts = fact_rules.of_case(with_known_figures(ctx, household, window), agg.state["record"], window)
    papers = [one["name"] for one in (request or {}).get("papers", ())]
    facts["special"]["reviewed"] = "special_review_record" in [*papers, *_papers_of(agg)]
    facts["department_comparison"] = complete_comparison(agg)
    agg.state |= {"risks": fact_rules.risk_names(facts), "able_to_work": can_work(facts)}
    return facts


def can_work(facts: Json) -> bool | None:
    """Return whether somebody in the household can work; None is unknown."""
    verdict = able_to_work(facts).verdict
    return None if verdict is UNKNOWN else verdict is YES


def facts_of(ctx: Context, agg: Aggregate) -> Json:
    """Return what is known of the case now."""
    return _facts(ctx, agg)


def _papers_of(agg: Aggregate) -> list[str]:
    return [paper["name"] for entry in agg.state["case"]["entries"] for paper in entry["papers"]]


def complete_comparison(agg: Aggregate) -> Json | None:
    """Return what the departments answered, None (unknown) while one is silent or nobody was asked."""
    answers = agg.state["comparison"]
    if not answers or not all(one["answered"] for one in answers):
        return None
    return {"on": agg.state["compared_on"], "departments": [one["department"] for one in answers]}


def case(ctx: Context, request: Json) -> Json:
    """Return a case."""
    agg = ctx.store.cases.get(request["case"])
    own_household_only(ctx, agg.state["household"])
    ctx.reads.record(ctx.actor.to_dict(), agg.state["household"], "查看案件", ctx.today)
    return case_view(agg)


def cases(ctx: Context, request: Json) -> list[Json]:
    """Return the cases of a region, by status and procedure."""
    where = {"case.status": request["status"], "case.procedure": request["procedure"]}
    asked = {name: value for name, value in where.items() if value}
    page = {"after": request["after"], "limit": request["limit"]}
    return [case_view(agg) for agg in ctx.store.cases.find(asked or None, region=request["region"], **page)]


def what_next(ctx: Context, request: Json) -> list[Json]:
    """Return what may happen next, by whom, and why not."""
    agg = ctx.store.cases.get(request["case"])
    own_household_only(ctx, agg.state["household"])
    return desk.what_next(ctx, ctx.store.cases, agg.id, lambda found: _facts(ctx, found))


def notice_reported(ctx: Context, event: IncomingEvent) -> None:
    """Take over what notify says about the notice of a case (N-01)."""
    if desk.concerns(ctx, event, DESK):
        desk.apply_notice_event(ctx, ctx.store.cases, event.data["subject"]["id"], event, desk=DESK)
