"""A measure that a person wants in a plan: its department is asked anew, and it must be due today (A-01)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from shouwang.errors import Refused
from shouwang.service import Context
from shouwang.store import Aggregate

from services.assistance.domain.planning.rights import other_way
from services.assistance.domain.planning.rules import Offer, may_be_given
from services.assistance.handlers.planning import asking, making
from services.assistance.views.registry import department_view

Json = dict[str, Any]


@dataclass(frozen=True)
class Offered:
    """What a department said of one measure: its answer as a whole, and the proposal in it."""

    answer: Json
    proposal: Json


def asked(ctx: Context, agg: Aggregate, request: Json) -> Offered:
    """Ask `department` about `measure` for the household of a plan; Refused when it does not offer it."""
    view = department_view(ctx, ctx.store.departments.get(request["department"]))
    household = {name: agg.state[name] for name in making.OF_HOUSEHOLD} | {"region": agg.region}
    (answer,) = asking.ask(ctx, [view | {"asked": [request["measure"]]}], household)
    for one in answer["proposals"]:
        if one["measure"] == request["measure"]:
            return Offered(answer, one)
    raise _no_proposal(answer)


def assigned(ctx: Context, agg: Aggregate, offered: Offered, held: Iterable[str]) -> Json:
    """Return the task of what was offered and note why it is due; Refused with the decision when it is not.

    held: things that are not given again.
    """
    offer, taken = Offer.of(offered.proposal), tuple(held)
    in_the_way = other_way(offer, taken, ctx.figures(agg.region).one_way)
    decision = may_be_given(offer, tuple(sorted({*taken, *in_the_way})))
    if not decision.is_yes:
        raise Refused(
            f"该措施不能安排：{decision.sentence()}",
            code="plan.no_such_proposal",
            details={"reasons": [decision.as_reason()]},
            remedy="请选择计划中可以安排的措施，或由部门重新答复。",
        )
    agg.state["decisions"] = [*agg.state["decisions"], {"about": offer.key, "decision": decision.to_dict()}]
    given = [dict(offered.proposal)], [offered.answer]
    (task,) = making.assign(ctx, agg.id, agg.region, *given, agg.state["task_ids"])
    return task


def _no_proposal(answer: Json) -> Refused:
    said = {"answered": "没有提出这项措施"}.get(answer["state"], "没有作出有效答复")
    return Refused(
        f"部门 {answer['department']} {said}",
        code="plan.no_such_proposal",
        remedy="请用 departments 查看各部门的措施，待部门恢复后再办。",
    )
