"""People of a county for tests: one actor of each role, in 祁东县 unless told otherwise."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, cast

from shouwang.access import Actor, Level, roles

COUNTY: Final = "430426"
TOWN: Final = "430426100"
VILLAGE: Final = "430426100001"
NOBODYS_AREA: Final = "990000"
"""No division has this code, so no person has such an ID number."""

_HOMES: Final[dict[str, str]] = {"household": VILLAGE, "village": VILLAGE, "town": TOWN}


def actor(role: str, *, id: str = "", org: str = "", region: str = "", also: tuple[str, ...] = ()) -> Actor:
    """Return an actor with this role at its usual level and place; `also`: further roles."""
    level = cast(Level, roles.USUAL_LEVEL[role])
    place = region or _HOMES.get(level, COUNTY)
    return Actor(id or f"{role}-1", org or place, level, place, (role, *also))


def service_actor(name: str, region: str = COUNTY) -> Actor:
    """Return the actor as which the service `name` calls others."""
    return Actor(f"service:{name}", name, "service", region, (roles.SERVICE,))


def id_number(birth: date, *, male: bool = True, serial: int = 1, area: str = NOBODYS_AREA) -> str:
    """Return an ID number with a right checksum that nobody has: its area code was never used."""
    order = serial * 2 + (1 if male else 0)
    body = f"{area}{birth:%Y%m%d}{order:03d}"
    weights = [pow(2, 17 - place, 11) for place in range(17)]
    remainder = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True)) % 11
    return body + "10X98765432"[remainder]


def household(number: int = 1, *, size: int = 3, village: str = VILLAGE) -> dict[str, Any]:
    """Return a household: {id, region, members: [{ref, name, id_number, birth, sex}]}; the first is head."""
    members = [_member(village, number, place) for place in range(1, size + 1)]
    return {"id": f"{village}-{number:04d}", "region": village, "members": members}


def _member(village: str, number: int, place: int) -> dict[str, Any]:
    birth = date(1960 + (number * 7 + place * 13) % 55, 1 + (number + place) % 12, 1 + place % 28)
    male = place % 2 == 1
    return {
        "ref": f"{village}-{number:04d}-{place:02d}",
        "name": f"测{'甲乙丙丁戊己庚辛壬癸'[place % 10]}",
        "id_number": id_number(birth, male=male, serial=(number * 10 + place) % 499),
        "birth": birth.isoformat(),
        "sex": "male" if male else "female",
    }
