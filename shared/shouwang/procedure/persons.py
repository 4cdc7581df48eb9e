"""Checks on who acts: level, role, region, and nobody reviews what they submitted."""

from __future__ import annotations

from collections.abc import Iterator

from shouwang.access import Actor, covers
from shouwang.access.roles import LEVEL_TITLES, TITLES, USUAL_LEVEL
from shouwang.procedure.attempt import Attempt
from shouwang.procedure.model import LEAVING, Procedure, Who
from shouwang.procedure.parts import Entry
from shouwang.procedure.reasons import OWN_SUBMISSION, WRONG_LEVEL, WRONG_REGION, WRONG_ROLE, Reason


def check_who(attempt: Attempt) -> Iterator[Reason]:
    """The actor must have the level, a role, and the region of the case."""
    if attempt.actor is None:
        return
    if attempt.who is not None:
        yield from who_reasons(attempt.who, attempt.actor, attempt.source)
    yield from region_reasons(attempt.actor, attempt.case.region, attempt.source)


def who_reasons(who: Who, actor: Actor, source: str) -> Iterator[Reason]:
    """Yield wrong_level, wrong_role."""
    if who.level and actor.level not in _levels(who, actor):
        told = f"应由{LEVEL_TITLES[who.level]}级办理，不是{LEVEL_TITLES[actor.level]}级"
        yield Reason(WRONG_LEVEL, told, source, who.level)
    if who.roles and not actor.has(*who.roles):
        wanted = "、".join(TITLES[role] for role in who.roles)
        yield Reason(WRONG_ROLE, f"应由以下角色办理：{wanted}", source, who.roles[0])


def region_reasons(actor: Actor, region: str, source: str) -> Iterator[Reason]:
    """Yield wrong_region."""
    if not covers(actor, region):
        yield Reason(WRONG_REGION, f"本案在 {region}，不在经办人辖区 {actor.region} 内", source, region)


def check_apart(attempt: Attempt) -> Iterator[Reason]:
    """Nobody who had a hand in a step may act or sign in one that is apart from it, in any round.

    Withdrawing what one submitted is no review of it.
    """
    if attempt.action in LEAVING:
        return
    mine = _acting(attempt) | {person.person_ref for person in attempt.people}
    for entry in attempt.case.entries:
        apart = entry.step in attempt.step.apart_from and _is_submission(attempt.procedure, entry)
        if apart and not mine.isdisjoint(entry.persons()):
            title = attempt.procedure.step(entry.step).title
            told = f"经办或签字的人参与过“{title}”，不能再办理“{attempt.step.title}”"
            yield Reason(OWN_SUBMISSION, told, attempt.source, entry.step)
            return


def _acting(attempt: Attempt) -> set[str]:
    actor = attempt.actor
    return {actor.on_behalf_of or actor.id} if actor else set()


def _is_submission(procedure: Procedure, entry: Entry) -> bool:
    return entry.by is not None and entry.action in procedure.step(entry.step).forward


def _levels(who: Who, actor: Actor) -> set[str | None]:
    """The level of the step, and the usual level of a role it lists: a household acts in a village step."""
    return {who.level, *(USUAL_LEVEL[role] for role in who.roles if actor.has(role))}
