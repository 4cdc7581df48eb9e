"""The registry of departments. Entry points only."""

from __future__ import annotations

from typing import Any

from shouwang.access import roles
from shouwang.service import COUNTY_WIDE, IncomingEvent, call, on
from shouwang.service.context import Context

from services.assistance.entries.who import STAFF
from services.assistance.handlers.registry import hearing, leaving, reading
from services.assistance.schemas import registry as schemas
from services.assistance.schemas.events import registry as events

Json = dict[str, Any]


class Registry:
    """The registry of departments: who is there, what they offer, who left."""

    ctx: Context

    @on("*", "announced", schema=events.Announced)
    def hear_department(self, event: IncomingEvent) -> None:
        hearing.hear_department(self.ctx, event)

    @on("*", "heartbeat", schema=events.Heartbeat)
    def hear_heartbeat(self, event: IncomingEvent) -> None:
        hearing.hear_heartbeat(self.ctx, event)

    @call(
        schemas.Offering,
        returns=[schemas.Department],
        who=[*STAFF, roles.DEPARTMENT_OFFICER],
        callers=["monitoring"],
        where=COUNTY_WIDE,
    )
    def departments(self, request: Json) -> list[Json]:
        return reading.departments(self.ctx, request)

    @call(schemas.Deregister, returns=schemas.Department, who=[roles.COUNTY_OFFICER], where=COUNTY_WIDE)
    def deregister_department(self, request: Json) -> Json:
        return leaving.deregister(self.ctx, request)
