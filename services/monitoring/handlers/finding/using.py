"""Who may use which channel, and what it must carry (S-01…S-04)."""

from __future__ import annotations

from typing import Any, Final

from shouwang.access import Actor
from shouwang.access.roles import (
    CONTACT_PERSON,
    COUNTY_OFFICER,
    DEPARTMENT_OFFICER,
    HOTLINE,
    HOUSEHOLD,
    TITLES,
    TOWN_HEAD,
    TOWN_OFFICER,
    TOWN_PARTY_SECRETARY,
    VILLAGE_CADRE,
    VILLAGE_COMMITTEE,
    VILLAGE_TEAM,
)
from shouwang.errors import BadRequest

from services.monitoring.domain.finding.channels import CHANNELS, DEPARTMENT, SOCIAL

_STAFF: Final = (
    *(VILLAGE_CADRE, VILLAGE_TEAM, VILLAGE_COMMITTEE),
    *(TOWN_OFFICER, TOWN_PARTY_SECRETARY, TOWN_HEAD, COUNTY_OFFICER),
)
_OFFICES: Final = (TOWN_OFFICER, COUNTY_OFFICER)
USERS: Final[dict[str, tuple[str, ...]]] = {
    "self_report": (HOUSEHOLD, CONTACT_PERSON, *_STAFF),
    "reported_by_another": (HOUSEHOLD, CONTACT_PERSON, HOTLINE, *_STAFF),
    "app": (HOUSEHOLD, *_STAFF),
    "hotline": (HOTLINE, COUNTY_OFFICER),
    "inspection": (CONTACT_PERSON, *_STAFF),
    DEPARTMENT: (DEPARTMENT_OFFICER,),
    "media": (COUNTY_OFFICER,),
    "petition": (HOTLINE, *_OFFICES),
    "network": _OFFICES,
}


def check(actor: Actor, request: dict[str, Any]) -> None:
    """Refuse a channel to whom it does not belong, and one from outside that names no file of its own."""
    channel = request["channel"]
    if not actor.has(*USERS[channel]):
        allowed = "、".join(TITLES[role] for role in USERS[channel])
        raise BadRequest(
            f"“{CHANNELS[channel]}”渠道不由此人使用",
            code="clue.channel",
            remedy=f"由以下角色登记：{allowed}。",
        )
    if (channel in SOCIAL) != (request["reference"] is not None):
        raise BadRequest(
            f"“{CHANNELS[channel]}”渠道{'须' if channel in SOCIAL else '不'}写来件编号",
            code="clue.reference",
            remedy="媒体、信访、网络平台来件写其登记号（reference），以便办结后答复；其他渠道不写。",
        )
