"""Care of monitored households: contact persons, evaluation, problems, worklists. Entry points only."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.access import roles
from shouwang.service import IncomingEvent, call, daily, on
from shouwang.service.context import Context

from services.monitoring.entries.who import ORDERING, STAFF, TOWN, VILLAGE, WATCHERS
from services.monitoring.handlers import places
from services.monitoring.handlers.care import (
    beginning,
    contacting,
    escalating,
    evaluating,
    filling,
    listing,
    problems,
    reading_back,
    reviewing,
    sheets,
    sums,
    watching,
)
from services.monitoring.schemas import care as schemas
from services.monitoring.schemas.common import InRegion, Region
from services.monitoring.schemas.events import finding as finding_events
from services.monitoring.schemas.events import proceedings as events

Json = dict[str, Any]
VISITORS = [*VILLAGE, *TOWN, roles.CONTACT_PERSON, roles.COUNTY_OFFICER]
ON_THE_ROAD = [*VILLAGE, *TOWN]
OPENING = [*STAFF, roles.AUDITOR, roles.DEPARTMENT_OFFICER, roles.COUNTY_LEADING_GROUP]
RESPONSIBLE = [*STAFF, roles.DEPARTMENT_OFFICER]
ABOVE = [*TOWN, roles.COUNTY_OFFICER, roles.COUNTY_LEADING_GROUP]
LEDGER = [*WATCHERS, roles.DEPARTMENT_OFFICER]


class Care:
    """Care of monitored households: contact persons, evaluation, problems, worklists."""

    ctx: Context

    @call(schemas.AssignContact, returns=schemas.Contact, who=ORDERING, where=places.region_of)
    def assign_contact(self, request: Json) -> Json:
        return contacting.assign_contact(self.ctx, request)

    @call(schemas.ReplaceContact, returns=schemas.Contact, who=ORDERING, where=places.region_of)
    def replace_contact(self, request: Json) -> Json:
        return contacting.replace_contact(self.ctx, request)

    @call(schemas.HandOver, returns=schemas.HandedOver, who=ORDERING, where="region")
    def hand_over_contacts(self, request: Json) -> Json:
        return contacting.hand_over_contacts(self.ctx, request)

    @call(schemas.OfHousehold, returns=schemas.Contact, who=ORDERING, where=places.region_of)
    def release_contact(self, request: Json) -> Json:
        return contacting.release_contact(self.ctx, request)

    @call(schemas.ContactVisit, returns=schemas.Contact, who=VISITORS, where=places.region_of)
    def record_contact_visit(self, request: Json) -> Json:
        return contacting.record_contact_visit(self.ctx, request)

    @call(schemas.OfHousehold, returns=schemas.Contact, who=WATCHERS, where=places.region_of)
    def contact(self, request: Json) -> Json:
        return contacting.contact(self.ctx, request)

    @call(schemas.ContactsOf, returns=[schemas.Contact], who=[*STAFF, roles.AUDITOR], where="region")
    def contacts(self, request: Json) -> list[Json]:
        return contacting.contacts(self.ctx, request)

    @call(Region, returns=[schemas.ContactLoad], who=[*STAFF, roles.AUDITOR], where="region")
    def contact_load(self, request: Json) -> list[Json]:
        return contacting.contact_load(self.ctx, request)

    @call(schemas.EvaluationFacts, returns=schemas.Suggestion, who=STAFF, where=places.region_of)
    def suggest_evaluation(self, request: Json) -> Json:
        return evaluating.suggest_evaluation(self.ctx, request)

    @call(schemas.Evaluate, returns=schemas.Evaluation, who=STAFF, where=places.region_of)
    def evaluate(self, request: Json) -> Json:
        return evaluating.evaluate(self.ctx, request)

    @call(schemas.OneEvaluation, returns=schemas.Evaluation, who=WATCHERS, where=places.region_of)
    def evaluation(self, request: Json) -> Json:
        return evaluating.evaluation(self.ctx, request)

    @call(schemas.Evaluations, returns=[schemas.Evaluation], who=[*STAFF, roles.AUDITOR], where="region")
    def evaluations(self, request: Json) -> list[Json]:
        return evaluating.evaluations(self.ctx, request)

    @call(schemas.RecordReview, returns=schemas.ReviewRound, who=ORDERING, where="region")
    def record_review(self, request: Json) -> Json:
        return reviewing.record_review(self.ctx, request)

    @call(InRegion, returns=[schemas.ReviewRound], who=WATCHERS, where="region")
    def reviews(self, request: Json) -> list[Json]:
        return reviewing.reviews(self.ctx, request)

    @call(schemas.OpenProblem, returns=schemas.Problem, who=OPENING, where="region")
    def open_problem(self, request: Json) -> Json:
        return problems.open_problem(self.ctx, request)

    @call(schemas.AddMeasure, returns=schemas.Problem, who=RESPONSIBLE, where=problems.region_of_problem)
    def add_measure(self, request: Json) -> Json:
        return problems.add_measure(self.ctx, request)

    @call(schemas.FinishProblem, returns=schemas.Problem, who=RESPONSIBLE, where=problems.region_of_problem)
    def finish_problem(self, request: Json) -> Json:
        return problems.finish_problem(self.ctx, request)

    @call(schemas.ProblemId, returns=schemas.Problem, who=ABOVE, where=problems.region_of_problem)
    def accept_problem(self, request: Json) -> Json:
        return problems.accept_problem(self.ctx, request)

    @call(schemas.ReopenProblem, returns=schemas.Problem, who=ABOVE, where=problems.region_of_problem)
    def reopen_problem(self, request: Json) -> Json:
        return problems.reopen_problem(self.ctx, request)

    @call(schemas.ProblemId, returns=schemas.Problem, who=LEDGER, where=problems.region_of_problem)
    def problem(self, request: Json) -> Json:
        return problems.problem(self.ctx, request)

    @call(schemas.ProblemsOf, returns=[schemas.Problem], who=LEDGER, where="region")
    def problems(self, request: Json) -> list[Json]:
        return problems.problems(self.ctx, request)

    @call(schemas.ProblemMonth, returns=schemas.ProblemSummary, who=LEDGER, where="region")
    def problem_summary(self, request: Json) -> Json:
        return problems.problem_summary(self.ctx, request)

    @call(schemas.WatchHousehold, returns=schemas.Watched, who=STAFF, where=places.region_of)
    def watch(self, request: Json) -> Json:
        return watching.watch(self.ctx, request)

    @call(schemas.WatchLook, returns=schemas.Watched, who=STAFF, where=watching.region_of_watch)
    def look(self, request: Json) -> Json:
        return watching.look(self.ctx, request)

    @call(schemas.EndWatch, returns=schemas.Watched, who=STAFF, where=watching.region_of_watch)
    def end_watch(self, request: Json) -> Json:
        return watching.end_watch(self.ctx, request)

    @call(schemas.WatchedIn, returns=[schemas.Watched], who=[*STAFF, roles.AUDITOR], where="region")
    def watched(self, request: Json) -> list[Json]:
        return watching.watched(self.ctx, request)

    @call(schemas.Duties, returns=schemas.DutyList, who=[*WATCHERS, roles.DEPARTMENT_OFFICER], where="region")
    def duties(self, request: Json) -> Json:
        return listing.duties(self.ctx, request)

    @call(schemas.MakeSheet, returns=schemas.WorkSheet, who=ON_THE_ROAD, where="village")
    def make_sheet(self, request: Json) -> Json:
        return sheets.make_sheet(self.ctx, request)

    @call(schemas.ReadSheet, returns=schemas.SheetReport, who=ON_THE_ROAD, where=reading_back.region_of_sheet)
    def read_sheet(self, request: Json) -> Json:
        return reading_back.read_sheet(self.ctx, request)

    @call(schemas.FillCell, returns=schemas.CellFilled, who=ON_THE_ROAD, where=places.region_of)
    def fill_cell(self, request: Json) -> Json:
        return filling.fill_cell(self.ctx, request)

    @on("monitoring", "household.included", schema=events.HouseholdIncluded)
    def care_begins(self, event: IncomingEvent) -> None:
        beginning.household_included(self.ctx, event)

    @on("monitoring", "household.removed", schema=events.HouseholdRemoved)
    def care_after_removal(self, event: IncomingEvent) -> None:
        beginning.household_removed(self.ctx, event)

    @on("monitoring", "clue.closed", schema=finding_events.ClueClosed)
    def clue_followed(self, event: IncomingEvent) -> None:
        watching.clue_closed(self.ctx, event)

    # Each its own day, carried out in the order of the names: a figure past its time holds up what needs it
    # and nothing else (docs/decisions/0275).
    @daily
    def evaluations_of_the_day(self, on: date) -> None:
        beginning.begin_quarter(self.ctx)

    @daily
    def late_duties_of_the_day(self, on: date) -> None:
        escalating.escalate(self.ctx)

    @daily
    def reviews_of_the_day(self, on: date) -> None:
        reviewing.begin_reviews(self.ctx)

    @daily
    def sheets_of_the_day(self, on: date) -> None:
        sheets.expire_sheets(self.ctx)

    @daily
    def sums_of_the_day(self, on: date) -> None:
        sums.keep_sums(self.ctx)
        escalating.show(self.ctx)
