"""Every cross-check of a household in one call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from services.monitoring.domain.registry import household_checks, kinship_checks, person_checks, register
from services.monitoring.domain.registry.ages import age
from services.monitoring.domain.registry.findings import Finding, Limits, about

State = Mapping[str, Any]


def findings(
    state: State, on: date, limits: Limits, large_sites: Mapping[str, bool] | None = None
) -> list[Finding]:
    """Return everything that is to be clarified of a household on a day, its members in their order.

    Ages are those of the day. Where an age of the policy is unknown, the checks that need it are not made,
    and that is said.
    """
    own = [*household_checks.risks(state), *household_checks.income(state)]
    own += household_checks.resettlement(state, large_sites or {})
    if limits.school is not None:
        own += household_checks.schooling(state, on, *limits.school)
    if not limits.complete:
        own.append("limits.unknown")
    found = [about(code) for code in own]
    for member in state["members"]:
        found += [about(code, member["ref"]) for code in of_member(member, on, limits)]
    found += [about(code, ref) for code, ref in kinship_checks.kinship(list(state["members"]))]
    found += [about(f"register.{one['kind']}", one["ref"]) for one in register.open_ones(state)]
    return found + [about(code, ref) for ref, code in sorted(state.get("to_clarify", {}).items())]


def of_member(member: State, on: date, limits: Limits) -> Iterator[str]:
    """Yield the codes of what is to be clarified of one member."""
    years = age(member, on)
    yield from person_checks.work(member)
    yield from person_checks.health(member)
    yield from person_checks.insurance(member)
    if years is None:
        yield "member.birth_unknown"
        return
    yield from person_checks.school(member, years, limits.students)
    if limits.work is not None:
        yield from person_checks.labour(member, years, *limits.work)
        yield from person_checks.card(member, years, *limits.work)
        yield from person_checks.pension(member, years, limits.work[0])
