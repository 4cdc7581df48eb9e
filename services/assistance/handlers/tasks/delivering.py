"""Deliveries: what a department reports as done, what a person hands in for a task of no department.

Money that reached the household is told once per payment; delivered after the task ended, it is told too:
nobody un-pays it by changing a plan.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.errors import Forbidden, Refused
from shouwang.service import Context
from shouwang.service.event import IncomingEvent
from shouwang.store import Aggregate

from services.assistance.domain.planning.rules import thing
from services.assistance.domain.tasks import dating, parts
from services.assistance.domain.tasks import task as tasks
from services.assistance.handlers.finding import find_task, own_contact_only, plan_of
from services.assistance.handlers.holding import put
from services.assistance.handlers.planning.encouraging import LOCAL
from services.assistance.handlers.planning.making import SEEN
from services.assistance.handlers.tasks import paying, sparing
from services.assistance.views.plans import plan_view

Json = dict[str, Any]


def record_delivery(ctx: Context, event: IncomingEvent) -> None:
    """Mark a task as delivered by its department; said twice, it counts once.

    What does not fit the task is refused and lies with the dead letters: it is never income.
    """
    said = event.data
    agg = plan_of(ctx, said["task"])
    task = find_task(agg, said["task"])
    if task["department"] != event.source:
        raise Forbidden(
            f"任务 {task['id']} 派给 {task['department']}，{event.source} 不能登记落实",
            code="task.of_another_department",
            remedy="请核对任务编号。",
        )
    if agg.carried_out(ctx.request_id) or _known(task, said):
        return
    _check(ctx, agg, task, said)
    _deliver(ctx, agg, task, _part(said))


def hand_in(ctx: Context, request: Json) -> Json:
    """Hand in a task of no department, with its evidence; the village team pays nothing."""
    agg = plan_of(ctx, request["task"])
    own_contact_only(ctx, agg.state["household"])
    task = find_task(agg, request["task"])
    if task["department"] != LOCAL:
        raise Refused(
            "该任务由承办部门在本部门系统登记落实",
            code="task.not_local",
            where=task["id"],
            remedy=f"请由 {task['department']} 办理。",
        )
    if not agg.carried_out(ctx.request_id):
        _deliver(ctx, agg, task, parts.part_of(0, request["evidence"], ctx.today))
    return plan_view(agg)


def _known(task: Json, said: Json) -> bool:
    """Whether this delivery is on record, disputed or not."""
    return _part(said) in parts.parts_of(task)


def _part(said: Json) -> Json:
    return parts.part_of(said["amount_fen"] or 0, said["evidence"], said["on"], said["part"])


def _check(ctx: Context, agg: Aggregate, task: Json, said: Json) -> None:
    """Refuse a delivery that is not of this task, that has not been yet, or while an objection is open."""
    numbers = (agg.state["household"], *agg.state["before"])
    if said["household"] not in numbers or said["measure"] != task["measure"]:
        raise _wrong(task, "登记落实的户或措施与任务不符")
    _check_day(ctx, agg, task, said["on"])
    if tasks.is_disputed(task):
        raise _wrong(task, "农户反映未收到，尚待答复", "请先用 answer_objection 答复异议。")
    tasks.check_amount(task, said["amount_fen"] or 0)


def _check_day(ctx: Context, agg: Aggregate, task: Json, on: date) -> None:
    """Refuse a day to come, one long before the task was given, what another task has on record (0283)."""
    assigned_on = date.fromisoformat(task["assigned_on"])
    seen_days = ctx.policy.at(assigned_on, agg.region).find(SEEN).value
    found = dating.day_of(on, assigned_on, ctx.today, seen_days)
    if found != dating.FITS:
        raise _wrong(task, dating.WORDS[found].format(on=on, assigned_on=assigned_on))
    if dating.is_earlier(on, assigned_on) and (other := _has_it(ctx, agg, task, on)):
        raise _wrong(task, f"{on} 的发放已登记在任务 {other}")


def _has_it(ctx: Context, agg: Aggregate, task: Json, on: date) -> str | None:
    """Return the other task of the household that has a payment of the same thing on the same day."""
    same = thing(task["department"], task["measure"])
    return next(
        (
            str(one["id"])
            for plan in ctx.store.plans_of(agg.state["household"])
            for one in plan.state["tasks"]
            if one["id"] != task["id"] and thing(one["department"], one["measure"]) == same
            if any(part["on"] == on.isoformat() for part in parts.standing(one).values())
        ),
        None,
    )


def _wrong(
    task: Json, message: str, remedy: str = "请部门核对后重新登记；本次登记不计落实，不计收入。"
) -> Refused:
    return Refused(message, code="task.wrong_delivery", where=task["id"], remedy=remedy)


def _deliver(ctx: Context, agg: Aggregate, task: Json, part: Json) -> None:
    ended = task["status"] in tasks.ENDED
    kept = {**part, "household": agg.state["household"]}
    done = _after_end(task, kept) if ended else tasks.deliver(task, kept)
    number = len(parts.parts_of(task)) + 1
    told = [*sparing.spare(ctx, agg, task), *paying.paid_events(ctx, agg, task, number, kept)]
    put(agg, done)
    action = "task.delivered_after_end" if ended else "task.delivered"
    detail = {"task": task["id"], "amount_fen": part["amount_fen"]}
    ctx.save(ctx.store.plans, agg, action, detail, events=told)


def _after_end(task: Json, part: Json) -> Json:
    return {**task, "changes": [*task["changes"], {"what": parts.AFTER_END, **part}]}
