"""What an application names beside the household: its clue, and a regional warning (I-06, S-07)."""

from __future__ import annotations

from typing import Any

from shouwang.decision import NO
from shouwang.errors import BadRequest
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.finding import clues
from services.monitoring.domain.regional import warnings
from services.monitoring.domain.regional.bearing import concerns

Json = dict[str, Any]


def check(ctx: Context, household: Aggregate, request: Json) -> None:
    """Refuse a clue that is not the household's own and free, and a warning that does not stand for it."""
    if request["clue"] is not None:
        _check_clue(ctx, household, request["clue"])
    if request["warning"] is not None:
        _check_warning(ctx, household, request["warning"])


def _check_clue(ctx: Context, household: Aggregate, clue: str) -> None:
    agg = ctx.store.clues.get_or_none(clue)
    if agg is None or agg.state["household"] != household.id or agg.state["status"] not in clues.FREE:
        raise BadRequest(
            f"{clue} 不是该户未办结的线索",
            code="case.clue",
            remedy="用 clues 查看该户的线索；不写 clue 时自动取该户未办结的线索。",
        )


def _check_warning(ctx: Context, household: Aggregate, warning: str) -> None:
    agg = ctx.store.warnings.get_or_none(warning)
    if agg is None:
        raise _unfit(f"没有区域性风险预警 {warning}")
    if agg.state["status"] != warnings.OPEN:
        raise _unfit(f"预警 {warning} 已经销号（{warnings.OUTCOMES[agg.state['outcome']]}）")
    if concerns(agg.state, household.region, household.state) is NO:
        raise _unfit(f"预警 {warning} 不涉及该户")


def _unfit(why: str) -> BadRequest:
    return BadRequest(
        why,
        code="case.warning",
        remedy="用 warnings 查看本村现有预警及其涉及哪些农户；不引用预警的按一般程序申请。",
    )
