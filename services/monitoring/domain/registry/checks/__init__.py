"""Every cross-check of a household in one call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from services.monitoring.domain.registry.ages import age
from services.monitoring.domain.registry.checks import household, kinship, persons
from services.monitoring.domain.registry.checks.finding import Finding, Limits, about

State = Mapping[str, Any]


def findings(
    state: State, on: date, limits: Limits, large_sites: Mapping[str, bool] | None = None
) -> list[Finding]:
    """Return everything that is to be clarified of a household on a day, its members in their order.

    Ages are those of the day. Where an age of the policy is unknown, the checks that need it are not made,
    and that is said.
    """
    own = [*household.risks(state), *household.income(state)]
    own += household.resettlement(state, large_sites or {})
    if limits.school_from is not None and limits.school_to is not None:
        own += household.schooling(state, on, limits.school_from, limits.school_to)
    if not limits.complete:
        own.append("limits.unknown")
    found = [about(code) for code in own]
    for member in state["members"]:
        found += [about(code, member["ref"]) for code in of_member(member, on, limits)]
    found += [about(code, ref) for code, ref in kinship.kinship(list(state["members"]))]
    return found + [about(code, ref) for ref, code in sorted(state.get("to_clarify", {}).items())]


def of_member(member: State, on: date, limits: Limits) -> Iterator[str]:
    """Yield the codes of what is to be clarified of one member."""
    years = age(member, on)
    yield from persons.work(member)
    yield from persons.health(member)
    yield from persons.insurance(member, years, limits.work_from)
    if years is None:
        yield "member.birth_unknown"
        return
    yield from persons.school(member, years, limits.students)
    if limits.work_from is not None and limits.work_to is not None:
        yield from persons.labour(member, years, limits.work_from, limits.work_to)
        yield from persons.card(member, years, limits.work_from, limits.work_to)
