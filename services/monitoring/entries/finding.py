"""Finding risk: clues of every channel, rounds of inspection. Entry points only."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.access import roles
from shouwang.service import IncomingEvent, call, daily, on
from shouwang.service.context import Context

from services.monitoring.entries.who import ORDERING, REPORTERS, STAFF, TOWN, VILLAGE, WATCHERS
from services.monitoring.handlers import places
from services.monitoring.handlers.finding import (
    checking,
    clues,
    handing_over,
    inspecting,
    leaving,
    measuring,
    posts,
    watching,
)
from services.monitoring.schemas.events import finding as events
from services.monitoring.schemas.events.registry import HouseholdChanged
from services.monitoring.schemas.finding import clues as schemas
from services.monitoring.schemas.finding import figures as of_figures
from services.monitoring.schemas.finding import posts as of_posts
from services.monitoring.schemas.finding import rounds as of_rounds

Json = dict[str, Any]
COUNTY = [roles.COUNTY_OFFICER]
DEPARTMENT = roles.DEPARTMENT_OFFICER


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

    @call(schemas.CheckClue, returns=schemas.Clue, who=STAFF, where=places.region_of)
    def check_clue(self, request: Json) -> Json:
        return checking.check_clue(self.ctx, request)

    @call(schemas.AnswerReporter, returns=schemas.Clue, who=[*TOWN, *COUNTY], where=places.region_of)
    def answer_reporter(self, request: Json) -> Json:
        return checking.answer_reporter(self.ctx, request)

    @call(schemas.ReassignClue, returns=schemas.Clue, who=ORDERING, where=places.region_of)
    def reassign_clue(self, request: Json) -> Json:
        return checking.reassign_clue(self.ctx, request)

    @call(schemas.HandoverId, returns=schemas.HandoverList, who=ORDERING, where=places.region_of)
    def take_over(self, request: Json) -> Json:
        return handing_over.take_over(self.ctx, request)

    @call(schemas.HandoverId, returns=schemas.HandoverList, who=WATCHERS, where=places.region_of)
    def handover(self, request: Json) -> Json:
        return handing_over.handover(self.ctx, request)

    @call(schemas.Handovers, returns=[schemas.Handover], who=WATCHERS, where="region")
    def handovers(self, request: Json) -> list[Json]:
        return handing_over.handovers(self.ctx, request)

    @call(of_figures.Period, returns=[of_figures.Quality], who=[*WATCHERS, DEPARTMENT], where="region")
    def department_quality(self, request: Json) -> list[Json]:
        return measuring.department_quality(self.ctx, request)

    @call(of_figures.Period, returns=of_figures.Responses, who=WATCHERS, where="region")
    def response_speed(self, request: Json) -> Json:
        return measuring.response_speed(self.ctx, request)

    @call(of_figures.Period, returns=of_figures.Channels, who=WATCHERS, where="region")
    def channels(self, request: Json) -> Json:
        return measuring.channels(self.ctx, request)

    @call(of_figures.PeriodPage, returns=[of_figures.Sighting], who=WATCHERS, where="region")
    def household_channels(self, request: Json) -> list[Json]:
        return measuring.household_channels(self.ctx, request)

    @call(of_rounds.InspectionRound, returns=[of_rounds.Ledger], who=ORDERING, where="region")
    def inspection_round(self, request: Json) -> list[Json]:
        return inspecting.inspection_round(self.ctx, request)

    @call(of_rounds.RecordFinding, returns=of_rounds.Findings, who=[*VILLAGE, *TOWN], where=places.region_of)
    def record_finding(self, request: Json) -> Json:
        return inspecting.record_finding(self.ctx, request)

    @call(of_rounds.LedgerId, returns=of_rounds.Ledger, who=WATCHERS, where=places.region_of)
    def inspection(self, request: Json) -> Json:
        return inspecting.inspection(self.ctx, request)

    @call(of_rounds.Rounds, returns=of_rounds.Inspections, who=WATCHERS, where="region")
    def inspections(self, request: Json) -> Json:
        return inspecting.inspections(self.ctx, request)

    @call(of_rounds.Half, returns=[of_rounds.Sum], who=WATCHERS, where="region")
    def inspection_sums(self, request: Json) -> list[Json]:
        return inspecting.inspection_sums(self.ctx, request)

    @call(of_posts.Appoint, returns=of_posts.Post, who=ORDERING, where="region")
    def appoint_finder(self, request: Json) -> Json:
        return posts.appoint_finder(self.ctx, request)

    @call(of_posts.EndPost, returns=of_posts.Post, who=ORDERING, where=places.region_of)
    def end_post(self, request: Json) -> Json:
        return posts.end_post(self.ctx, request)

    @call(of_posts.Posts, returns=of_posts.PostsOf, who=WATCHERS, where="region")
    def finding_posts(self, request: Json) -> Json:
        return posts.finding_posts(self.ctx, request)

    @call(of_posts.CollectorOf, returns=of_posts.Apart, who=WATCHERS, where=places.region_of)
    def collector_apart(self, request: Json) -> Json:
        return posts.collector_apart(self.ctx, request)

    @on("*", "clues.found", schema=events.CluesFound)
    def departments_found(self, event: IncomingEvent) -> None:
        clues.departments_found(self.ctx, event)

    @on("monitoring", "household.changed", schema=HouseholdChanged)
    def clue_household_changed(self, event: IncomingEvent) -> None:
        leaving.household_changed(self.ctx, event)

    @daily
    def clues_of_the_day(self, on: date) -> None:
        watching.follow(self.ctx, on)

    @daily
    def matches_of_the_day(self, on: date) -> None:
        watching.match_again(self.ctx)

    @daily
    def handovers_of_the_day(self, on: date) -> None:
        handing_over.remind(self.ctx, on)

    @daily
    def clue_terms_of_the_day(self, on: date) -> None:
        """By its name before those that look who is behind."""
        watching.set_terms(self.ctx)
        handing_over.set_terms(self.ctx)
