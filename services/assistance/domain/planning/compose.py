"""The one plan of a household: which proposals become tasks, which not, and why (A-01).

Composing again with more proposals only adds: what was assigned stays, a risk that has its measure gets no
second one (no welfare trap).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shouwang.decision import Decision

from services.assistance.domain.planning.rules import (
    SAFETY_NET,
    Offer,
    choice,
    group,
    kind,
    may_be_given,
    safety_net,
    thing,
)

Proposal = Mapping[str, Any]
Json = dict[str, Any]


@dataclass(frozen=True)
class Household:
    """What a plan is made for: risks, whether somebody can work, what tasks give it already."""

    risks: tuple[str, ...]
    able: bool | None
    held: tuple[str, ...] = ()
    covered: tuple[str, ...] = ()
    """Risks that already have their measure."""


def compose(household: Household, proposals: Iterable[Proposal]) -> Json:
    """Return {kind, measures, uncovered, unknown, decisions}.

    measures: the proposals chosen. A proposal of which it is not known stands under `unknown`, a risk that
    nobody covers under `uncovered`. decisions: [{about: risk, measure or "plan", decision}] for every choice
    and every omission.
    """
    offered = list(proposals)
    given = {one.key: may_be_given(one, household.held) for one in map(Offer.of, offered)}
    due = tuple(one for one in map(Offer.of, offered) if given[one.key].is_yes)
    unsure = tuple(one for one in map(Offer.of, offered) if given[one.key].is_unknown)
    choices = _choices(household, due, unsure)
    net = safety_net(household.able, _not_given_twice(due, choices))
    chosen = _keys(choices, net)
    made = kind(household.risks)
    return {
        "kind": made.value,
        "measures": [dict(one) for one in offered if Offer.of(one).key in chosen],
        "uncovered": _uncovered(household, offered, chosen),
        "unknown": [dict(one) for one in offered if given[Offer.of(one).key].is_unknown],
        "decisions": [
            _about("plan", made),
            *(_about(risk, one) for risk, one in choices.items()),
            _about("safety_net", net),
            *(_about(key, one) for key, one in given.items()),
        ],
    }


def concerns(measure: Mapping[str, Any], risks: Sequence[str], able: bool | None) -> bool:
    """Whether an announced measure ({code, risks}) is worth asking about for a household."""
    if able is False and group(measure["code"]) in SAFETY_NET:
        return True
    return not measure["risks"] or bool(set(measure["risks"]) & set(risks))


def _open(household: Household) -> list[str]:
    return [risk for risk in household.risks if risk not in household.covered]


def _choices(household: Household, due: tuple[Offer, ...], unsure: tuple[Offer, ...]) -> dict[str, Decision]:
    """Choose risk by risk; what one department gives for one risk no other gives again for the next."""
    made: dict[str, Decision] = {}
    for risk in _open(household):
        made[risk] = _choice(risk, household, _not_given_twice(due, made), unsure)
    return made


def _not_given_twice(due: tuple[Offer, ...], made: Mapping[str, Decision]) -> tuple[Offer, ...]:
    """Leave out what is the same thing as one chosen already, from another department."""
    chosen = [one for one in due if one.key in {decision.value for decision in made.values()}]
    taken = {thing(one.department, one.measure): one.key for one in chosen}
    return tuple(one for one in due if taken.get(thing(one.department, one.measure), one.key) == one.key)


def _choice(risk: str, household: Household, due: tuple[Offer, ...], unsure: tuple[Offer, ...]) -> Decision:
    fitting = tuple(one for one in due if risk in one.risks)
    open_ones = tuple(one for one in unsure if risk in one.risks)
    return choice(risk, household.able, fitting, open_ones)


def _keys(choices: Mapping[str, Decision], net: Decision) -> set[str]:
    return {one.value for one in choices.values() if one.value is not None} | set(net.value)


def _uncovered(household: Household, offered: Sequence[Proposal], chosen: set[str]) -> list[str]:
    helped = {risk for one in offered if Offer.of(one).key in chosen for risk in one["risks"]}
    return [risk for risk in _open(household) if risk not in helped]


def _about(about: str, decision: Decision) -> Json:
    return {"about": about, "decision": decision.to_dict()}
