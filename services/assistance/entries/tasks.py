"""Measures as tasks. Entry points only."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.access import roles
from shouwang.service import COUNTY_WIDE, IncomingEvent, call, daily, on
from shouwang.service.context import Context

from services.assistance.entries.who import NEAR, ORDERING, READERS, STAFF, VILLAGE
from services.assistance.handlers import finding
from services.assistance.handlers.tasks import changing, confirming, delivering, passing, reading, withdrawing
from services.assistance.schemas import common, planning
from services.assistance.schemas import tasks as schemas
from services.assistance.schemas.events import tasks as events
from services.assistance.views import plans as plan_views

Json = dict[str, Any]
OWNERS = [roles.DEPARTMENT_OFFICER, roles.COUNTY_OFFICER]


class Tasks:
    """Tasks: delivered, confirmed or disputed, changed, owed."""

    ctx: Context

    @on("*", "measure.delivered", schema=events.MeasureDelivered)
    def record_delivery(self, event: IncomingEvent) -> None:
        delivering.record_delivery(self.ctx, event)

    @daily
    def day_passed(self, on: date) -> None:
        passing.pass_day(self.ctx, on)

    @call(common.TaskId, returns=schemas.Task, who=OWNERS, where=finding.region_of_task)
    def task(self, request: Json) -> Json:
        return reading.task(self.ctx, request)

    @call(schemas.OpenTasks, returns=[schemas.Task], who=[*STAFF, roles.DEPARTMENT_OFFICER], where="region")
    def open_tasks(self, request: Json) -> list[Json]:
        return reading.open_tasks(self.ctx, request)

    @call(
        schemas.Owed,
        returns=[schemas.DepartmentOwes],
        who=[*READERS, roles.DEPARTMENT_OFFICER],
        where="region",
    )
    def owed(self, request: Json) -> list[Json]:
        return reading.owed(self.ctx, request)

    @call(
        schemas.MyTasks,
        returns=schemas.Worklist,
        who=[roles.CONTACT_PERSON, *ORDERING],
        where=COUNTY_WIDE,
    )
    def my_tasks(self, request: Json) -> Json:
        return reading.my_tasks(self.ctx, request)

    @call(common.HouseholdId, returns=[schemas.Row], who=READERS, where=finding.region_of_household)
    def measures_record(self, request: Json) -> list[Json]:
        return reading.measures_record(self.ctx, request)

    @call(
        common.TaskId,
        returns=planning.Plan,
        who=[roles.HOUSEHOLD, roles.VILLAGE_CADRE, roles.CONTACT_PERSON],
        where=finding.region_of_task,
    )
    def confirm_measure(self, request: Json) -> Json:
        return confirming.confirm_measure(self.ctx, request)

    @call(
        schemas.ObjectTo,
        returns=planning.Plan,
        who=[roles.HOUSEHOLD, roles.VILLAGE_CADRE, roles.CONTACT_PERSON],
        where=finding.region_of_task,
    )
    def object_to_measure(self, request: Json) -> Json:
        return confirming.object_to_measure(self.ctx, request)

    @call(
        schemas.AnswerObjection,
        returns=schemas.Task,
        who=[roles.DEPARTMENT_OFFICER],
        where=finding.region_of_task,
    )
    def answer_objection(self, request: Json) -> Json:
        return confirming.answer_objection(self.ctx, request)

    @call(schemas.HandIn, returns=planning.Plan, who=[*VILLAGE, *NEAR], where=finding.region_of_task)
    def hand_in(self, request: Json) -> Json:
        return delivering.hand_in(self.ctx, request)

    @call(
        schemas.ChangeTask,
        returns=planning.Plan,
        who=[*ORDERING, roles.DEPARTMENT_OFFICER],
        where=finding.region_of_task,
    )
    def change_task(self, request: Json) -> Json:
        return changing.change_task(self.ctx, request)

    @call(schemas.StopTask, returns=planning.Plan, who=ORDERING, where=finding.region_of_task)
    def stop_task(self, request: Json) -> Json:
        return changing.stop_task(self.ctx, request)

    @call(
        schemas.WithdrawPayment,
        returns=schemas.Task,
        who=[*ORDERING, roles.DEPARTMENT_OFFICER],
        where=finding.region_of_task,
    )
    def withdraw_payment(self, request: Json) -> Json:
        return withdrawing.withdraw_payment(self.ctx, request)

    @call(schemas.ReplaceTask, returns=planning.Plan, who=ORDERING, where=finding.region_of_task)
    def replace_task(self, request: Json) -> Json:
        return changing.replace_task(self.ctx, request)

    @call(schemas.GiveAgain, returns=planning.Plan, who=ORDERING, where=finding.region_of_plan)
    def give_again(self, request: Json) -> Json:
        return changing.give_again(self.ctx, request)

    @call(common.Region, returns=schemas.Figures, who=STAFF, callers=["monitoring"], where="region")
    def figures(self, request: Json) -> Json:
        return plan_views.figures(self.ctx, request)
