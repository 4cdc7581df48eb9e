"""What a story changes besides money: risks and states, health and work, who is still there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from deploy.synth.calendar import OPENING, Calendar
from deploy.synth.households import Change, Fate, Household, Spell
from deploy.synth.people import (
    DISABLED,
    HEAD,
    LOST,
    NOT_STUDENT,
    PUPILS,
    SERIOUS,
    Person,
)
from deploy.synth.stories import FALSE_EXPECTED, RISKS, SCREENED, STATES, Story

HOUSEHOLDS_A_DAY = 25
ROUND_DAYS = 16
FIRST_ROUND_DAY = 3
SCREENED_ON, STOPPED_ON = 5, 20
_PRETENDS = ("hidden_wealth", "quick_new_job")
_NO_WAGES_SHAPES = ("no_wages", "slide", "drain", "crash", "rest")


@dataclass(frozen=True)
class Told:
    """Who is ill in this story, and how many lived there before it."""

    patient: Person
    members_before: int


def visited_on(index: int, month: int, calendar: Calendar) -> date:
    """Return the day of the round in `month` on which the cadres come to the household with this index."""
    return calendar.day(month, FIRST_ROUND_DAY + (index // HOUSEHOLDS_A_DAY) % ROUND_DAYS)


def tell(household: Household, story: Story, fate: Fate, rng: Random, calendar: Calendar) -> Told:
    """Write the facts of the story into the household."""
    before = len(household.persons)
    household.event_on = calendar.first(fate.event)
    household.found_on = _found_on(household, story, fate, rng, calendar)
    provider = _provider(household)
    if story.kind == "no_labour":
        _leaves_forever(household, provider, calendar)
    patient = (
        provider if story.shape in ("drain", "rich_bill", "insured_bill") else _other(household, provider)
    )
    _spells(household, story, fate, calendar)
    _people(household, story, provider, patient, rng)
    _work(household, story, fate, provider, calendar)
    if story.channel == "civil_affairs":
        _loses_support(household, _other(household, provider), calendar.day(fate.found - 1, STOPPED_ON))
    return Told(patient, before)


def _provider(household: Household) -> Person:
    working = [person for person in household.persons if person.works]
    return min(working, key=lambda person: (not person.male, person.relation != HEAD))


def _other(household: Household, provider: Person) -> Person:
    return next(person for person in household.persons if person is not provider)


def _found_on(household: Household, story: Story, fate: Fate, rng: Random, calendar: Calendar) -> date | None:
    if story.missed == "reported_after_the_year":
        return calendar.closes_on + timedelta(days=rng.randint(4, 25))
    if story.channel == "inspection":
        return visited_on(household.index, fate.found, calendar)
    if story.channel in SCREENED:
        return calendar.day(fate.found, SCREENED_ON)
    return calendar.day(fate.found, rng.randint(2, 26)) if story.channel != "none" else None


def _leaves_forever(household: Household, provider: Person, calendar: Calendar) -> None:
    """The provider dies: before the opening, then the roster does not know him; or within the year."""
    assert household.event_on is not None
    if household.event_on > calendar.opens_on:
        provider.until = household.event_on
        household.deaths.append((household.event_on, provider.ref))
        return
    household.persons.remove(provider)
    for place, person in enumerate(household.persons, 1):
        person.ref = f"{household.key}-{place:02d}"


def _loses_support(household: Household, person: Person, day: date) -> None:
    """A minimum living allowance ends: rightly, or while the household needs it most."""
    assert household.story is not None
    person.minimum_living = True
    household.stopped = (day, "其他" if household.story.real else "收入超标")
    household.changes.append(Change(day, person.ref, "minimum_living", False))


def _spells(household: Household, story: Story, fate: Fate, calendar: Calendar) -> None:
    assert household.event_on is not None
    over = calendar.first(fate.recovers) if fate.recovers else None
    if story.kind == "quick_new_job":
        assert household.found_on is not None
        over = household.found_on + timedelta(days=6)
    detail = _disaster(household.event_on) if story.kind == "disaster" else ""
    for risk in _risks(story):
        household.risks.append(Spell(risk, household.event_on, over, detail, story.kind == "hidden_wealth"))
    if story.real:
        household.unsettled.append(Spell(_unsettled(story), household.event_on, over))
    if story.kind in STATES:
        household.states.append(Spell(STATES[story.kind], calendar.first(fate.found - 1), over))
    if fate.falls_back is not None:
        again = calendar.first(fate.falls_back)
        household.risks += [Spell(risk, again) for risk in _risks(story)]
        household.unsettled.append(Spell("income", again))


def _risks(story: Story) -> tuple[str, ...]:
    if story.real:
        return RISKS[story.kind]
    return (FALSE_EXPECTED[story.kind][0],) if story.kind in _PRETENDS else ()


def _unsettled(story: Story) -> str:
    return "spending" if story.shape in ("bill", "crash") else "income"


def _disaster(day: date) -> str:
    if 4 <= day.month <= 8:
        return "flood"
    return "drought" if day.month in (9, 10) else "meteorological"


def _people(household: Household, story: Story, provider: Person, patient: Person, rng: Random) -> None:
    assert household.event_on is not None
    event = household.event_on
    if story.kind == "illness":
        household.changes.append(Change(event, patient.ref, "health", SERIOUS))
    if story.kind == "disability":
        card = provider.id_number + rng.choice("467") + rng.choice("12")
        for name, value in (("health", DISABLED), ("labour", LOST), ("card", card)):
            household.changes.append(Change(event, provider.ref, name, value))
    if story.kind == "drop_out":
        _leaves_school(household, household.states[-1].since)
    if story.kind == "uninsured":
        person = household.persons[-1]
        person.medical_insurance = person.serious_illness_insurance = False
    if story.kind == "student_months":
        _summer_work(household)
    if story.course == "dies" and household.found_on is not None:
        patient.until = household.found_on + timedelta(days=rng.randint(18, 24))
        household.deaths.append((patient.until, patient.ref))


def _leaves_school(household: Household, day: date) -> None:
    pupil = next(person for person in household.persons if person.student in PUPILS.values())
    household.changes.append(Change(day, pupil.ref, "student", NOT_STUDENT))


def _summer_work(household: Household) -> None:
    for person in household.persons:
        if person.student != NOT_STUDENT and person.labour != LOST:
            person.work_area, person.work_months = "省外", 2.0


def _work(household: Household, story: Story, fate: Fate, provider: Person, calendar: Calendar) -> None:
    """Fewer months of work in the roster, or from the finding on, as the wages say."""
    if story.shape not in _NO_WAGES_SHAPES or provider not in household.persons:
        return
    worked = provider.work_months
    if fate.event < OPENING:
        provider.work_months = _halves(worked * fate.event / OPENING)
    lost = fate.found - fate.event
    day = calendar.first(fate.found)
    household.changes.append(
        Change(day, provider.ref, "work_months", _halves(max(worked - lost * worked / 12, 0)))
    )


def _halves(months: float) -> float:
    return round(months * 2) / 2
