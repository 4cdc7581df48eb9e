"""notify (告知): entry points only."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from shouwang.access.roles import (
    AUDITOR,
    CONTACT_PERSON,
    COUNTY_OFFICER,
    HOTLINE,
    HOUSEHOLD,
    TOWN_OFFICER,
    VILLAGE_CADRE,
    VILLAGE_COMMITTEE,
    VILLAGE_TEAM,
)
from shouwang.service import COUNTY_WIDE, Service, call, daily, on
from shouwang.service.case_schemas import InRegion, MessageRequested, NoticeRequested
from shouwang.service.event import IncomingEvent

from services.notify import schemas
from services.notify.handlers import objecting, publishing
from services.notify.store import Store

ANYBODY = [
    HOUSEHOLD,
    VILLAGE_CADRE,
    VILLAGE_TEAM,
    VILLAGE_COMMITTEE,
    TOWN_OFFICER,
    COUNTY_OFFICER,
    AUDITOR,
]
OBJECTORS = [HOUSEHOLD, VILLAGE_CADRE, VILLAGE_TEAM, TOWN_OFFICER, COUNTY_OFFICER, HOTLINE]
INVESTIGATORS = [VILLAGE_COMMITTEE, VILLAGE_CADRE, TOWN_OFFICER, COUNTY_OFFICER]
STAFF = [VILLAGE_CADRE, VILLAGE_TEAM, CONTACT_PERSON, TOWN_OFFICER, COUNTY_OFFICER, AUDITOR]

PUBLISHERS = ["monitoring", "projects", "assets"]


NOTICE = publishing.region_of_notice


class Notify(Service):
    """Public notices with objections, and messages to those concerned."""

    name = "notify"
    title = "告知"
    store: ClassVar[Any] = Store

    @on("*", "notice.requested", schema=NoticeRequested)
    def post_notice(self, event: IncomingEvent) -> None:
        publishing.post_notice(self.ctx, event)

    @on("*", "message.requested", schema=MessageRequested)
    def send_message(self, event: IncomingEvent) -> None:
        publishing.send_message(self.ctx, event)

    @daily
    def day_passed(self, on: date) -> None:
        publishing.end_notices(self.ctx, on)
        objecting.escalate(self.ctx, on)

    @call(schemas.NoticeId, returns=schemas.Notice, who=ANYBODY, where=NOTICE)
    def notice(self, request: dict[str, Any]) -> dict[str, Any]:
        return publishing.notice(self.ctx, request)

    @call(schemas.NoticeOf, returns=schemas.Notice, callers=PUBLISHERS, where=COUNTY_WIDE)
    def notice_of(self, request: dict[str, Any]) -> dict[str, Any]:
        return publishing.notice_of(self.ctx, request)

    @call(schemas.Listed, returns=[schemas.Notice], who=ANYBODY, where="region")
    def notices(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        return publishing.notices(self.ctx, request)

    @call(schemas.RaiseObjection, returns=schemas.Notice, who=OBJECTORS, where=NOTICE)
    def raise_objection(self, request: dict[str, Any]) -> dict[str, Any]:
        return objecting.raise_objection(self.ctx, request)

    @call(schemas.InvestigateObjection, returns=schemas.Notice, who=INVESTIGATORS, where=NOTICE)
    def investigate_objection(self, request: dict[str, Any]) -> dict[str, Any]:
        return objecting.investigate_objection(self.ctx, request)

    @call(schemas.CloseObjection, returns=schemas.Notice, who=INVESTIGATORS, where=NOTICE)
    def close_objection(self, request: dict[str, Any]) -> dict[str, Any]:
        return objecting.close_objection(self.ctx, request)

    @call(schemas.Listed, returns=[schemas.Message], who=STAFF, where="region")
    def messages(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        return publishing.messages(self.ctx, request)

    @call(InRegion, returns=schemas.Figures, who=STAFF, where="region")
    def figures(self, request: dict[str, Any]) -> dict[str, Any]:
        return publishing.figures(self.ctx, request)
