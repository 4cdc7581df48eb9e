"""Who acts in the demo: cadres, officers, leaders, households, each with a token of their own."""

from __future__ import annotations

from typing import Any

from shouwang.access import Actor, Level, load_issuer
from shouwang.access import roles as r
from shouwang.access.keys import PRIVATE
from shouwang.cli.session import DoorSession, door_url
from shouwang.settings import Settings

HOURS = 4 * 3600
TIMEOUT = 300.0
Person = dict[str, str]


class Cast:
    """Gives a session of each actor; `calls` counts what went through the door."""

    def __init__(self, settings: Settings) -> None:
        self._url = door_url(settings)
        self._issuer = load_issuer(settings.keys_dir / PRIVATE)
        self._county = settings.county
        self._sessions: dict[tuple[str, str], DoorSession] = {}
        self.calls = 0

    def call(self, who: Actor, service: str, method: str, /, **args: Any) -> Any:
        """Call as this actor; typed errors."""
        self.calls += 1
        return self._session(who).call(service, method, **args)

    def send(self, who: Actor, path: str, body: dict[str, Any]) -> Any:
        """Post to the door itself (the clock)."""
        return self._session(who).send("POST", path, body)

    def _session(self, who: Actor) -> DoorSession:
        key = (who.id, who.region)
        if key not in self._sessions:
            self._sessions[key] = DoorSession(self._url, self._issuer.issue(who, HOURS), TIMEOUT)
        return self._sessions[key]

    def village(self, village: str, role: str) -> Actor:
        """Return the one of a village who holds a role."""
        return _actor(f"{village}:{role}", village, "village", village, role)

    def town(self, village: str, role: str = r.TOWN_OFFICER) -> Actor:
        """Return the one of the village's town who holds a role."""
        town = village[:9]
        return _actor(f"{town}:{role}", town, "town", town, role)

    def county(self, role: str = r.COUNTY_OFFICER) -> Actor:
        """Return the one of the county who holds a role."""
        return _actor(f"{self._county}:{role}", self._county, "county", self._county, role)

    def department(self, code: str) -> Actor:
        """Return the officer of a department."""
        return _actor(f"{code}:officer", code, "department", self._county, r.DEPARTMENT_OFFICER)

    def household(self, household: str) -> Actor:
        """Return a household."""
        return _actor(f"household:{household}", household, "household", household[:12], r.HOUSEHOLD)

    def hotline(self) -> Actor:
        """Return who answers 12317."""
        return _actor(f"{self._county}:hotline", self._county, "county", self._county, r.HOTLINE)

    def platform(self) -> Actor:
        """Return who runs the platform."""
        return _actor(f"{self._county}:platform", self._county, "platform", self._county, r.PLATFORM)


def signature(who: Actor) -> Person:
    """Return the signature of an actor in the role in which it acts."""
    return {"person_ref": who.id, "role": who.roles[0]}


def _actor(id: str, org: str, level: Level, region: str, role: str) -> Actor:
    return Actor(id, org, level, region, (role,))
