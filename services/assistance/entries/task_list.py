"""The 97 tasks. Entry points only."""

from __future__ import annotations

from typing import Any

from shouwang.access import roles
from shouwang.service import call
from shouwang.service.context import Context

from services.assistance.entries.who import COUNTY
from services.assistance.handlers.task_list import tracking
from services.assistance.schemas import common
from services.assistance.schemas import task_list as schemas

Json = dict[str, Any]


class TaskList:
    """The list of 97 tasks: reported by unit, seen by the county."""

    ctx: Context

    @call(
        schemas.ReportProgress,
        returns=schemas.ListedTask,
        who=[roles.DEPARTMENT_OFFICER, roles.COUNTY_OFFICER],
        where="region",
    )
    def report_progress(self, request: Json) -> Json:
        return tracking.report_progress(self.ctx, request)

    @call(
        schemas.ListedTasks,
        returns=[schemas.ListedTask],
        who=[*COUNTY, roles.DEPARTMENT_OFFICER],
        where="region",
    )
    def listed_tasks(self, request: Json) -> list[Json]:
        return tracking.listed_tasks(self.ctx, request)

    @call(common.Region, returns=[schemas.UnitView], who=COUNTY, where="region")
    def task_list_by_unit(self, request: Json) -> list[Json]:
        return tracking.task_list_by_unit(self.ctx, request)
