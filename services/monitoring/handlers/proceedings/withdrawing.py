"""Who may take an application back, and when not: nobody slips out of M-12 by it (decision 0185)."""

from __future__ import annotations

from typing import Any

from shouwang.access.roles import COUNTY_OFFICER, TOWN_OFFICER
from shouwang.decision import Decision
from shouwang.errors import Conflict
from shouwang.procedure import desk
from shouwang.procedure.desk import Told
from shouwang.procedure.reasons import Reason, refusal
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.proceedings.guards import GUARDS
from services.monitoring.handlers.messages import message
from services.monitoring.handlers.proceedings.knowing import facts_of

Json = dict[str, Any]
SOURCE = "衡办发〔2021〕7号 二(一)"
TITLE = "应纳入的农户撤回申请"


def check(ctx: Context, case: str) -> None:
    """Refuse the withdrawal of a correction, and the village's of a household that must be included."""
    agg = ctx.store.cases.get(case)
    if agg.state["case"]["supersedes"] is not None:
        raise Conflict(
            "更正须作出新决定，不能撤回",
            code="case.correction_needs_decision",
            where=case,
            remedy="请按步骤重新作出决定；原决定在此之前继续有效。",
        )
    if agg.state["case"]["status"] != "open" or ctx.actor.level == "household":
        return
    if (found := must_be_included(ctx, agg)) is not None:
        told = f"{found.sentence().rstrip('。')}。村里不能代为撤回；农户本人坚持的，由本人撤回"
        raise refusal([Reason("case.must_be_included", told, SOURCE, "M-12")], "撤回申请")


def must_be_included(ctx: Context, agg: Aggregate) -> Decision | None:
    """Return the decision by which a household must be included; None where it need not, or nobody knows."""
    if agg.state["case"]["procedure"] != "identification":
        return None
    view = ctx.engine.view(desk.case_of(agg), ctx.today)
    found = GUARDS["not_must_include"](facts_of(ctx, agg), view)
    return found if found.is_no else None


def told(ctx: Context, agg: Aggregate) -> list[Told]:
    """Tell town and county that a household took back what the rule says must be: they look after it."""
    if must_be_included(ctx, agg) is None:
        return []
    home = agg.state["household"]
    text = f"户 {home} 低于监测基准线且有风险，本人撤回了申请（案件 {agg.id}），请上门了解并跟踪。"
    roles = (TOWN_OFFICER, COUNTY_OFFICER)
    return [("message.requested", message(ctx.service, agg, role, TITLE, text, mark=role)) for role in roles]
