"""People of the county whom no roster of this run holds: departments know more people than one town.

A dozen households, so that no department table is ever empty and some of its persons are in no registry.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from deploy.synth.builder import Builder
from deploy.synth.deck import NOTHING
from deploy.synth.geography import county
from deploy.synth.households import Bill, Household
from deploy.synth.medical import CLINIC
from deploy.synth.numbers import VILLAGES_AT_MOST
from deploy.synth.plan import Plan

HOUSEHOLDS = 12
FIRST_NUMBER = 9_950


def households(plan: Plan) -> Iterator[Household]:
    """Yield them: every table gets at least one row of theirs."""
    village = replace(county()[0], ordinal=VILLAGES_AT_MOST - 1)
    builder = Builder(plan, village)
    for place in range(HOUSEHOLDS):
        household = builder.household(FIRST_NUMBER + place, NOTHING)
        _register(household, place, plan)
        yield household


def _register(household: Household, place: int, plan: Plan) -> None:
    head, owned = household.persons[0], household.belongings
    head.minimum_living, head.destitute = place == 0, place == 1
    household.margin = place == 2
    head.until, household.deaths = None, []
    owned.vehicles.append((head.ref, "小型汽车", 60_000, date(2018, 4, 2)))
    owned.business.append((head.ref, "个体工商户", "经营者", "存续", 30_000, date(2017, 9, 1)))
    owned.payroll = [(head.ref, "退休", 3_200, date(2012, 7, 1))]
    household.bills = [
        Bill(head.ref, month, 1 + place, CLINIC, 20) for month in range(place, plan.calendar.end, HOUSEHOLDS)
    ]
