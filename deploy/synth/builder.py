"""Makes one household: people, money, and the story that was dealt to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

from deploy.synth import belongings, families, medical, names, ordinary
from deploy.synth.blows import strike
from deploy.synth.calendar import OPENING, Calendar
from deploy.synth.deck import Hand
from deploy.synth.facts import tell
from deploy.synth.families import Family, Member
from deploy.synth.fates import fate_of
from deploy.synth.geography import Village
from deploy.synth.households import EX_POOR, ORDINARY, Household
from deploy.synth.numbers import Registry, phone
from deploy.synth.people import (
    ABLE,
    HEAD,
    HEALTHY,
    NOT_STUDENT,
    WORKING_FROM,
    WORKING_UNTIL,
    Person,
    fill,
    send_to_work,
)
from deploy.synth.plan import Plan
from deploy.synth.stories import Story
from deploy.synth.streams import chance, stream

HOUSEHOLDS_A_GROUP = 30
FAMILIES: dict[str, Callable[[Random], Family]] = {
    "drop_out": families.with_pupil,
    "transfer_school": families.with_pupil,
    "schooling": families.with_students,
    "student_months": families.with_students,
    "no_labour": families.one_provider,
    "uninsured": families.with_elders,
    "housing": families.with_elders,
}
_OTHER_SURNAME = ("配偶", "之母", "之儿媳")


class Builder:
    """Builds the households of one village, in order of their index."""

    def __init__(self, plan: Plan, village: Village) -> None:
        self._plan = plan
        self._village = village
        self._registry = Registry(village.ordinal)

    def household(self, index: int, hand: Hand) -> Household:
        """Return the household with this index (from 0)."""
        rng = stream(self._plan.seed, self._village.code, "household", index)
        made = self._empty(index, rng)
        made.story = hand.story
        self._people(made, rng)
        if hand.story is None:
            ordinary.live(made, rng, self._plan)
        else:
            befall(made, hand.story, rng, self._plan.calendar)
        goods = stream(self._plan.seed, self._village.code, "goods", index)
        belongings.give(made, goods, self._plan.calendar, self._plan.rates)
        return made

    def _empty(self, index: int, rng: Random) -> Household:
        kind = EX_POOR if chance(rng, self._plan.rates.ex_poor) else ORDINARY
        number = f"{index + 1:04d}"
        group = f"{index // HOUSEHOLDS_A_GROUP + 1}组"
        return Household(
            self._village, number, index, group, phone(self._village.ordinal, index), kind, [], {}
        )

    def _people(self, household: Household, rng: Random) -> None:
        family = _family(household.story, rng)
        surname = names.surname(rng)
        for place, member in enumerate(family, 1):
            ref = f"{household.key}-{place:02d}"
            household.persons.append(self._person(ref, member, surname, rng))
        if household.kind == EX_POOR and chance(rng, 0.08):
            household.relocated = True
            for person in household.persons:
                person.relocated = True
        _send_to_work(household, rng, self._plan.calendar)

    def _person(self, ref: str, member: Member, surname: str, rng: Random) -> Person:
        relation, male, age = member
        opens = self._plan.calendar.opens_on
        born = opens.replace(year=opens.year - age, day=1) - timedelta(days=rng.randint(1, 360))
        number, birth = self._registry.issue(born, male, opens - timedelta(days=2))
        family_name = names.surname(rng) if relation in _OTHER_SURNAME else surname
        name = family_name + names.given(rng, male, birth.year)
        person = Person(ref, name, male, birth, relation, number)
        fill(person, rng, person.age(opens))
        return person


def _family(story: Story | None, rng: Random) -> Family:
    if story is None:
        return families.ordinary(rng)
    if story.course == "unable":
        return families.lone_adult(rng)
    return FAMILIES.get(story.kind, families.nuclear)(rng)


def _send_to_work(household: Household, rng: Random, calendar: Calendar) -> None:
    grown = [person for person in household.persons if _of_age(person, calendar)]
    if household.story is not None and grown:
        _make_fit(provider(grown))
    for person in grown:
        if person.able and (person.male or chance(rng, 0.45)):
            send_to_work(person, rng)
    if household.story is not None and grown and not provider(grown).works:
        send_to_work(provider(grown), rng)


def _of_age(person: Person, calendar: Calendar) -> bool:
    age = person.age(calendar.first(OPENING))
    return WORKING_FROM + 2 <= age < WORKING_UNTIL and person.student == NOT_STUDENT


def provider(grown: list[Person]) -> Person:
    """Return the one on whom the household lives: a man, the head first."""
    return min(grown, key=lambda person: (not person.male, person.relation != HEAD))


def _make_fit(person: Person) -> None:
    person.health, person.card, person.labour = HEALTHY, "", ABLE


def befall(household: Household, story: Story, rng: Random, calendar: Calendar) -> None:
    """Let the story happen to the household: money first, then the facts, then the bills."""
    fate = fate_of(story, rng, calendar)
    household.fate = fate
    facts = tell(household, story, fate, rng, calendar)
    found = calendar.first(min(fate.found, calendar.end - 1))
    blow = strike(rng, story, fate, facts.members_before, household.size(found), calendar)
    household.flows = blow.flows
    insured = story.missed != "treated_without_insurance"
    medical.heavy(household, facts.patient, blow.bills, rng, insured)
