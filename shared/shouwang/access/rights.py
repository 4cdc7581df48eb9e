"""The one gate: role and region. What is not allowed by name is refused."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from shouwang.access.actor import Actor
from shouwang.access.roles import SERVICE, TITLES, level_title
from shouwang.errors import Forbidden

COUNTY_DIGITS: Final = 6
EVERY_CALLER: Final = "*"
"""Among `callers`: whichever service of the suite, a department's too."""
COUNTY_WIDE_LEVELS: Final = frozenset({"county", "department", "service", "platform"})


def require(actor: Actor, *, who: Collection[str], region: str | None) -> None:
    """Let the actor pass or raise Forbidden.

    `who`: roles of which the actor must hold one; an empty list lets nobody in (default deny).
    `region`: division code that the call concerns, or None for a call that concerns no place.
    Codes: access.wrong_role, access.wrong_region.
    """
    require_role(actor, who)
    if region is not None:
        require_region(actor, region)


def require_role(actor: Actor, who: Collection[str]) -> None:
    """Raise Forbidden access.wrong_role unless the actor holds one of these roles."""
    if actor.has(*who):
        return
    allowed = "、".join(TITLES.get(role, role) for role in who) or "（无）"
    held = "、".join(TITLES[role] for role in actor.roles) or "（无）"
    raise Forbidden(
        f"{level_title(actor.level)}级“{held}”无权办理此事项",
        code="access.wrong_role",
        remedy=f"请由以下角色办理：{allowed}。",
        details={"who": sorted(who), "roles": list(actor.roles)},
    )


def require_caller(actor: Actor, who: Collection[str], callers: Collection[str]) -> None:
    """Raise Forbidden unless the actor holds one of these roles or is a service that is named.

    The role of a service opens nothing by itself: a department's service holds it too. A service passes only
    by its name among `callers` (or EVERY_CALLER). Codes: access.wrong_role, access.wrong_service.
    """
    if actor.level != "service" and not actor.has(SERVICE):
        return require_role(actor, who)
    named = EVERY_CALLER in callers or actor.org in callers
    if named and actor.level == "service" and actor.has(SERVICE):
        return None
    raise Forbidden(
        f"服务“{actor.org}”未获准调用此事项",
        code="access.wrong_service",
        remedy=f"获准的服务：{'、'.join(sorted(callers)) or '（无）'}。",
        details={"callers": sorted(callers), "service": actor.org},
    )


def require_region(actor: Actor, region: str) -> None:
    """Raise Forbidden access.wrong_region unless the place lies within the actor's region."""
    if covers(actor, region):
        return
    raise Forbidden(
        f"区划 {region} 不在本人管辖范围 {actor.region} 内",
        code="access.wrong_region",
        remedy="请由所在地有权人员办理，或核对区划代码。",
        details={"region": region, "actor_region": actor.region},
    )


def covers(actor: Actor, region: str) -> bool:
    """Return whether a place lies within the actor's region (departments and services act county-wide)."""
    wide = actor.level in COUNTY_WIDE_LEVELS
    own = actor.region[:COUNTY_DIGITS] if wide else actor.region
    return bool(own) and region.startswith(own)
