"""Finding risk: clues of every channel, rounds of inspection. Entry points only."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.access import roles
from shouwang.service import IncomingEvent, call, daily, on
from shouwang.service.context import Context

from services.monitoring.entries.who import REPORTERS, STAFF, TOWN, VILLAGE, WATCHERS
from services.monitoring.handlers import places
from services.monitoring.handlers.finding import clues, inspecting, watching
from services.monitoring.schemas import finding as schemas
from services.monitoring.schemas.events import finding as events

Json = dict[str, Any]


class Finding:
    """Finding risk: clues of every channel, rounds of inspection."""

    ctx: Context

    @call(schemas.ReportClue, returns=schemas.Reported, who=REPORTERS, where=places.region_of_report)
    def report_clue(self, request: Json) -> Json:
        return clues.report_clue(self.ctx, request)

    @call(schemas.ClueId, returns=schemas.Clue, who=WATCHERS, where=places.region_of)
    def clue(self, request: Json) -> Json:
        return clues.clue(self.ctx, request)

    @call(schemas.Clues, returns=[schemas.Clue], who=WATCHERS, where="region")
    def clues(self, request: Json) -> list[Json]:
        return watching.clues(self.ctx, request)

    @call(schemas.RespondClue, returns=schemas.Clue, who=STAFF, where=places.region_of)
    def respond_clue(self, request: Json) -> Json:
        return clues.respond_clue(self.ctx, request)

    @call(schemas.CloseClue, returns=schemas.Clue, who=STAFF, where=places.region_of)
    def close_clue(self, request: Json) -> Json:
        return clues.close_clue(self.ctx, request)

    @call(
        schemas.InspectionRound, returns=[schemas.Ledger], who=[*TOWN, roles.COUNTY_OFFICER], where="region"
    )
    def inspection_round(self, request: Json) -> list[Json]:
        return inspecting.inspection_round(self.ctx, request)

    @call(schemas.RecordFinding, returns=schemas.Findings, who=[*VILLAGE, *TOWN], where=places.region_of)
    def record_finding(self, request: Json) -> Json:
        return inspecting.record_finding(self.ctx, request)

    @call(schemas.LedgerId, returns=schemas.Ledger, who=WATCHERS, where=places.region_of)
    def inspection(self, request: Json) -> Json:
        return inspecting.inspection(self.ctx, request)

    @call(schemas.Rounds, returns=schemas.Inspections, who=WATCHERS, where="region")
    def inspections(self, request: Json) -> Json:
        return inspecting.inspections(self.ctx, request)

    @on("*", "clues.found", schema=events.CluesFound)
    def departments_found(self, event: IncomingEvent) -> None:
        clues.departments_found(self.ctx, event)

    @daily
    def clues_of_the_day(self, on: date) -> None:
        watching.escalate_overdue(self.ctx)
        watching.match_again(self.ctx)
