"""Regional and large-scale risk: signals, warnings, joint study. Entry points only."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.access import roles
from shouwang.service import IncomingEvent, call, daily, on
from shouwang.service.context import Context

from services.monitoring.entries.who import TOWN, WATCHERS
from services.monitoring.handlers import places
from services.monitoring.handlers.regional import drawing, handling, signalling, studying, watching
from services.monitoring.schemas import proceedings
from services.monitoring.schemas import regional as schemas
from services.monitoring.schemas.events import regional as events

Json = dict[str, Any]
COUNTY = [roles.COUNTY_OFFICER]
STEERING = [roles.COUNTY_OFFICER, roles.COUNTY_LEADING_GROUP]
REPORTING = [*TOWN, roles.COUNTY_OFFICER, roles.DEPARTMENT_OFFICER]
OFFICES = [roles.DEPARTMENT_OFFICER]
AUDIT = [*OFFICES, roles.AUDITOR]
SEEING = [*WATCHERS, roles.DEPARTMENT_OFFICER]


class Regional:
    """Regional and large-scale risk: signals, warnings, joint study."""

    ctx: Context

    @call(schemas.ReportSignal, returns=schemas.Signal, who=REPORTING, where="region")
    def report_signal(self, request: Json) -> Json:
        return signalling.report_signal(self.ctx, request)

    @call(schemas.Signals, returns=[schemas.Signal], who=SEEING, where="region")
    def signals(self, request: Json) -> list[Json]:
        return signalling.signals(self.ctx, request)

    @call(schemas.Picture, returns=[schemas.Pictured], who=SEEING, where="region")
    def regional_picture(self, request: Json) -> list[Json]:
        return signalling.regional_picture(self.ctx, request)

    @call(schemas.Warnings, returns=[schemas.Warning], who=SEEING, where="region")
    def warnings(self, request: Json) -> list[Json]:
        return handling.warnings(self.ctx, request)

    @call(schemas.WarningId, returns=schemas.Warning, who=SEEING, where=places.region_of)
    def warning(self, request: Json) -> Json:
        return handling.warning(self.ctx, request)

    @call(schemas.WarningId, returns=[proceedings.Possible], who=STEERING, where=places.region_of)
    def warning_next(self, request: Json) -> list[Json]:
        return handling.warning_next(self.ctx, request)

    @call(schemas.TakeWarningStep, returns=schemas.Warning, who=STEERING, where=places.region_of)
    def take_warning_step(self, request: Json) -> Json:
        return handling.take_warning_step(self.ctx, request)

    @call(schemas.WarningId, returns=schemas.Following, who=COUNTY, where=places.region_of)
    def draw_affected(self, request: Json) -> Json:
        return drawing.draw_affected(self.ctx, request)

    @call(schemas.Affected, returns=[schemas.AffectedList], who=[*STEERING, *TOWN], where="region")
    def affected(self, request: Json) -> list[Json]:
        return drawing.affected(self.ctx, request)

    @call(schemas.OpenClues, returns=schemas.Following, who=COUNTY, where=places.region_of)
    def open_warning_clues(self, request: Json) -> Json:
        return drawing.open_warning_clues(self.ctx, request)

    @call(schemas.HoldStudy, returns=schemas.Study, who=STEERING, where="region")
    def hold_joint_study(self, request: Json) -> Json:
        return studying.hold_joint_study(self.ctx, request)

    @call(schemas.StudyId, returns=schemas.Study, who=[*STEERING, *AUDIT], where=places.region_of)
    def joint_study(self, request: Json) -> Json:
        return studying.joint_study(self.ctx, request)

    @call(schemas.Studies, returns=schemas.StudiesOf, who=[*STEERING, *AUDIT], where="region")
    def joint_studies(self, request: Json) -> Json:
        return studying.joint_studies(self.ctx, request)

    @call(schemas.FollowMeasure, returns=schemas.Study, who=[*COUNTY, *OFFICES], where=places.region_of)
    def follow_measure(self, request: Json) -> Json:
        return studying.follow_measure(self.ctx, request)

    @on("*", "signals.found", schema=events.SignalsFound)
    def signals_found(self, event: IncomingEvent) -> None:
        signalling.signals_found(self.ctx, event)

    @on("monitoring", "signal.reported", schema=events.SignalReported)
    def signal_reported(self, event: IncomingEvent) -> None:
        signalling.signal_reported(self.ctx, event)

    @on("monitoring", "warning.raised", schema=events.WarningRaised)
    def warning_raised(self, event: IncomingEvent) -> None:
        drawing.warning_raised(self.ctx, event)

    @on("monitoring", "warning.clues_wanted", schema=events.CluesWanted)
    def warning_clues_wanted(self, event: IncomingEvent) -> None:
        drawing.clues_wanted(self.ctx, event)

    @daily
    def regional_risk_of_the_day(self, on: date) -> None:
        signalling.assess_all(self.ctx)
        watching.watch_warnings(self.ctx, on)
        watching.watch_measures(self.ctx, on)
        watching.watch_studies(self.ctx, on)
