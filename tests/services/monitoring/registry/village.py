"""A village for tests of the registry: households, changes and moves as people bring them."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.access import Actor, roles
from shouwang.sealing import seal
from shouwang.testing import actor

from services.monitoring.domain.registry import roster
from services.monitoring.domain.registry.history import new_history
from tests.services.monitoring.county import VILLAGE, County
from tests.services.monitoring.sheet import FRAME, household, id_number

CADRE = actor(roles.VILLAGE_CADRE)
TOWN = actor(roles.TOWN_OFFICER)
OFFICER = actor(roles.COUNTY_OFFICER)
HOME = f"{VILLAGE}-0001"
OTHER = f"{VILLAGE}-0002"
HEAD, SECOND, THIRD = (f"{HOME}-{place:02d}" for place in (1, 2, 3))


def sealed(county: County, **given: str) -> str:
    return seal(county.keys.sealing.public, given)


def change(
    county: County, kind: str, on: str = "2021-07-01", who: Actor = CADRE, **more: Any
) -> dict[str, Any]:
    given = {"household": HOME, "kind": kind, "on": on, "reason": "村里核实", "paper": "户籍变动单/1"} | more
    return county.call(who, "change_members", **given)


def move(county: County, kind: str, who: Actor = TOWN, **more: Any) -> dict[str, Any]:
    given = {"household": HOME, "kind": kind, "on": "2021-07-01", "reason": "村里核实", "paper": "户口簿/1"}
    return county.call(who, "move_members", **(given | more))


def state_of(county: County, id: str = HOME) -> dict[str, Any]:
    return dict(county.store.households.get(id).state)


def numbers(state: dict[str, Any], part: str = "members") -> list[str]:
    return [one["id_number"] for one in state[part]]


def child(serial: int = 99, birth: str = "20210630") -> str:
    return id_number(serial, birth)


def registered(number: int = 1, persons: int = 3, on: date = FRAME.as_of) -> dict[str, Any]:
    """The state of a sound household as the registry has it, without a store."""
    (only,) = roster.read(household(number, 2, persons), FRAME)
    own = {"status": "registered", "category": None, "monitoring": None, "settled": [], "left_out": None}
    own |= {"to_clarify": {}, "measures": [], "roster_date": on.isoformat(), "size": persons}
    return {**only.state, **own, **new_history(only.state["collected_on"])}
