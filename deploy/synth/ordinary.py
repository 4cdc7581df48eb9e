"""A household that nothing befalls: a steady income well over any line, small bills, support for some."""

from __future__ import annotations

from datetime import timedelta
from math import exp
from random import Random

from deploy.synth import medical
from deploy.synth.calendar import Calendar
from deploy.synth.economy import COSTS, OWN, priced, unit
from deploy.synth.households import EX_POOR, Household
from deploy.synth.people import CHRONIC, DISABLED, Person
from deploy.synth.plan import Plan
from deploy.synth.streams import chance

LEAST, MOST = 10_000, 26_000
MIDDLE, MIDDLE_EX_POOR, SPREAD = 14_000, 12_600, 0.25
ALONE_WITHOUT_CHILDREN = 0.12


def live(household: Household, rng: Random, plan: Plan) -> None:
    """Give the household its income, its support and its small bills; sometimes somebody dies."""
    middle = MIDDLE_EX_POOR if household.kind == EX_POOR else MIDDLE
    per_head = min(max(middle * exp(rng.gauss(0, SPREAD)), LEAST), MOST)
    _support(household, rng, plan.rates.minimum_living)
    household.margin = chance(rng, plan.rates.low_income)
    shares = _shares(household, rng)
    yearly = per_head * len(household.persons)
    household.flows = priced(unit(rng, shares, plan.calendar), yearly, [], plan.calendar.end)
    medical.usual(household, rng, plan.calendar, plan.rates.hospital)
    _death(household, rng, plan.calendar)


def _support(household: Household, rng: Random, minimum_living: float) -> None:
    if len(household.persons) == 1 and chance(rng, ALONE_WITHOUT_CHILDREN):
        household.persons[0].destitute = True
        return
    weak = [person for person in household.persons if person.health in (CHRONIC, DISABLED)]
    if weak and chance(rng, minimum_living * 3):
        for person in weak:
            person.minimum_living = True


def _shares(household: Household, rng: Random) -> dict[str, float]:
    """Yearly amounts as parts of the net income: from wages where somebody earns them, else from children."""
    farming = rng.uniform(0.06, 0.25)
    costs = farming * rng.uniform(0.3, 0.5)
    property_ = rng.choice((0.0, 0.0, 0.01, 0.02))
    rest = 1 - farming + costs - property_
    wages = rest * rng.uniform(0.85, 0.95) if any(person.works for person in household.persons) else 0.0
    shares = {"wages": wages, "business": farming, "property": property_, "transfers": rest - wages}
    return {**shares, COSTS: costs}


def _death(household: Household, rng: Random, calendar: Calendar) -> None:
    if len(household.persons) == 1:
        return
    for person in household.persons[1:]:
        if chance(rng, _mortality(person, calendar) * calendar.months / 12):
            days = (calendar.closes_on - calendar.opens_on).days
            person.until = calendar.opens_on + timedelta(days=rng.randrange(20, days))
            household.deaths.append((person.until, person.ref))
            _no_bills_after(household, person, calendar)
            return


def _no_bills_after(household: Household, person: Person, calendar: Calendar) -> None:
    assert person.until is not None
    last = calendar.index(person.until)
    for bill in [bill for bill in household.bills if bill.ref == person.ref and bill.month >= last]:
        household.bills.remove(bill)
        household.flows[OWN][bill.month] -= bill.own


def _mortality(person: Person, calendar: Calendar) -> float:
    age = person.age(calendar.opens_on)
    if age < 60:
        return 0.001
    return 0.015 if age < 75 else 0.06
