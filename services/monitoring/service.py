"""monitoring (监测): entry points only."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Final

from shouwang.access import roles
from shouwang.service import COUNTY_WIDE, IncomingEvent, Service, call, daily, on
from shouwang.service.case_schemas import NoticePosted, ObjectionClosed, ObjectionRaised

from services.monitoring import schemas
from services.monitoring.domain.guards import GUARDS
from services.monitoring.domain.papers import PAPERS
from services.monitoring.handlers import (
    cases,
    clues,
    comparing,
    counting,
    explaining,
    inspecting,
    outcomes,
    places,
    registry,
    rosters,
    watching,
)
from services.monitoring.store import Store

VILLAGE: Final = [roles.VILLAGE_CADRE, roles.VILLAGE_TEAM, roles.VILLAGE_COMMITTEE]
TOWN: Final = [roles.TOWN_OFFICER, roles.TOWN_PARTY_SECRETARY, roles.TOWN_HEAD]
STAFF: Final = [*VILLAGE, *TOWN, roles.COUNTY_OFFICER]
WATCHERS: Final = [*STAFF, roles.CONTACT_PERSON, roles.AUDITOR, roles.COUNTY_LEADING_GROUP]
AND_HOUSEHOLD: Final = [*WATCHERS, roles.HOUSEHOLD]
REPORTERS: Final = [*STAFF, roles.HOUSEHOLD, roles.CONTACT_PERSON, roles.HOTLINE, roles.DEPARTMENT_OFFICER]
ASKING: Final = [*STAFF, roles.HOUSEHOLD, roles.HOTLINE]
COLLECTORS: Final = [roles.VILLAGE_CADRE, roles.TOWN_OFFICER, roles.COUNTY_OFFICER]
ORDERING: Final = [*TOWN, roles.COUNTY_OFFICER]
EVERYBODY: Final = sorted(roles.ROLES)

where_it_is = places.region_of
Json = dict[str, Any]


class Monitoring(Service):
    """Households, clues, identification and removal of risk."""

    name = "monitoring"
    title = "监测"
    store: ClassVar[Any] = Store
    guards: ClassVar[Any] = GUARDS
    papers: ClassVar[Any] = PAPERS

    @call(returns=schemas.PublicKey, who=EVERYBODY, where=COUNTY_WIDE)
    def public_key(self, request: Json) -> Json:
        return registry.public_key(self.ctx)

    @call(schemas.ImportRoster, returns=schemas.RosterReport, who=COLLECTORS, where="village")
    def import_roster(self, request: Json) -> Json:
        return rosters.import_roster(self.ctx, request)

    @call(schemas.InRegion, returns=[schemas.Problems], who=WATCHERS, where="region")
    def held(self, request: Json) -> list[Json]:
        return rosters.held(self.ctx, request)

    @call(schemas.InRegion, returns=[schemas.Unknowns], who=WATCHERS, where="region")
    def worklist(self, request: Json) -> list[Json]:
        return registry.worklist(self.ctx, request)

    @call(schemas.HouseholdId, returns=schemas.Household, who=AND_HOUSEHOLD, where=where_it_is)
    def household(self, request: Json) -> Json:
        return registry.household(self.ctx, request)

    @call(schemas.SealedPerson, returns=schemas.Household, who=ASKING, where=COUNTY_WIDE)
    def person(self, request: Json) -> Json:
        return registry.person(self.ctx, request)

    @call(schemas.PersonsFor, returns=schemas.Sealed, who=[roles.SERVICE], where=where_it_is)
    def persons_for(self, request: Json) -> Json:
        return registry.persons_for(self.ctx, request)

    @call(schemas.Region, returns=[schemas.AtRisk], who=[*WATCHERS, roles.SERVICE], where="region")
    def at_risk_households(self, request: Json) -> list[Json]:
        return registry.at_risk_households(self.ctx, request)

    @call(schemas.ReportClue, returns=schemas.Reported, who=REPORTERS, where=places.region_of_report)
    def report_clue(self, request: Json) -> Json:
        return clues.report_clue(self.ctx, request)

    @call(schemas.ClueId, returns=schemas.Clue, who=WATCHERS, where=where_it_is)
    def clue(self, request: Json) -> Json:
        return clues.clue(self.ctx, request)

    @call(schemas.Clues, returns=[schemas.Clue], who=WATCHERS, where="region")
    def clues(self, request: Json) -> list[Json]:
        return watching.clues(self.ctx, request)

    @call(schemas.RespondClue, returns=schemas.Clue, who=STAFF, where=where_it_is)
    def respond_clue(self, request: Json) -> Json:
        return clues.respond_clue(self.ctx, request)

    @call(schemas.CloseClue, returns=schemas.Clue, who=STAFF, where=where_it_is)
    def close_clue(self, request: Json) -> Json:
        return clues.close_clue(self.ctx, request)

    @call(
        schemas.InspectionRound, returns=[schemas.Ledger], who=[*TOWN, roles.COUNTY_OFFICER], where="region"
    )
    def inspection_round(self, request: Json) -> list[Json]:
        return inspecting.inspection_round(self.ctx, request)

    @call(schemas.RecordFinding, returns=schemas.Findings, who=[*VILLAGE, *TOWN], where=where_it_is)
    def record_finding(self, request: Json) -> Json:
        return inspecting.record_finding(self.ctx, request)

    @call(schemas.LedgerId, returns=schemas.Ledger, who=WATCHERS, where=where_it_is)
    def inspection(self, request: Json) -> Json:
        return inspecting.inspection(self.ctx, request)

    @call(schemas.Rounds, returns=schemas.Inspections, who=WATCHERS, where="region")
    def inspections(self, request: Json) -> Json:
        return inspecting.inspections(self.ctx, request)

    @call(
        schemas.Apply,
        returns=schemas.Case,
        who=[roles.HOUSEHOLD, roles.VILLAGE_CADRE, roles.VILLAGE_TEAM],
        where=where_it_is,
    )
    def apply(self, request: Json) -> Json:
        return cases.apply(self.ctx, request)

    @call(schemas.ProposeRemoval, returns=schemas.Case, who=VILLAGE, where=where_it_is)
    def propose_removal(self, request: Json) -> Json:
        return cases.propose_removal(self.ctx, request)

    @call(schemas.TakeStep, returns=schemas.Case, who=[*STAFF, roles.HOUSEHOLD], where=where_it_is)
    def take_step(self, request: Json) -> Json:
        return cases.take_step(self.ctx, request)

    @call(schemas.CaseId, returns=schemas.Case, who=AND_HOUSEHOLD, where=where_it_is)
    def case(self, request: Json) -> Json:
        return cases.case(self.ctx, request)

    @call(schemas.Cases, returns=[schemas.Case], who=WATCHERS, where="region")
    def cases(self, request: Json) -> list[Json]:
        return cases.cases(self.ctx, request)

    @call(schemas.CaseId, returns=[schemas.Possible], who=AND_HOUSEHOLD, where=where_it_is)
    def what_next(self, request: Json) -> list[Json]:
        return cases.what_next(self.ctx, request)

    @call(schemas.CaseId, returns=schemas.Comparison, who=[roles.COUNTY_OFFICER], where=where_it_is)
    def request_comparison(self, request: Json) -> Json:
        return comparing.request_comparison(self.ctx, request)

    @call(schemas.Explain, returns=schemas.Explanation, who=AND_HOUSEHOLD, where=where_it_is)
    def explain(self, request: Json) -> Json:
        return explaining.explain(self.ctx, request)

    @call(schemas.Region, returns=schemas.Figures, who=[*WATCHERS, roles.SERVICE], where="region")
    def figures(self, request: Json) -> Json:
        return counting.figures(self.ctx, request)

    @on("*", "clues.found", schema=schemas.CluesFound)
    def departments_found(self, event: IncomingEvent) -> None:
        clues.departments_found(self.ctx, event)

    @on("notify", "notice.posted", schema=NoticePosted)
    def notice_posted(self, event: IncomingEvent) -> None:
        cases.notice_reported(self.ctx, event)

    @on("notify", "objection.raised", schema=ObjectionRaised)
    def objection_raised(self, event: IncomingEvent) -> None:
        cases.notice_reported(self.ctx, event)

    @on("notify", "objection.closed", schema=ObjectionClosed)
    def objection_closed(self, event: IncomingEvent) -> None:
        cases.notice_reported(self.ctx, event)

    @on("monitoring", "case.ended", schema=schemas.CaseEnded)
    def case_ended(self, event: IncomingEvent) -> None:
        outcomes.case_ended(self.ctx, event)

    @daily
    def day_passed(self, on: date) -> None:
        watching.escalate_overdue(self.ctx)
        watching.match_again(self.ctx)
        rosters.expire_held(self.ctx)
