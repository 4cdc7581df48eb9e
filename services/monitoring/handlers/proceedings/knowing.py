"""What is known of a case: assembled here, and only here, for every step, question and explanation."""

from __future__ import annotations

from typing import Any, Final

from shouwang.decision import UNKNOWN, YES
from shouwang.errors import NotFound, Unavailable
from shouwang.periods import Window
from shouwang.procedure import desk
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.proceedings import facts as fact_rules
from services.monitoring.domain.proceedings import measures, review
from services.monitoring.domain.proceedings.guards import able_to_work, income_of, special_of
from services.monitoring.domain.regional.bearing import risks_borne_out
from services.monitoring.handlers.income.windows import with_known_figures

Json = dict[str, Any]
CHECKERS: Final = "入户核实组"
VILLAGE: Final = "村级研判"


def gather(
    ctx: Context,
    household: Aggregate,
    record: Json,
    window: Window,
    *,
    way: str | None = None,
    clue: str | None = None,
    warning: str | None = None,
) -> Json:
    """Return the facts of a case: registry (of those who belong to the household now, D-01), record, plan."""
    known = with_known_figures(ctx, household, window)
    facts = fact_rules.of_case(known, record, window)
    facts["early"] = _early(ctx, household, clue, warning)
    if way is not None:
        facts["way"] = fact_rules.answer(way, VILLAGE, None)
        facts["assistance"] = _tasks(ctx, household.id)
    return facts


def _early(ctx: Context, household: Aggregate, clue: str | None, warning: str | None) -> Json:
    """What may open the green channel: the risks of the clue, and those that the warning bears out."""
    found = ctx.store.clues.get(clue).state if clue else {"risks": [], "found_on": None}
    answered = fact_rules.answer(found["risks"], "监测线索", found["found_on"])
    return {"clue": answered, "warning": _warned(ctx, household, warning)}


def _warned(ctx: Context, household: Aggregate, warning: str | None) -> Json:
    """Return the risks that the named warning bears out: it is read, the village is not asked."""
    if warning is None:
        return fact_rules.answer([], VILLAGE, None)
    state = ctx.store.warnings.get(warning).state
    risks = risks_borne_out(state, household.region, household.state)
    return fact_rules.answer(risks, "区域性风险预警", state["opened_on"])


def _tasks(ctx: Context, household: str) -> Json:
    """Ask assistance which measures are confirmed; its silence is unknown, never "delivered" (R-01)."""
    plans: list[Json] | None
    try:
        plans = ctx.bus.call("assistance", "plan", household=household)
    except NotFound:
        plans = []
    except Unavailable as error:
        ctx.log.warning("assistance gave no plan", household=household, code=error.code)
        plans = None
    return measures.tasks_of(plans, ctx.today.isoformat())


def facts_of(ctx: Context, agg: Aggregate, brought: Json | None = None) -> Json:
    """Return what is known of a case now; the record that a step brings is part of it from here on."""
    state, window = agg.state, Window.from_dict(agg.state["window"])
    if brought is not None:
        state["record"] = fact_rules.with_record(state["record"], brought, CHECKERS, window)
    household = ctx.store.households.get(state["household"])
    more = {name: state[name] for name in ("way", "clue", "warning")}
    facts = gather(ctx, household, state["record"], window, **more)
    facts["special"]["reviewed"] = review.counts(state["review"], _called_for(ctx, agg, facts))
    facts["department_comparison"] = complete_comparison(agg)
    state |= {"risks": fact_rules.risk_names(facts), "able_to_work": can_work(facts)}
    return facts


def _called_for(ctx: Context, agg: Aggregate, facts: Json) -> Json:
    view = ctx.engine.view(desk.case_of(agg), ctx.today)
    return review.called_for(special_of(facts), income_of(facts), view)


def review_grounds(ctx: Context, agg: Aggregate) -> Json:
    """Return, ground by ground, whether it calls for special review now (R-03)."""
    return _called_for(ctx, agg, facts_of(ctx, agg))


def can_work(facts: Json) -> bool | None:
    """Return whether somebody in the household can work; None is unknown."""
    verdict = able_to_work(facts).verdict
    return None if verdict is UNKNOWN else verdict is YES


def complete_comparison(agg: Aggregate) -> Json | None:
    """Return what the departments answered, None (unknown) while one is silent or nobody was asked."""
    answers = agg.state["comparison"]
    if not answers or not all(one["answered"] for one in answers):
        return None
    return {"on": agg.state["compared_on"], "departments": [one["department"] for one in answers]}
