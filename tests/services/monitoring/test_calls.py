"""Who may call what of monitoring, from where: every call, role and place, against hand-written tables.

Role and region are checked before a call touches anything; here they are asked without a store.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from marshmallow import fields
from shouwang.access import Actor, require_caller, roles
from shouwang.access.roles import ROLES, USUAL_LEVEL
from shouwang.errors import Forbidden
from shouwang.service import COUNTY_WIDE, entry_points
from shouwang.service.dispatch import check_region
from shouwang.service.entry import EntryPoint
from shouwang.testing import actor, service_actor
from shouwang.yaml_lines import load_mapping

from services.monitoring.service import Monitoring

HERE = Path(__file__).parent
PROCEEDINGS = {*load_mapping(HERE / "proceedings" / "tables" / "entries.yaml"), "take_step"}
"""Tested call by call on a real store in proceedings/test_refusals.py."""
WRITTEN = load_mapping(HERE / "tables" / "calls.yaml")
ELSEWHERE: dict[str, str] = WRITTEN.pop("elsewhere")
TABLE: dict[str, str] = {**WRITTEN, **load_mapping(HERE / "care" / "tables" / "access.yaml")}
LETTERS = {
    "v": {roles.VILLAGE_CADRE},
    "V": {roles.VILLAGE_CADRE, roles.VILLAGE_TEAM, roles.VILLAGE_COMMITTEE},
    "t": {roles.TOWN_OFFICER},
    "T": {roles.TOWN_OFFICER, roles.TOWN_PARTY_SECRETARY, roles.TOWN_HEAD},
    "C": {roles.COUNTY_OFFICER},
    "L": {roles.COUNTY_LEADING_GROUP},
    "A": {roles.AUDITOR},
    "P": {roles.CONTACT_PERSON},
    "D": {roles.DEPARTMENT_OFFICER},
    "H": {roles.HOUSEHOLD},
    "O": {roles.HOTLINE},
    "M": {roles.PLATFORM},
    "b": {"service:assistance"},
    "z": {"service:assets"},
}
SERVICES = ("assistance", "assets", "projects", "notify", "monitoring", "health_insurance", "water_resources")
VILLAGE = "430426100001"
PLACES = {"own": VILLAGE, "village": "430426100998", "town": "430426998001", "county": "439999100001"}
"""Where the actor is at home, seen from the matter: there, in another village, another town, nowhere near."""
DIGITS = {"household": 12, "village": 12, "town": 9}
CALLS = {one.name: one for one in entry_points(Monitoring) if one.kind == "call"}


def listed(letters: str) -> set[str]:
    everyone = set(ROLES) | {f"service:{one}" for one in SERVICES}
    return everyone if letters == "all" else set().union(*(LETTERS[letter] for letter in letters))


def everybody() -> Iterator[tuple[str, str, Actor]]:
    """Every role at every place that it can be at home; a town is at home in each of its villages."""
    for role in sorted(ROLES):
        digits, homes = DIGITS.get(USUAL_LEVEL[role], 6), dict[str, str]()
        for place, code in PLACES.items():
            homes.setdefault(code[:digits], place)
        for code, place in homes.items():
            if role != roles.SERVICE:
                yield role, place, actor(role, region=code)
                continue
            for one in SERVICES:
                yield f"service:{one}", place, service_actor(one, region=code)


def request_of(entry: EntryPoint) -> dict[str, Any]:
    """A matter in the village, by every field that may name one: its code, or a number that begins so."""
    assert isinstance(entry.schema, type)
    named = {
        name: VILLAGE if name in {"region", "village"} else f"{VILLAGE}-0001"
        for name, field in entry.schema().fields.items()
        if isinstance(field, fields.String)
    }
    return named


def refusal(entry: EntryPoint, who: Actor) -> str | None:
    """Return the code with which a call is refused before it does anything; it says why, in Chinese."""
    matter = SimpleNamespace(region=VILLAGE)
    store = SimpleNamespace(duplicates=SimpleNamespace(get=lambda _id: matter))
    ctx: Any = SimpleNamespace(actor=who, service="monitoring", store=store)
    try:
        require_caller(who, entry.who, entry.callers)
        check_region(entry, ctx, request_of(entry))
    except Forbidden as error:
        assert any("\u4e00" <= one <= "\u9fff" for one in error.message) and error.remedy
        return error.code
    return None


def refused_as(role: str) -> str:
    return "access.wrong_service" if role.startswith("service:") else "access.wrong_role"


def expected(name: str, role: str, place: str) -> str | None:
    if role not in listed(TABLE[name]):
        return refused_as(role)
    return None if place == "own" else "access.wrong_region"


def test_every_call_of_monitoring_stands_in_a_table_written_by_hand() -> None:
    assert set(CALLS) == {*TABLE, *ELSEWHERE, *PROCEEDINGS}


@pytest.mark.rule("K-02")
@pytest.mark.parametrize("name", sorted(set(CALLS) & set(TABLE)))
def test_every_role_from_every_place_may_call_exactly_what_the_table_says(name: str) -> None:
    found = {(role, place): refusal(CALLS[name], who) for role, place, who in everybody()}
    assert found == {(role, place): expected(name, role, place) for role, place in found}


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
def test_what_concerns_no_place_is_still_refused_by_role(name: str) -> None:
    assert CALLS[name].where is COUNTY_WIDE
    for role, _, who in everybody():
        wanted = None if role in listed(ELSEWHERE[name]) else refused_as(role)
        assert refusal(CALLS[name], who) == wanted, (role, name)


NAMED_TWICE = {
    name
    for name, one in CALLS.items()
    if isinstance(one.schema, type) and len({"household", "case", "clue"} & set(one.schema().fields)) > 1
}


@pytest.mark.parametrize("name", sorted(NAMED_TWICE))
@pytest.mark.parametrize("away", ["household", "case", "clue"])
def test_a_call_that_names_two_matters_is_refused_where_either_lies_elsewhere(name: str, away: str) -> None:
    """A household of one's own does not open somebody else's clue."""
    request = request_of(CALLS[name])
    if away not in request:
        return
    request[away] = f"{PLACES['town']}-0001"
    for role in (roles.VILLAGE_CADRE, roles.TOWN_OFFICER):
        ctx: Any = SimpleNamespace(actor=actor(role, region=VILLAGE[: DIGITS[USUAL_LEVEL[role]]]))
        with pytest.raises(Forbidden) as error:
            check_region(CALLS[name], ctx, request)
        assert error.value.code == "access.wrong_region"
