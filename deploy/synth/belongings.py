"""What the registers of banks, police, land, market and finance say about the members of a household."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from deploy.synth.calendar import Calendar
from deploy.synth.households import Belongings, Household
from deploy.synth.people import Person
from deploy.synth.plan import Rates
from deploy.synth.streams import chance

ADULT = 18
HOMESTEAD, FLAT = "农村宅基地", "商品房"
_SMALL_VEHICLES = ("普通摩托车", "三轮汽车", "普通摩托车")


def give(household: Household, rng: Random, calendar: Calendar, rates: Rates) -> None:
    """Fill the registers: modest for who is in need, too much for who hides it, ordinary for the others."""
    opens = calendar.opens_on
    adults = [person for person in household.persons if person.age(opens) >= ADULT]
    owned = household.belongings
    story = household.story
    _homestead(owned, household.persons[0], rng, opens)
    _savings(owned, adults, rng, poor=story is not None and (story.real or bool(story.hidden)))
    if story is not None and story.real:
        _modest(owned, adults, rng, opens)
    elif story is not None and story.hidden:
        HIDDEN[story.hidden](owned, adults[0], rng, opens)
    else:
        _ordinary(household, adults, rng, rates, opens)


def _before(rng: Random, opens: date, years: int) -> date:
    return opens - timedelta(days=rng.randint(200, 365 * years))


def _homestead(owned: Belongings, head: Person, rng: Random, opens: date) -> None:
    owned.houses.append((head.ref, HOMESTEAD, rng.randint(180, 480) / 2, _before(rng, opens, 20)))


def _savings(owned: Belongings, adults: list[Person], rng: Random, *, poor: bool) -> None:
    for person in adults:
        most = 60 if poor else 800
        owned.deposits.append((person.ref, round(rng.random() ** 2 * most) * 50))


def _modest(owned: Belongings, adults: list[Person], rng: Random, opens: date) -> None:
    """What does not make anybody rich: a motorcycle, a membership, a shop long closed."""
    person = adults[-1]
    if chance(rng, 0.3):
        owned.vehicles.append(
            (person.ref, rng.choice(_SMALL_VEHICLES), rng.randint(8, 30) * 100, _before(rng, opens, 6))
        )
    if chance(rng, 0.1):
        owned.business.append((person.ref, "农民专业合作社", "成员", "存续", 0, _before(rng, opens, 5)))
    if chance(rng, 0.05):
        owned.business.append((person.ref, "个体工商户", "经营者", "注销", 20_000, _before(rng, opens, 9)))


def _ordinary(household: Household, adults: list[Person], rng: Random, rates: Rates, opens: date) -> None:
    owned = household.belongings
    able = [person for person in adults if person.able]
    if not able:
        return
    person = rng.choice(able)
    if chance(rng, rates.vehicle):
        owned.vehicles.append((person.ref, "小型汽车", rng.randint(25, 120) * 1_000, _before(rng, opens, 8)))
    elif chance(rng, 0.35):
        owned.vehicles.append((person.ref, "普通摩托车", rng.randint(10, 40) * 100, _before(rng, opens, 6)))
    if chance(rng, rates.market_house):
        owned.houses.append((person.ref, FLAT, rng.randint(160, 280) / 2, _before(rng, opens, 8)))
    if chance(rng, rates.business):
        owned.business.append((person.ref, "个体工商户", "经营者", "存续", 50_000, _before(rng, opens, 8)))
    if chance(rng, rates.payroll):
        kind = "编外" if chance(rng, 0.4) else "在职"
        owned.payroll.append((person.ref, kind, rng.randint(26, 58) * 100, _before(rng, opens, 15)))


def _hidden_payroll(owned: Belongings, person: Person, rng: Random, opens: date) -> None:
    owned.payroll.append((person.ref, "在职", rng.randint(42, 60) * 100, _before(rng, opens, 12)))


def _hidden_deposits(owned: Belongings, person: Person, rng: Random, opens: date) -> None:
    owned.deposits.append((person.ref, rng.randint(38, 60) * 10_000))


def _hidden_vehicles(owned: Belongings, person: Person, rng: Random, opens: date) -> None:
    owned.vehicles.append((person.ref, "小型汽车", rng.randint(16, 28) * 10_000, _before(rng, opens, 3)))


def _hidden_houses(owned: Belongings, person: Person, rng: Random, opens: date) -> None:
    for _ in range(2):
        owned.houses.append((person.ref, FLAT, rng.randint(200, 280) / 2, _before(rng, opens, 5)))


def _hidden_business(owned: Belongings, person: Person, rng: Random, opens: date) -> None:
    owned.business.append(
        (person.ref, "有限责任公司", "法定代表人", "存续", 2_000_000, _before(rng, opens, 4))
    )


HIDDEN = {
    "payroll": _hidden_payroll,
    "deposits": _hidden_deposits,
    "vehicles": _hidden_vehicles,
    "houses": _hidden_houses,
    "business": _hidden_business,
}
