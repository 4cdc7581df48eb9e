"""Roles and regions: what is not allowed by name is refused."""

from __future__ import annotations

from typing import Any

import pytest
from shouwang.access import Actor, covers, require, require_caller, roles
from shouwang.errors import BadRequest, Forbidden
from shouwang.testing import actor, service_actor

VILLAGE, TOWN, COUNTY, OTHER_TOWN, OTHER_COUNTY = (
    "430426100001",
    "430426100",
    "430426",
    "430426101",
    "430424",
)


def refusal(who: Actor, allowed: list[str], region: str | None) -> str:
    with pytest.raises(Forbidden) as caught:
        require(who, who=allowed, region=region)
    return caught.value.code


def test_the_right_role_in_its_region_passes() -> None:
    require(actor("village_cadre"), who=["village_cadre", "town_officer"], region=VILLAGE)
    require(actor("town_officer"), who=["town_officer"], region=VILLAGE)
    require(actor("town_officer"), who=["town_officer"], region=None)


def test_another_role_is_refused_and_told_who_may() -> None:
    with pytest.raises(Forbidden) as caught:
        require(actor("village_cadre"), who=["town_head"], region=VILLAGE)
    assert caught.value.code == "access.wrong_role"
    assert "乡镇长" in str(caught.value)


def test_nobody_passes_an_empty_list() -> None:
    assert refusal(actor("platform"), [], None) == "access.wrong_role"


@pytest.mark.parametrize(
    ("role", "inside", "outside"),
    [
        ("village_cadre", [VILLAGE], [TOWN, COUNTY, "430426100002", OTHER_TOWN]),
        ("town_officer", [TOWN, VILLAGE], [COUNTY, OTHER_TOWN]),
        ("county_officer", [COUNTY, TOWN, VILLAGE, OTHER_TOWN], [OTHER_COUNTY, "4304"]),
        ("department_officer", [COUNTY, VILLAGE], [OTHER_COUNTY]),
        ("service", [COUNTY, VILLAGE], [OTHER_COUNTY]),
    ],
)
def test_regions_by_prefix(role: str, inside: list[str], outside: list[str]) -> None:
    who = actor(role)
    assert all(covers(who, region) for region in inside)
    assert not any(covers(who, region) for region in outside)
    assert refusal(who, [role], outside[0]) == "access.wrong_region"


def test_a_department_that_sits_in_a_town_acts_for_the_county() -> None:
    assert covers(actor("department_officer", region=TOWN), OTHER_TOWN)


def test_a_village_cadre_does_not_become_county_wide_by_a_second_role() -> None:
    assert not covers(actor("village_cadre", also=("contact_person",)), OTHER_TOWN)


@pytest.mark.parametrize(
    "change", [{"level": "emperor"}, {"roles": ("emperor",)}, {"id": ""}, {"org": ""}, {"region": ""}]
)
def test_an_actor_that_makes_no_sense_is_refused(change: dict[str, Any]) -> None:
    fields = {"id": "u", "org": "o", "level": "town", "region": TOWN, "roles": ("town_officer",), **change}
    with pytest.raises(BadRequest):
        Actor(**fields)


def test_an_actor_survives_json() -> None:
    who = actor("town_officer").acting_for("h1")
    assert Actor.from_dict(who.to_dict()) == who
    with pytest.raises(BadRequest):
        Actor.from_dict({"id": "u"})


def test_every_role_has_a_title_and_a_usual_level() -> None:
    constants = {value for name, value in vars(roles).items() if name.isupper() and isinstance(value, str)}
    assert constants == set(roles.TITLES) == set(roles.USUAL_LEVEL)
    assert set(roles.USUAL_LEVEL.values()) == set(roles.LEVEL_TITLES)
    assert roles.role_title("town_head") == "乡镇长" and roles.level_title("town") == "乡镇"


def test_a_service_passes_by_its_name_only() -> None:
    require_caller(service_actor("monitoring"), ["auditor", "service"], ["monitoring"])
    require_caller(service_actor("water_resources"), ["service"], ["*"])
    require_caller(actor("auditor"), ["auditor", "service"], ["monitoring"])


@pytest.mark.parametrize(
    ("who", "code"),
    [
        (service_actor("water_resources"), "access.wrong_service"),
        (actor("service", org="monitoring", also=("auditor",)), "access.wrong_service"),
        (Actor("x", "monitoring", "department", COUNTY, ("service",)), "access.wrong_service"),
        (Actor("x", "monitoring", "service", COUNTY, ("platform",)), "access.wrong_service"),
        (actor("village_cadre"), "access.wrong_role"),
    ],
)
def test_neither_the_role_of_a_service_nor_its_name_is_enough(who: Actor, code: str) -> None:
    callers = [] if "auditor" in who.roles else ["monitoring"]
    with pytest.raises(Forbidden) as caught:
        require_caller(who, ["auditor", "service"], callers)
    assert caught.value.code == code and caught.value.remedy
