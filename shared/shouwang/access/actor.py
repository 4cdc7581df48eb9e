"""Who acts: the content of a token, of a history entry and of a read on record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, cast

from shouwang.access import roles
from shouwang.errors import BadRequest

Level = Literal["household", "village", "town", "county", "department", "service", "platform"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or a service that acts.

    `region` is a division code (6, 9 or 12 digits) under which the actor may act; `org` is the code of the
    organisation (a department's code; for a household its own number). Unknown roles or levels are refused.
    """

    id: str
    org: str
    level: Level
    region: str
    roles: tuple[str, ...]
    on_behalf_of: str | None = None

    def __post_init__(self) -> None:
        for name in ("id", "org", "region"):
            if not getattr(self, name):
                raise _wrong(f"操作人缺少 {name}")
        if self.level not in roles.LEVELS:
            raise _wrong(f"没有“{self.level}”这一层级", sorted(roles.LEVELS))
        for role in self.roles:
            if role not in roles.ROLES:
                raise _wrong(f"没有“{role}”这一角色", sorted(roles.ROLES))

    def acting_for(self, person: str | None) -> Actor:
        """Return the same actor, acting on behalf of `person` (an actor id)."""
        return replace(self, on_behalf_of=person)

    def has(self, *wanted: str) -> bool:
        """Return whether the actor holds any of these roles."""
        return any(role in self.roles for role in wanted)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form (roles as a list)."""
        return {**asdict(self), "roles": list(self.roles)}

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Actor:
        """Build the actor from its JSON form; BadRequest `access.actor` when a part is missing or unknown."""
        missing = [name for name in ("id", "org", "level", "region", "roles") if name not in data]
        if missing:
            raise _wrong(f"操作人缺少 {'、'.join(missing)}")
        level = cast(Level, data["level"])
        given = tuple(data["roles"])
        return Actor(data["id"], data["org"], level, data["region"], given, data.get("on_behalf_of"))


def _wrong(message: str, known: Iterable[str] = ()) -> BadRequest:
    choices = "、".join(known)
    return BadRequest(
        message, code="access.actor", remedy=f"可用：{choices}。" if choices else "请补全后重试。"
    )
