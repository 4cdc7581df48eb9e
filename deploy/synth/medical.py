"""Hospital claims: the few that every household has, and the heavy ones of a story."""

from __future__ import annotations

from random import Random

from deploy.synth.calendar import OPENING, Calendar
from deploy.synth.economy import OWN
from deploy.synth.households import Bill, Household
from deploy.synth.people import CHRONIC, Person
from deploy.synth.streams import chance

INPATIENT, CHRONIC_CLINIC, CLINIC = "住院", "门诊慢特病", "普通门诊"
OLD_AGE = 60
OLD_FACTOR = 3.0
PAID_AT_MOST_PER_HEAD = 450
LATEST_DAY = 26


def usual(household: Household, rng: Random, calendar: Calendar, hospital: float) -> None:
    """Add the small claims of a household that no story touches; they never weigh on it."""
    left = PAID_AT_MOST_PER_HEAD * len(household.persons)
    for person in household.persons:
        born = calendar.index(person.birth)
        for bill in _claims(person, rng, calendar, hospital):
            if bill.own <= left and bill.month > born:
                left -= bill.own
                _add(household, bill)


def heavy(
    household: Household, patient: Person, bills: list[tuple[int, int]], rng: Random, insured: bool
) -> None:
    """Add the claims of a story, the larger ones in two parts; their money is in the flows already."""
    for month, own in bills:
        parts = (own,) if own < 12_000 else (own * 2 // 3, own - own * 2 // 3)
        days = sorted(rng.sample(range(1, LATEST_DAY), len(parts)))
        for day, part in zip(days, parts, strict=True):
            household.bills.append(Bill(patient.ref, month, day, INPATIENT, part, insured))


def _claims(person: Person, rng: Random, calendar: Calendar, hospital: float) -> list[Bill]:
    factor = OLD_FACTOR if person.age(calendar.first(OPENING)) >= OLD_AGE else 1.0
    found = []
    if chance(rng, hospital * factor * calendar.end / 12):
        own = rng.randint(15, 75) * 10
        found.append(
            Bill(person.ref, rng.randrange(calendar.end), rng.randint(1, LATEST_DAY), INPATIENT, own)
        )
    if person.health == CHRONIC and person.medical_insurance:
        first = rng.randrange(3)
        found += [
            Bill(person.ref, month, rng.randint(1, LATEST_DAY), CHRONIC_CLINIC, rng.randint(20, 60))
            for month in range(first, calendar.end, 6)
        ]
    elif chance(rng, 0.05):
        month = rng.randrange(calendar.end)
        found.append(Bill(person.ref, month, rng.randint(1, LATEST_DAY), CLINIC, rng.randint(8, 60)))
    return found


def _add(household: Household, bill: Bill) -> None:
    household.bills.append(bill)
    household.flows[OWN][bill.month] += bill.own
