"""The villages that take part, and how many households each has."""

from __future__ import annotations

from dataclasses import dataclass

from shouwang.places import Places

from deploy.synth.errors import SynthError
from deploy.synth.numbers import HOUSEHOLDS_AT_MOST
from deploy.synth.plan import Plan

COUNTY = "430426"
TOWN = "430426106"
"""归阳镇, fifteen villages and communities, on the 湘江."""
TOWN_DIGITS, VILLAGE_DIGITS = 9, 12


@dataclass(frozen=True)
class Village:
    """A village: `ordinal` among all of the county, `place_in_town` among its `neighbours` of the town."""

    code: str
    name: str
    town: str
    town_name: str
    ordinal: int
    place_in_town: int
    neighbours: int


def county() -> list[Village]:
    """Return every village of the county, by code."""
    places = Places.load()
    towns = sorted(places.children(COUNTY), key=lambda town: town.code)
    found: list[Village] = []
    for town in towns:
        children = sorted(places.children(town.code), key=lambda village: village.code)
        for place, one in enumerate(children):
            found.append(Village(one.code, one.name, town.code, town.name, len(found), place, len(children)))
    return found


def chosen(plan: Plan) -> dict[Village, int]:
    """Return the villages of the plan with their numbers of households; SynthError when there are none."""
    inside = _place(plan)
    villages = [village for village in county() if village.code.startswith(inside)]
    if not villages:
        raise SynthError(f"区划代码“{inside}”不在本县，请用 {COUNTY} 开头的乡镇或村代码。")
    villages = villages[:1] if plan.size == "village" else villages
    shares = _shared(plan, villages)
    if min(shares) < 1 or max(shares) > HOUSEHOLDS_AT_MOST:
        raise SynthError(
            f"{len(villages)} 个村每村须有 1–{HOUSEHOLDS_AT_MOST} 户，现共 {plan.households} 户。"
        )
    return dict(zip(villages, shares, strict=True))


def _place(plan: Plan) -> str:
    if plan.size == "county":
        return COUNTY
    place = plan.place or TOWN
    if not place.startswith(COUNTY) or (plan.size == "town" and len(place) != TOWN_DIGITS):
        raise SynthError(f"“{place}”不是 {COUNTY} 的乡镇（9 位）或村（12 位）代码。")
    return place


def _shared(plan: Plan, villages: list[Village]) -> list[int]:
    """Split the households evenly, the first villages taking one more; the sum is exact."""
    each, rest = divmod(plan.households, len(villages))
    return [each + (place < rest) for place in range(len(villages))]
