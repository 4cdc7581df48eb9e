"""Asking again: what is news to a plan that stands, and what an open task is worth.

A "no" holds for the day on which it was said: cost adds up, a term begins, a standard comes into force.
Source: 湘委乡振组发〔2021〕1号 五(四) (月比对); docs/decisions/0250.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from services.assistance.domain.tasks import task as tasks

Json = dict[str, Any]
Many = Iterable[Mapping[str, Any]]


def says_the_same(known: Many, said: Many) -> bool:
    """Whether a department's proposals say no more than what a plan has of it.

    Measure, verdict, amount and receiving count; the reason does not, it may name the day of the question.
    """
    before = {_gist(one) for one in known}
    return all(_gist(one) in before for one in said)


def still_owed(proposal: Mapping[str, Any], standing: Many) -> bool:
    """Whether its own department has the same measure as an open task."""
    return any(tasks.is_open(one) and key(one) == key(proposal) for one in standing)


def worth_more(task: Mapping[str, Any], proposals: Many) -> int | None:
    """Return the amount (fen) that the department of an open task says now, when it is more than before.

    None when it is not, or when a person set the amount, or while its payment is disputed.
    """
    if not tasks.is_open(task) or tasks.is_disputed(task) or _set_by_hand(task):
        return None
    said = [one["amount_fen"] for one in proposals if one["eligible"] == "yes" and key(one) == key(task)]
    return next((one for one in said if one is not None and one > (task["amount_fen"] or 0)), None)


def _set_by_hand(task: Mapping[str, Any]) -> bool:
    """Whether a person set the amount; that its department raised it before is no reason to stay behind."""
    changed = [one for one in task["changes"] if "amount_fen" in one.get("after", {})]
    return any(one["by"] != task["department"] for one in changed)


def key(one: Mapping[str, Any]) -> tuple[str, str]:
    """Return department and measure of a task or proposal."""
    return one["department"], one["measure"]


def news(standing: Sequence[Json], made: Sequence[Json], added: Many) -> list[Json]:
    """Return of the decisions `made` those that say something else than the last of the same, or gave a task.

    Without this a plan would grow with every month that changes nothing.
    """
    last = {one["about"]: _conclusion(one) for one in standing}
    given = {"/".join(key(one)) for one in added}
    return [one for one in made if one["about"] in given or last.get(one["about"]) != _conclusion(one)]


def _gist(proposal: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(proposal[name] for name in ("measure", "eligible", "amount_fen", "receiving"))


def _conclusion(one: Mapping[str, Any]) -> list[Any]:
    return [one["decision"][name] for name in ("rule", "version", "verdict", "value", "conclusion")]
