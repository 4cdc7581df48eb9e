"""assistance (帮扶): entry points only."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from shouwang.access.roles import (
    AUDITOR,
    CONTACT_PERSON,
    COUNTY_OFFICER,
    DEPARTMENT_OFFICER,
    HOUSEHOLD,
    SERVICE,
    TOWN_OFFICER,
    VILLAGE_CADRE,
    VILLAGE_TEAM,
)
from shouwang.service import COUNTY_WIDE, Service, call, daily, on
from shouwang.service.case_schemas import InRegion
from shouwang.service.event import IncomingEvent

from services.assistance import schemas, views
from services.assistance.handlers import planning, working
from services.assistance.store import Store

STAFF = [VILLAGE_CADRE, VILLAGE_TEAM, CONTACT_PERSON, TOWN_OFFICER, COUNTY_OFFICER, AUDITOR, SERVICE]


class Assistance(Service):
    """Turns risk into help: plans, measures, tasks, and the registry of departments."""

    name = "assistance"
    title = "帮扶"
    store: ClassVar[Any] = Store

    @on("*", "announced", schema=schemas.Announced)
    def hear_department(self, event: IncomingEvent) -> None:
        working.hear_department(self.ctx, event)

    @on("*", "heartbeat", schema=schemas.Heartbeat)
    def hear_heartbeat(self, event: IncomingEvent) -> None:
        working.hear_heartbeat(self.ctx, event)

    @on("monitoring", "household.included", schema=schemas.HouseholdIncluded)
    def make_plan(self, event: IncomingEvent) -> None:
        planning.make_plan(self.ctx, event)

    @on("monitoring", "household.removed", schema=schemas.HouseholdRemoved)
    def close_plans(self, event: IncomingEvent) -> None:
        working.close_plans(self.ctx, event)

    @on("monitoring", "decision.corrected", schema=schemas.DecisionCorrected)
    def follow_correction(self, event: IncomingEvent) -> None:
        working.follow_correction(self.ctx, event)

    @on("*", "measure.delivered", schema=schemas.MeasureDelivered)
    def record_delivery(self, event: IncomingEvent) -> None:
        working.record_delivery(self.ctx, event)

    @daily
    def day_passed(self, on: date) -> None:
        working.escalate_overdue(self.ctx, on)

    @call(
        schemas.Offering,
        returns=[schemas.Department],
        who=[*STAFF, DEPARTMENT_OFFICER],
        where=COUNTY_WIDE,
    )
    def departments(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        return working.departments(self.ctx, request)

    @call(schemas.HouseholdId, returns=[schemas.Plan], who=STAFF, where=working.region_of_household)
    def plan(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        return working.plan(self.ctx, request)

    @call(InRegion, returns=[schemas.Plan], who=STAFF, where="region")
    def plans(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        return working.plans(self.ctx, request)

    @call(
        schemas.TaskId,
        returns=schemas.Task,
        who=[DEPARTMENT_OFFICER, COUNTY_OFFICER, SERVICE],
        where=working.region_of_task,
    )
    def task(self, request: dict[str, Any]) -> dict[str, Any]:
        return working.task(self.ctx, request)

    @call(
        schemas.TaskId,
        returns=schemas.Plan,
        who=[HOUSEHOLD, VILLAGE_CADRE, CONTACT_PERSON],
        where=working.region_of_task,
    )
    def confirm_measure(self, request: dict[str, Any]) -> dict[str, Any]:
        return working.confirm_measure(self.ctx, request)

    @call(schemas.OpenTasks, returns=[schemas.Task], who=[*STAFF, DEPARTMENT_OFFICER], where="region")
    def open_tasks(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        return working.open_tasks(self.ctx, request)

    @call(InRegion, returns=schemas.Figures, who=STAFF, where="region")
    def figures(self, request: dict[str, Any]) -> dict[str, Any]:
        return views.figures(self.ctx, request)
