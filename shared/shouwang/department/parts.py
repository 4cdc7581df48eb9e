"""The parts of a delivery: what is paid in several sums is recorded sum by sum, in order, each once."""

from __future__ import annotations

from typing import Any, Final

from shouwang.department.desk import Desk
from shouwang.errors import BadRequest, Conflict, NotFound
from shouwang.service import Context
from shouwang.store import Aggregate

SAME: Final = {"household": "户", "measure": "措施"}


def part_of(ctx: Context, desk: Desk, request: dict[str, Any]) -> Any:
    """Return the record of this part of a task, a new one where nothing was recorded yet."""
    id = _id(request["task"], request["part"])
    try:
        return ctx.store.deliveries.get(id)
    except NotFound:
        return ctx.store.deliveries.new(id, region=desk.region, state={})


def check_part(ctx: Context, delivery: Aggregate, request: dict[str, Any]) -> None:
    """Refuse a part that is recorded already, one whose forerunner is missing, one of another household."""
    if not delivery.is_new:
        raise _recorded(delivery, request)
    if request["part"] == 1:
        return
    try:
        before = ctx.store.deliveries.get(_id(request["task"], request["part"] - 1))
    except NotFound:
        raise _missing(request) from None
    _check_same(before, request)


def _id(task: str, part: int) -> str:
    return task if part == 1 else f"{task}#{part}"


def _recorded(delivery: Aggregate, request: dict[str, Any]) -> Conflict:
    part, on = request["part"], delivery.state["on"]
    return Conflict(
        f"任务 {request['task']} 的第 {part} 笔已于 {on} 登记落实。",
        code="department.already_delivered",
        where=request["task"],
        remedy=(
            f"同一任务又付一笔的，请写明 part={part + 1}；"
            "没有发放或少发的，先在帮扶服务用 withdraw_payment 撤销该笔。"
        ),
    )


def _missing(request: dict[str, Any]) -> Conflict:
    before = request["part"] - 1
    return Conflict(
        f"任务 {request['task']} 的第 {before} 笔还没有登记落实。",
        code="department.part_missing",
        where=request["task"],
        remedy=f"请按顺序登记，先登记 part={before}。",
    )


def _check_same(before: Aggregate, request: dict[str, Any]) -> None:
    other = [label for name, label in SAME.items() if before.state[name] != request[name]]
    if other:
        raise BadRequest(
            f"任务 {request['task']} 前一笔登记的{'、'.join(other)}与本次不同。",
            code="department.part_differs",
            where=request["task"],
            remedy="同一任务只属于一户的一项措施，请核对任务编号；该户已并入他户的，仍写前一笔登记的户号。",
        )
