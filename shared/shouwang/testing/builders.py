"""People of a county for tests: one actor of each role, in 祁东县 unless told otherwise."""

from __future__ import annotations

from typing import Final, cast

from shouwang.access import Actor, Level, roles

COUNTY: Final = "430426"
TOWN: Final = "430426100"
VILLAGE: Final = "430426100001"

_HOMES: Final[dict[str, str]] = {"household": VILLAGE, "village": VILLAGE, "town": TOWN}


def actor(role: str, *, id: str = "", org: str = "", region: str = "", also: tuple[str, ...] = ()) -> Actor:
    """Return an actor with this role at its usual level and place; `also`: further roles."""
    level = cast(Level, roles.USUAL_LEVEL[role])
    place = region or _HOMES.get(level, COUNTY)
    return Actor(id or f"{role}-1", org or place, level, place, (role, *also))


def service_actor(name: str, region: str = COUNTY) -> Actor:
    """Return the actor as which the service `name` calls others."""
    return Actor(f"service:{name}", name, "service", region, (roles.SERVICE,))
