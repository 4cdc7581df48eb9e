"""The rows of the department tables, household by household, as each department knows its persons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random

from deploy.synth.calendar import Calendar
from deploy.synth.deliveries import Delivery
from deploy.synth.households import Bill, Household
from deploy.synth.people import Person
from deploy.synth.sheets import Cell

Row = list[Cell]
HOSPITALS = ("祁东县人民医院", "祁东县中医医院", "南华大学附属第一医院", "衡阳市中心医院", "乡镇卫生院")
BANKS = ("农村商业银行", "邮政储蓄银行", "农业银行")
HEAVY = 8_000
EMPLOYED_FEN = 310_000
RESIDENT_FEN = {2020: 25_000, 2021: 28_000, 2022: 32_000, 2023: 35_000, 2024: 38_000, 2025: 40_000}
"""What an employee and a resident pay for a year."""


def bill_row(
    household: Household, bill: Bill, place: int, delivery: Delivery, calendar: Calendar, rng: Random
) -> Row:
    """Return the row of a claim: what is in scope and not paid by the three insurances is the own share."""
    person, form = household.person(bill.ref), delivery.form
    helped = person.minimum_living or person.destitute
    in_scope, basic, serious, aid = _paid(bill.own, helped, rng)
    total = in_scope + round(in_scope * rng.uniform(0.02, 0.2))
    claim = f"JS{delivery.period}-{household.village.code[6:]}-{household.number}-{place:02d}"
    paid = [form.money(amount) if amount else None for amount in (basic, serious, aid)]
    heads = [claim, person.name, form.person(person.id_number), bill.kind, rng.choice(HOSPITALS)]
    day = form.day(calendar.day(bill.month, bill.day))
    return [*heads, day, form.money(total), form.money(in_scope), paid[0] or form.money(0), *paid[1:]]


def _paid(own: int, helped: bool, rng: Random) -> tuple[int, int, int, int]:
    """Split a claim, in fen, so that in scope − basic − serious − aid is the own share."""
    in_scope = round(own * 100 / (1 - rng.uniform(0.55, 0.7)))
    covered = in_scope - own * 100
    serious = round(covered * 0.15) if own > HEAVY else 0
    aid = round(covered * 0.1) if helped else 0
    return in_scope, covered - serious - aid, serious, aid


def _here(household: Household, delivery: Delivery, calendar: Calendar) -> Iterator[Person]:
    last = min(calendar.last(delivery.month), delivery.on)
    return (person for person in household.persons if person.here(last) and person.birth <= last)


def insured(household: Household, delivery: Delivery, calendar: Calendar) -> Iterator[Row]:
    """One row per person, the uninsured among them."""
    form, year = delivery.form, int(delivery.period)
    elsewhere = household.story is not None and household.story.kind == "insured_elsewhere"
    for person in _here(household, delivery, calendar):
        employed = any(ref == person.ref for ref, *_ in household.belongings.payroll)
        scheme = "城镇职工" if employed else "城乡居民"
        uninsured = not person.medical_insurance or (elsewhere and person.works)
        premium = EMPLOYED_FEN if employed else RESIDENT_FEN.get(year, max(RESIDENT_FEN.values()))
        paid = [None, None] if uninsured else [form.money(premium), form.day(_paid_on(person, year))]
        heads = [person.name, form.person(person.id_number), household.village.code, str(year)]
        yield [*heads, None if uninsured else scheme, "未参保" if uninsured else "正常参保", *paid]


def _paid_on(person: Person, year: int) -> date:
    return max(date(year, 1, 1 + int(person.id_number[12:14]) % 28), person.birth)


def minimum_living(household: Household, delivery: Delivery, calendar: Calendar) -> Iterator[Row]:
    """One row per person in the scheme; who died or lost it stays that month, stopped."""
    form = delivery.form
    members = [person for person in household.persons if person.minimum_living]
    for person in members:
        day, reason = _stopped(household, person)
        if day is not None and day < calendar.first(delivery.month):
            continue
        stopped = day if day is not None and day <= calendar.last(delivery.month) else None
        amount = 0 if stopped else 26_000 + 1_000 * (household.index % 9)
        heads = [person.name, form.person(person.id_number), household.persons[0].id_number]
        state = [household.village.code, "停保" if stopped else "在保", len(members), form.money(amount)]
        since = form.day(date(2016 + household.index % 4, 1 + household.index % 12, 1))
        yield [
            *heads,
            *state,
            since,
            None,
            form.day(stopped) if stopped else None,
            reason if stopped else None,
        ]


def _stopped(household: Household, person: Person) -> tuple[date | None, str]:
    if household.stopped is not None:
        return household.stopped
    return person.until, "死亡"


def destitute(household: Household, delivery: Delivery, calendar: Calendar) -> Iterator[Row]:
    """One row per person in the scheme."""
    form = delivery.form
    for person in _here(household, delivery, calendar):
        if person.destitute:
            ability = "自理" if person.labour != "丧失劳动力" else "失能"
            heads = [person.name, form.person(person.id_number), household.village.code, "分散供养", ability]
            yield [*heads, "是", form.money(62_000), form.day(date(2018, 1 + household.index % 12, 1))]


def low_income(household: Household, delivery: Delivery, calendar: Calendar) -> Iterator[Row]:
    """One row per person of a family at the margin of the minimum living scheme."""
    for person in _here(household, delivery, calendar):
        heads = [person.name, delivery.form.person(person.id_number), household.village.code]
        yield [*heads, "低保边缘", delivery.form.day(date(2020, 1 + household.index % 12, 1))]


def deposits(household: Household, delivery: Delivery, calendar: Calendar) -> Iterator[Row]:
    """One row per person and bank."""
    form, last = delivery.form, calendar.last(delivery.month)
    for place, (ref, balance) in enumerate(household.belongings.deposits):
        person = household.person(ref)
        if person.here(last):
            bank = BANKS[(household.index + place) % len(BANKS)]
            heads = [person.name, form.person(person.id_number), bank]
            yield [*heads, form.money(balance * 100), form.day(last - timedelta(days=1))]


def vehicles(household: Household, delivery: Delivery, calendar: Calendar) -> Iterator[Row]:
    """One row per vehicle."""
    for ref, kind, worth, day in household.belongings.vehicles:
        heads = _heads(household.person(ref), delivery)
        yield [*heads, kind, delivery.form.money(worth * 100), delivery.form.day(day)]


def houses(household: Household, delivery: Delivery, calendar: Calendar) -> Iterator[Row]:
    """One row per house."""
    for ref, kind, area, day in household.belongings.houses:
        yield [*_heads(household.person(ref), delivery), kind, f"{area:.2f}", delivery.form.day(day)]


def business(household: Household, delivery: Delivery, calendar: Calendar) -> Iterator[Row]:
    """One row per person and enterprise."""
    form = delivery.form
    for ref, kind, role, status, capital, day in household.belongings.business:
        money = form.money(capital * 100) if capital else None
        yield [*_heads(household.person(ref), delivery), kind, role, status, money, form.day(day)]


def payroll(household: Household, delivery: Delivery, calendar: Calendar) -> Iterator[Row]:
    """One row per person."""
    for ref, kind, pay, day in household.belongings.payroll:
        heads = _heads(household.person(ref), delivery)
        yield [*heads, kind, delivery.form.money(pay * 100), delivery.form.day(day)]


def _heads(person: Person, delivery: Delivery) -> Row:
    return [person.name, delivery.form.person(person.id_number)]


ROWS: dict[str, Callable[[Household, Delivery, Calendar], Iterator[Row]]] = {
    "insured": insured,
    "minimum_living": minimum_living,
    "destitute": destitute,
    "low_income": low_income,
    "deposits": deposits,
    "vehicles": vehicles,
    "houses": houses,
    "business": business,
    "payroll": payroll,
}
CONCERNS: dict[str, Callable[[Household], bool]] = {
    "insured": lambda household: True,
    "minimum_living": lambda household: any(person.minimum_living for person in household.persons),
    "destitute": lambda household: any(person.destitute for person in household.persons),
    "low_income": lambda household: household.margin,
    "deposits": lambda household: bool(household.belongings.deposits),
    "vehicles": lambda household: bool(household.belongings.vehicles),
    "houses": lambda household: bool(household.belongings.houses),
    "business": lambda household: bool(household.belongings.business),
    "payroll": lambda household: bool(household.belongings.payroll),
}
"""Whether a household has anything in a table: most have not, and their rows are not asked for."""
