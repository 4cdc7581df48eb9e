"""People of a county for tests: one actor of each role, in 祁东县 unless told otherwise."""

from __future__ import annotations

from typing import Final

from shouwang.access import Actor, Level, roles

COUNTY: Final = "430426"
TOWN: Final = "430426100"
VILLAGE: Final = "430426100001"

_HOMES: Final[dict[str, tuple[Level, str]]] = {
    roles.HOUSEHOLD: ("household", VILLAGE),
    roles.VILLAGE_CADRE: ("village", VILLAGE),
    roles.VILLAGE_TEAM: ("village", VILLAGE),
    roles.VILLAGE_MEETING: ("village", VILLAGE),
    roles.VILLAGE_COMMITTEE: ("village", VILLAGE),
    roles.CONTACT_PERSON: ("village", VILLAGE),
    roles.TOWN_OFFICER: ("town", TOWN),
    roles.TOWN_PARTY_SECRETARY: ("town", TOWN),
    roles.TOWN_HEAD: ("town", TOWN),
    roles.COUNTY_OFFICER: ("county", COUNTY),
    roles.COUNTY_LEADING_GROUP: ("county", COUNTY),
    roles.COUNTY_FINANCE: ("county", COUNTY),
    roles.COUNTY_INDUSTRY: ("county", COUNTY),
    roles.HOTLINE: ("county", COUNTY),
    roles.AUDITOR: ("county", COUNTY),
    roles.DEPARTMENT_OFFICER: ("department", COUNTY),
    roles.PLATFORM: ("platform", COUNTY),
    roles.SERVICE: ("service", COUNTY),
}


def actor(role: str, *, id: str = "", org: str = "", region: str = "", also: tuple[str, ...] = ()) -> Actor:
    """Return an actor with this role at its usual level and place; `also`: further roles."""
    level, home = _HOMES[role]
    place = region or home
    return Actor(id or f"{role}-1", org or place, level, place, (role, *also))


def service_actor(name: str, region: str = COUNTY) -> Actor:
    """Return the actor as which the service `name` calls others."""
    return Actor(f"service:{name}", name, "service", region, (roles.SERVICE,))
