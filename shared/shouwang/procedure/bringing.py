"""Checks on what an action brings along: papers, people, signatures, a reason; and on facts and guards."""

from __future__ import annotations

from collections.abc import Iterator

from shouwang.access.roles import TITLES
from shouwang.procedure.attempt import Attempt
from shouwang.procedure.handed_in import paper_fault
from shouwang.procedure.judging import reasons_of
from shouwang.procedure.model import ABORT, REFUSE, SEND_BACK
from shouwang.procedure.parts import Signature
from shouwang.procedure.reasons import (
    MISSING_FACT,
    MISSING_PAPER,
    MISSING_REASON,
    MISSING_SIGNATURE,
    TOO_FEW_PEOPLE,
    Reason,
)


def check_papers(attempt: Attempt) -> Iterator[Reason]:
    """Every paper of the step comes with the action, dated no later, and anew after a return."""
    if not attempt.is_forward or attempt.asking:
        return
    owed = (
        set(attempt.step.green_channel.papers) if attempt.is_green and attempt.step.green_channel else set()
    )
    for name in attempt.step.papers:
        if name not in owed and (told := paper_fault(attempt, name)):
            yield Reason(MISSING_PAPER, f"{attempt.paper_kinds[name].label}{told}", attempt.source, name)


def check_people(attempt: Attempt) -> Iterator[Reason]:
    """Enough different people with a right function took part; one person counts once."""
    who = attempt.step.by
    if who is None or not who.people or not attempt.decides or attempt.asking:
        return
    counted = [one for one in once_each(attempt.people) if not who.people_from or one.role in who.people_from]
    if len(counted) < who.people:
        roles = "、".join(TITLES[role] for role in who.people_from)
        told = f"须有{roles}中不少于 {who.people} 名不同人员参加，现有 {len(counted)} 名"
        yield Reason(TOO_FEW_PEOPLE, told, attempt.source)


def check_signatures(attempt: Attempt) -> Iterator[Reason]:
    """Each function that must sign has signed, each by a person of its own."""
    if not attempt.decides or attempt.asking:
        return
    signed = {one.role for one in once_each(attempt.people)}
    for role in attempt.step.signatures:
        if role not in signed:
            yield Reason(MISSING_SIGNATURE, f"缺少{TITLES[role]}签字", attempt.source, role)


def once_each(people: tuple[Signature, ...]) -> list[Signature]:
    """Return each person once, in the function named first."""
    first: dict[str, Signature] = {}
    for one in people:
        first.setdefault(one.person_ref, one)
    return list(first.values())


def check_reason(attempt: Attempt) -> Iterator[Reason]:
    """Sending back, refusing and aborting need a reason; an abort one that the procedure names."""
    if attempt.asking or attempt.action not in (SEND_BACK, REFUSE, ABORT):
        return
    given = (attempt.reason or "").strip()
    if not given:
        title = attempt.procedure.action_title(attempt.action)
        yield Reason(MISSING_REASON, f"{title}必须写明理由", attempt.source)
    elif attempt.action == ABORT and attempt.procedure.abort and given not in attempt.procedure.abort.reasons:
        known = "、".join(f"{code}（{title}）" for code, title in attempt.procedure.abort.reasons.items())
        yield Reason(MISSING_REASON, f"终止理由应为：{known}", attempt.source)


def check_facts(attempt: Attempt) -> Iterator[Reason]:
    """Every fact that the step needs is there and not unknown."""
    if not attempt.is_forward:
        return
    for name in attempt.step.needs:
        if not attempt.facts.known(name):
            yield Reason(MISSING_FACT, f"缺少或尚不明确：{name}", attempt.source, name)


def check_guards(attempt: Attempt) -> Iterator[Reason]:
    """Every guard of the action says yes."""
    for guard, decision in attempt.judged:
        yield from reasons_of(guard, decision, attempt.source)
    if attempt.green and attempt.green[1].is_unknown and not attempt.asking and any(check_papers(attempt)):
        yield from reasons_of(*attempt.green, attempt.source)
