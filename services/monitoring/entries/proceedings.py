"""Identification and removal of risk. Entry points only."""

from __future__ import annotations

from typing import Any

from shouwang.access import roles
from shouwang.service import IncomingEvent, call, on
from shouwang.service.case_schemas import NoticePosted, ObjectionClosed, ObjectionRaised
from shouwang.service.context import Context

from services.monitoring.entries.who import AND_HOUSEHOLD, STAFF, VILLAGE, WATCHERS
from services.monitoring.handlers import places
from services.monitoring.handlers.proceedings import cases, comparing, explaining, outcomes
from services.monitoring.schemas import proceedings as schemas
from services.monitoring.schemas.events import proceedings as events

Json = dict[str, Any]


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
        return cases.apply(self.ctx, request)

    @call(schemas.ProposeRemoval, returns=schemas.Case, who=VILLAGE, where=places.region_of)
    def propose_removal(self, request: Json) -> Json:
        return cases.propose_removal(self.ctx, request)

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
