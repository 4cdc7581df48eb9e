"""Checks on the case itself: is it open, is this the step, does the gate let through, is the day in order."""

from __future__ import annotations

from collections.abc import Iterator

from shouwang.errors import UnknownValue
from shouwang.procedure.attempt import Attempt
from shouwang.procedure.gates import gate_before, gate_reasons, objection_reasons, open_steps
from shouwang.procedure.green import unsettled
from shouwang.procedure.model import LEAVING, REFUSE, SEND_BACK
from shouwang.procedure.reasons import (
    BACKDATED,
    DEBT_OPEN,
    GUARD_UNKNOWN,
    UNKNOWN_ACTION,
    WRONG_STEP,
    Reason,
)


def check_action(attempt: Attempt) -> Iterator[Reason]:
    """The step must know the action; the procedure must allow a withdrawal or an abort."""
    known = attempt.who is not None if attempt.action in LEAVING else attempt.action in attempt.step.may
    if not known:
        allowed = "、".join(attempt.procedure.action_title(action) for action in attempt.step.may)
        told = f"步骤“{attempt.step.title}”没有动作“{attempt.action}”，可用的有：{allowed}"
        yield Reason(UNKNOWN_ACTION, told, attempt.source, attempt.action)


def check_step(attempt: Attempt) -> Iterator[Reason]:
    """The step must be one that is open now (withdrawal and abort: where the case stands)."""
    steps = open_steps(attempt.procedure, attempt.case)
    waiting = attempt.procedure.step(attempt.case.step)
    if attempt.step in steps or (attempt.action in LEAVING and attempt.step == waiting):
        return
    if attempt.step.is_gate and attempt.step == waiting:
        told = f"公示“{waiting.title}”期满自动通过，请办理下一步“{steps[0].title}”"
    else:
        now = "、".join(step.title for step in steps)
        told = f"现在应办理“{now}”，不能办理“{attempt.step.title}”"
    yield Reason(WRONG_STEP, told, attempt.source, attempt.step.id)


def check_gate(attempt: Attempt) -> Iterator[Reason]:
    """A notice in front of the step must be over; at the notice itself only going back is free of that."""
    gate = gate_before(attempt.procedure, attempt.case, attempt.step)
    if gate is None or attempt.action in LEAVING:
        return
    source = gate.source or attempt.procedure.source
    if gate != attempt.step or attempt.is_forward:
        yield from gate_reasons(gate, attempt.case, attempt.on, source)
    elif attempt.action == REFUSE:
        yield from objection_reasons(attempt.case, source)


def check_day(attempt: Attempt) -> Iterator[Reason]:
    """Nothing may be dated before what already happened."""
    last = attempt.case.last_on
    if attempt.on < last:
        yield Reason(BACKDATED, f"日期 {attempt.on} 早于本案上一记录 {last}，不能倒填", attempt.source)


def check_debts(attempt: Attempt) -> Iterator[Reason]:
    """A case cannot end while a paper of the green channel is owed (S-07)."""
    if attempt.end is None:
        return
    for debt in unsettled(attempt):
        overdue = "，已逾期" if debt.overdue(attempt.on) else ""
        label = attempt.paper_kinds[debt.name].label
        told = f"绿色通道后补材料{label}尚未补交（期限 {debt.due_on}{overdue}）"
        yield Reason(DEBT_OPEN, told, attempt.source, debt.name)


def check_target(attempt: Attempt) -> Iterator[Reason]:
    """A return goes to a step that the procedure names."""
    if attempt.action != SEND_BACK or attempt.to is None:
        return
    allowed = attempt.procedure.back_from(attempt.step)
    if attempt.to not in allowed:
        told = f"只能退回到：{'、'.join(allowed)}，不能退回到“{attempt.to}”"
        yield Reason(WRONG_STEP, told, attempt.source, attempt.to)


def check_figures(attempt: Attempt) -> Iterator[Reason]:
    """The days that the action sets running (notice, green channel) must be known."""
    if not attempt.is_forward:
        return
    following = attempt.procedure.stage_after(attempt.step.id)
    terms = [step.notice.days for step in following if step.notice and attempt.end is None]
    if attempt.is_green and attempt.step.green_channel:
        terms.append(attempt.step.green_channel.within)
    for days in terms:
        try:
            days.of(attempt.view)
        except UnknownValue as error:
            yield Reason(GUARD_UNKNOWN, f"参数未知：{error.message}", attempt.source, days.policy)
