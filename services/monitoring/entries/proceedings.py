"""Identification and removal of risk. Entry points only."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from shouwang.access import roles
from shouwang.service import IncomingEvent, call, daily, on
from shouwang.service.case_schemas import NoticePosted, ObjectionClosed, ObjectionRaised
from shouwang.service.context import Context

from services.monitoring.entries.who import AND_HOUSEHOLD, STAFF, TOWN, VILLAGE, WATCHERS
from services.monitoring.handlers import places
from services.monitoring.handlers.proceedings import (
    cases,
    changing,
    comparing,
    correcting,
    explaining,
    following,
    listing_anew,
    national,
    opening,
    outcomes,
    owing,
    reconciling,
    reviewing,
)
from services.monitoring.handlers.proceedings import daily as daily_work
from services.monitoring.schemas import proceedings as schemas
from services.monitoring.schemas.events import proceedings as events
from services.monitoring.schemas.events.registry import HouseholdChanged

Json = dict[str, Any]
OVERSEERS: Final = [*TOWN, roles.COUNTY_OFFICER, roles.AUDITOR, roles.COUNTY_LEADING_GROUP]
VISITORS: Final = [*VILLAGE, roles.TOWN_OFFICER, roles.CONTACT_PERSON]


class Proceedings:
    """Identification and removal of risk."""

    ctx: Context

    @call(
        schemas.Apply,
        returns=schemas.Case,
        who=[roles.HOUSEHOLD, roles.VILLAGE_CADRE, roles.VILLAGE_TEAM],
        where=places.region_of,
    )
    def apply(self, request: Json) -> Json:
        return opening.apply(self.ctx, request)

    @call(schemas.ProposeRemoval, returns=schemas.Case, who=VILLAGE, where=places.region_of)
    def propose_removal(self, request: Json) -> Json:
        return opening.propose_removal(self.ctx, request)

    @call(schemas.TakeStep, returns=schemas.Case, who=[*STAFF, roles.HOUSEHOLD], where=places.region_of)
    def take_step(self, request: Json) -> Json:
        return cases.take_step(self.ctx, request)

    @call(schemas.CaseId, returns=schemas.Case, who=AND_HOUSEHOLD, where=places.region_of)
    def case(self, request: Json) -> Json:
        return cases.case(self.ctx, request)

    @call(schemas.Cases, returns=[schemas.Case], who=WATCHERS, where="region")
    def cases(self, request: Json) -> list[Json]:
        return cases.cases(self.ctx, request)

    @call(schemas.CaseId, returns=[schemas.Possible], who=AND_HOUSEHOLD, where=places.region_of)
    def what_next(self, request: Json) -> list[Json]:
        return cases.what_next(self.ctx, request)

    @call(schemas.CaseId, returns=schemas.Comparison, who=[roles.COUNTY_OFFICER], where=places.region_of)
    def request_comparison(self, request: Json) -> Json:
        return comparing.request_comparison(self.ctx, request)

    @call(schemas.Explain, returns=schemas.Explanation, who=AND_HOUSEHOLD, where=places.region_of)
    def explain(self, request: Json) -> Json:
        return explaining.explain(self.ctx, request)

    @call(
        schemas.VerifyAnew,
        returns=schemas.Case,
        who=[roles.VILLAGE_CADRE, roles.VILLAGE_TEAM],
        where=places.region_of,
    )
    def verify_anew(self, request: Json) -> Json:
        return opening.verify_anew(self.ctx, request)

    @call(
        schemas.VerifyList,
        returns=schemas.VerifiedList,
        who=[roles.VILLAGE_CADRE, roles.VILLAGE_TEAM],
        where="village",
    )
    def verify_anew_list(self, request: Json) -> Json:
        return listing_anew.verify_list(self.ctx, request)

    @call(schemas.CorrectDecision, returns=schemas.Case, who=[roles.COUNTY_OFFICER], where=places.region_of)
    def correct_decision(self, request: Json) -> Json:
        return correcting.correct_decision(self.ctx, request)

    @call(schemas.SpecialReview, returns=schemas.Case, who=[roles.COUNTY_OFFICER], where=places.region_of)
    def record_special_review(self, request: Json) -> Json:
        return reviewing.record_special_review(self.ctx, request)

    @call(schemas.SettleDebt, returns=schemas.Case, who=STAFF, where=places.region_of)
    def settle_debt(self, request: Json) -> Json:
        return owing.settle_debt(self.ctx, request)

    @call(schemas.InRegion, returns=[schemas.OwedByCase], who=WATCHERS, where="region")
    def debts(self, request: Json) -> list[Json]:
        return owing.debts(self.ctx, request)

    @call(schemas.NationalExport, returns=schemas.Exported, who=[roles.TOWN_OFFICER], where="region")
    def national_export(self, request: Json) -> Json:
        return national.national_export(self.ctx, request)

    @call(
        schemas.ConfirmNationalEntry,
        returns=schemas.NationalEntry,
        who=[roles.TOWN_OFFICER],
        where=places.region_of,
    )
    def confirm_national_entry(self, request: Json) -> Json:
        return national.confirm_national_entry(self.ctx, request)

    @call(schemas.InRegion, returns=[schemas.NationalEntry], who=OVERSEERS, where="region")
    def national_outstanding(self, request: Json) -> list[Json]:
        return national.national_outstanding(self.ctx, request)

    @call(
        schemas.ReconcileNational,
        returns=schemas.Reconciliation,
        who=[roles.TOWN_OFFICER, roles.COUNTY_OFFICER],
        where="region",
    )
    def reconcile_national(self, request: Json) -> Json:
        return reconciling.reconcile_national(self.ctx, request)

    @call(
        schemas.ResolveMatter,
        returns=schemas.Reconciliation,
        who=[roles.TOWN_OFFICER, roles.COUNTY_OFFICER],
        where=places.region_of,
    )
    def resolve_matter(self, request: Json) -> Json:
        return reconciling.resolve_matter(self.ctx, request)

    @call(schemas.Reconciliations, returns=[schemas.Reconciliation], who=OVERSEERS, where="region")
    def reconciliations(self, request: Json) -> list[Json]:
        return reconciling.reconciliations(self.ctx, request)

    @call(schemas.FollowUpVisit, returns=schemas.FollowUp, who=VISITORS, where=places.region_of)
    def follow_up_visit(self, request: Json) -> Json:
        return following.follow_up_visit(self.ctx, request)

    @call(schemas.FollowUps, returns=[schemas.FollowUp], who=WATCHERS, where="region")
    def follow_ups(self, request: Json) -> list[Json]:
        return following.follow_ups(self.ctx, request)

    @daily
    def proceedings_day(self, on: date) -> None:
        daily_work.remind(self.ctx)

    @on("monitoring", "household.changed", schema=HouseholdChanged)
    def case_household_changed(self, event: IncomingEvent) -> None:
        changing.household_changed(self.ctx, event)

    @on("notify", "notice.posted", schema=NoticePosted)
    def notice_posted(self, event: IncomingEvent) -> None:
        cases.notice_reported(self.ctx, event)

    @on("notify", "objection.raised", schema=ObjectionRaised)
    def objection_raised(self, event: IncomingEvent) -> None:
        cases.notice_reported(self.ctx, event)

    @on("notify", "objection.closed", schema=ObjectionClosed)
    def objection_closed(self, event: IncomingEvent) -> None:
        cases.notice_reported(self.ctx, event)

    @on("monitoring", "case.ended", schema=events.CaseEnded)
    def case_ended(self, event: IncomingEvent) -> None:
        outcomes.case_ended(self.ctx, event)
