"""Figures and reports of a region. Entry points only."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.access import roles
from shouwang.service import IncomingEvent, call, daily, on
from shouwang.service.context import Context

from services.monitoring.entries.who import ORDERING, WATCHERS
from services.monitoring.handlers.reports import counting, indicating, receiving, reporting
from services.monitoring.schemas import reports as schemas
from services.monitoring.schemas.common import Region
from services.monitoring.schemas.events import reports as events

Json = dict[str, Any]


class Reports:
    """Figures and reports of a region."""

    ctx: Context

    @call(Region, returns=schemas.Figures, who=WATCHERS, callers=["assets"], where="region")
    def figures(self, request: Json) -> Json:
        return counting.figures(self.ctx, request)

    @call(schemas.ReportOf, returns=schemas.Report, who=WATCHERS, where="region")
    def report(self, request: Json) -> Json:
        return reporting.report(self.ctx, request)

    @call(schemas.ReportOf, returns=schemas.Report, who=ORDERING, where="region")
    def close_period(self, request: Json) -> Json:
        return reporting.close_period(self.ctx, request)

    @call(schemas.EnterFigures, returns=schemas.ReportedFigures, who=[roles.COUNTY_OFFICER], where="region")
    def enter_figures(self, request: Json) -> Json:
        return receiving.enter_figures(self.ctx, request)

    @call(schemas.ReportedIn, returns=[schemas.ReportedFigures], who=WATCHERS, where="region")
    def reported_figures(self, request: Json) -> list[Json]:
        return receiving.reported(self.ctx, request)

    @call(schemas.IndicatorsOf, returns=[schemas.IndicatorInfo], who=WATCHERS, where="region")
    def indicators(self, request: Json) -> list[Json]:
        return indicating.indicators(self.ctx, request)

    @on("*", "figures.reported", schema=events.FiguresReported)
    def departments_reported(self, event: IncomingEvent) -> None:
        receiving.departments_reported(self.ctx, event)

    @daily
    def reports_of_the_day(self, on: date) -> None:
        reporting.close_what_ended(self.ctx)
