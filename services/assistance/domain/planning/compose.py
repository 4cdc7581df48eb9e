"""The one plan of a household: which proposals become tasks, which not, and why (A-01).

All that is due of right, and for each risk one measure of those that are chosen. Composing again with more
proposals only adds: what was assigned stays, a risk that has its chosen measure gets no second one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shouwang.decision import Decision
from shouwang.policy.view import View

from services.assistance.domain.planning.rights import guaranteed, of_right
from services.assistance.domain.planning.rules import Offer, choice, kind, may_be_given, safety_net, thing

Proposal = Mapping[str, Any]
Json = dict[str, Any]


@dataclass(frozen=True)
class Household:
    """What a plan is made for: risks, whether somebody can work, what tasks give it already."""

    risks: tuple[str, ...]
    able: bool | None
    held: tuple[str, ...] = ()
    covered: tuple[str, ...] = ()
    """Risks that already have their chosen measure."""
    secured: tuple[str, ...] = ()
    """Risks that something due of right answers already."""


def compose(household: Household, proposals: Iterable[Proposal], policy: View) -> Json:
    """Return {kind, measures, uncovered, unknown, decisions}.

    measures: the proposals taken. A proposal of which it is not known stands under `unknown`, a risk that
    nobody covers under `uncovered`. decisions: [{about: risk, measure, "guarantees" or "plan", decision}] for
    every choice and every omission.
    """
    offered = list(proposals)
    offers = [Offer.of(one) for one in offered]
    given = {one.key: may_be_given(one, household.held) for one in offers}
    due = tuple(one for one in offers if given[one.key].is_yes)
    unsure = tuple(one for one in offers if given[one.key].is_unknown)
    rights = guaranteed(due, household.held, policy)
    if rights.is_unknown:
        return _undecided(household, offered, rights, given)
    optional = tuple(one for one in due if not of_right(one.department, one.measure, policy))
    rightful = tuple(one for one in due if one.key in rights.value)
    choices = _choices(household, optional, unsure, rightful)
    net = safety_net(household.able, rightful)
    chosen = {*rights.value, *(one.value for one in choices.values() if one.value is not None)}
    made = kind(household.risks)
    return {
        "kind": made.value,
        "measures": [dict(one) for one in offered if Offer.of(one).key in chosen],
        "uncovered": _uncovered(household, offers, chosen),
        "unknown": [dict(one) for one in offered if given[Offer.of(one).key].is_unknown],
        "decisions": [
            _about("plan", made),
            _about("guarantees", rights),
            *(_about(risk, one) for risk, one in choices.items()),
            _about("safety_net", net),
            *(_about(key, one) for key, one in given.items()),
        ],
    }


def _undecided(
    household: Household, offered: Sequence[Proposal], rights: Decision, given: Mapping[str, Decision]
) -> Json:
    """Return the plan while the policy does not say what is due of right: nothing is taken or refused."""
    made = kind(household.risks)
    decisions = [_about("plan", made), _about("guarantees", rights)]
    return {
        "kind": made.value,
        "measures": [],
        "uncovered": _uncovered(household, [], set()),
        "unknown": [dict(one) for one in offered if not given[Offer.of(one).key].is_no],
        "decisions": [*decisions, *(_about(key, one) for key, one in given.items())],
    }


def _open(household: Household) -> list[str]:
    return [risk for risk in household.risks if risk not in household.covered]


def _choices(
    household: Household, optional: tuple[Offer, ...], unsure: tuple[Offer, ...], rightful: tuple[Offer, ...]
) -> dict[str, Decision]:
    """Choose risk by risk; what one department gives for one risk no other gives again for the next."""
    secured = {*household.secured, *(risk for one in rightful for risk in one.risks)}
    made: dict[str, Decision] = {}
    for risk in _open(household):
        fitting = tuple(one for one in _not_given_twice(optional, made) if risk in one.risks)
        open_ones = tuple(one for one in unsure if risk in one.risks)
        made[risk] = choice(risk, household.able, risk in secured, fitting, open_ones)
    return made


def _not_given_twice(due: tuple[Offer, ...], made: Mapping[str, Decision]) -> tuple[Offer, ...]:
    """Leave out what is the same thing as one chosen already, from another department."""
    chosen = [one for one in due if one.key in {decision.value for decision in made.values()}]
    taken = {thing(one.department, one.measure): one.key for one in chosen}
    return tuple(one for one in due if taken.get(thing(one.department, one.measure), one.key) == one.key)


def _uncovered(household: Household, offers: Sequence[Offer], chosen: set[str]) -> list[str]:
    helped = {risk for one in offers if one.key in chosen for risk in one.risks}
    known = {*household.secured, *helped}
    return [risk for risk in _open(household) if risk not in known]


def _about(about: str, decision: Decision) -> Json:
    return {"about": about, "decision": decision.to_dict()}
