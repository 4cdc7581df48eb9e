"""Does a procedure hold together? What could never be taken, or never end, refuses to load."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from shouwang.procedure.case import RESERVED
from shouwang.procedure.fields import unknown, wrong
from shouwang.procedure.model import REFUSE, SEND_BACK, Procedure, Step


def check_structure(procedure: Procedure) -> None:
    """Refuse to start (ConfigurationError, file:line) unless every step can be reached, taken and left."""
    _check_ids(procedure)
    _check_groups(procedure)
    for step in procedure.steps:
        _check_actor(step)
        _check_actions(step)
        _check_references(procedure, step)
        _check_returns(procedure, step)
        _check_owed(procedure, step)
    _check_gates(procedure)
    _check_ways_on(procedure)
    _check_validity(procedure)


def _check_ids(procedure: Procedure) -> None:
    seen: dict[str, Step] = {}
    for step in procedure.steps:
        if step.id in seen:
            raise wrong(f"步骤“{step.id}”写了两次，前一次在 {seen[step.id].where}", step.where)
        seen[step.id] = step


def _check_groups(procedure: Procedure) -> None:
    labels = [stage[0].together for stage in procedure.stages if stage[0].together]
    for step in procedure.steps:
        if step.together and labels.count(step.together) > 1:
            raise wrong(f"同组步骤“{step.together}”应前后相连", step.where)
        if step.together and (step.notice or step.ends):
            raise wrong(f"同组步骤“{step.id}”不能是公示，也不能结案", step.where)


def _check_actor(step: Step) -> None:
    if step.by is None and step.notice is None:
        raise wrong(f"步骤“{step.id}”没有经办人，请写 by", step.where)
    brings = step.papers or step.signatures or step.needs or step.guards or step.ends or step.green_channel
    if step.is_gate and (brings or step.may != ("pass",) or step.publication):
        raise wrong(f"公示步骤“{step.id}”没有经办人，不能要求材料、签字、条件或动作", step.where)


def _check_actions(step: Step) -> None:
    for key, actions in (("guards", step.guards), ("ends", step.ends)):
        for action in actions:
            if action not in step.may:
                raise unknown("动作（见本步骤 may）", action, step.may, step.at(key))
    for action, end in step.ends.items():
        if action in (SEND_BACK, REFUSE) or end in RESERVED:
            raise wrong(f"步骤“{step.id}”的 ends 写错：{action}: {end}", step.at("ends"))
    if not step.forward:
        raise wrong(f"步骤“{step.id}”只能退回或拒绝，后面的步骤永远走不到", step.at("may"))


def _check_references(procedure: Procedure, step: Step) -> None:
    ids = [one.id for one in procedure.steps]
    for key, names in _named(step).items():
        for name in names:
            if name not in ids:
                raise unknown("步骤", name, ids, step.at(key))
    later = procedure.from_stage_of(step.id) - {one.id for one in _siblings(procedure, step)}
    if own := [name for name in step.apart_from if name in later]:
        raise wrong(f"步骤“{step.id}”的 apart_from 应是在前的步骤，不是 {own[0]}", step.at("apart_from"))


def _named(step: Step) -> dict[str, tuple[str, ...]]:
    upheld = (step.when_upheld,) if step.when_upheld else ()
    return {"apart_from": step.apart_from, "send_back_to": step.send_back_to, "when_upheld": upheld}


def _siblings(procedure: Procedure, step: Step) -> Iterable[Step]:
    return (one for one in procedure.stages[procedure.position(step.id)] if one.id != step.id)


def _check_returns(procedure: Procedure, step: Step) -> None:
    if step.send_back_to and SEND_BACK not in step.may:
        raise wrong(f"步骤“{step.id}”写了 send_back_to，但 may 中没有 send_back", step.at("send_back_to"))
    if SEND_BACK in step.may and not procedure.back_from(step):
        raise wrong(f"步骤“{step.id}”之前没有可以退回的步骤", step.at("may"))
    if step.when_upheld and step.notice is None:
        raise wrong(f"步骤“{step.id}”不是公示，不能写 when_upheld", step.at("when_upheld"))
    later = procedure.from_stage_of(step.id)
    for key in ("send_back_to", "when_upheld"):
        for target in _named(step)[key]:
            if target in later or procedure.step(target).is_gate:
                told = f"步骤“{step.id}”只能退回到在前的、有经办人的步骤，不是 {target}"
                raise wrong(told, step.at(key))


def _check_owed(procedure: Procedure, step: Step) -> None:
    if step.green_channel is None:
        return
    if all(action in step.ends for action in step.forward):
        raise wrong(f"步骤“{step.id}”已结案，绿色通道后补的材料无处可补", step.at("green_channel"))
    later = procedure.from_stage_of(step.id) - {
        one.id for one in procedure.stages[procedure.position(step.id)]
    }
    for name in step.green_channel.papers:
        if name not in step.papers:
            raise wrong(f"绿色通道允许后补的材料 {name} 不在本步骤 papers 中", step.at("green_channel"))
    for name in step.green_channel.steps:
        if name not in later:
            raise unknown("材料或在后的步骤", name, [*step.papers, *later], step.at("green_channel"))


def _check_gates(procedure: Procedure) -> None:
    if procedure.steps[0].notice is not None:
        raise wrong("第一步不能是公示：没有可以公示的内容", procedure.steps[0].where)
    for before, after in pairwise(procedure.steps):
        if before.is_gate and after.notice:
            told = f"公示“{before.id}”之后紧接公示“{after.id}”：之间没有经办人，后一公示无人提请"
            raise wrong(told, after.where)


def _check_ways_on(procedure: Procedure) -> None:
    *earlier, last = procedure.steps
    for step in earlier:
        if all(action in step.ends for action in step.forward):
            following = procedure.stage_after(step.id)[0]
            raise wrong(f"步骤“{following.id}”永远走不到：“{step.id}”的动作都已结案", following.where)
    missing = [action for action in last.forward if action not in last.ends]
    if missing:
        raise wrong(f"最后一步“{last.id}”的动作 {missing[0]} 没有写结案结果 ends", last.where)


def _check_validity(procedure: Procedure) -> None:
    if procedure.valid_to is not None and procedure.valid_to < procedure.valid_from:
        raise wrong("valid 的 to 早于 from", procedure.where)
