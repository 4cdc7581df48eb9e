"""Income: collections of each quarter, growth, plausibility. Entry points only."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.access import roles
from shouwang.service import IncomingEvent, call, daily, on
from shouwang.service.context import Context

from services.monitoring.entries.who import AND_HOUSEHOLD, TOWN, VILLAGE, WATCHERS
from services.monitoring.handlers import places
from services.monitoring.handlers.income import collecting, flagging, growing, paying, reading, reviewing
from services.monitoring.schemas import income as schemas
from services.monitoring.schemas.events import income as events
from services.monitoring.schemas.events.proceedings import CaseOpened

Json = dict[str, Any]
GATHERING = [*VILLAGE, roles.CONTACT_PERSON, *TOWN]
DECIDING = [roles.COUNTY_OFFICER, roles.COUNTY_LEADING_GROUP, roles.AUDITOR]


class Income:
    """Income: collections of each quarter, growth, plausibility."""

    ctx: Context

    @call(schemas.CollectIncome, returns=schemas.IncomeTaken, who=GATHERING, where=places.region_of)
    def collect_income(self, request: Json) -> Json:
        return collecting.collect_income(self.ctx, request)

    @call(schemas.CollectVillageIncome, returns=schemas.VillageIncomeTaken, who=GATHERING, where="village")
    def collect_village_income(self, request: Json) -> Json:
        return collecting.collect_village_income(self.ctx, request)

    @call(schemas.IncomeOf, returns=schemas.HouseholdIncome, who=AND_HOUSEHOLD, where=places.region_of)
    def income(self, request: Json) -> Json:
        return reading.income(self.ctx, request)

    @call(schemas.IncomeDue, returns=schemas.IncomeDueList, who=WATCHERS, where="region")
    def income_due(self, request: Json) -> Json:
        return reading.income_due(self.ctx, request)

    @call(schemas.IncomeFlags, returns=[schemas.IncomeFlag], who=WATCHERS, where="region")
    def income_flags(self, request: Json) -> list[Json]:
        return flagging.income_flags(self.ctx, request)

    @call(schemas.ResolveIncomeFlag, returns=schemas.IncomeFlag, who=TOWN, where=places.region_of)
    def resolve_income_flag(self, request: Json) -> Json:
        return flagging.resolve_income_flag(self.ctx, request)

    @call(schemas.IncomeGrowthOf, returns=schemas.IncomeGrowth, who=WATCHERS, where="region")
    def income_growth(self, request: Json) -> Json:
        return growing.income_growth(self.ctx, request)

    @call(schemas.ProposedLineOf, returns=schemas.ProposedLine, who=DECIDING, where="region")
    def proposed_line(self, request: Json) -> Json:
        return growing.proposed_line(self.ctx, request)

    @on("assistance", "measure.paid", schema=events.MeasurePaid)
    def income_paid(self, event: IncomingEvent) -> None:
        paying.income_paid(self.ctx, event)

    @on("assistance", "measure.payment_withdrawn", schema=events.PaymentWithdrawn)
    def income_withdrawn(self, event: IncomingEvent) -> None:
        paying.income_withdrawn(self.ctx, event)

    @on("monitoring", "case.opened", schema=CaseOpened)
    def income_before_removal(self, event: IncomingEvent) -> None:
        reviewing.removal_proposed(self.ctx, event)

    @daily
    def income_of_the_day(self, on: date) -> None:
        reviewing.review_changed(self.ctx)
