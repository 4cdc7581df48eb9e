"""Plans of households. Entry points only."""

from __future__ import annotations

from typing import Any

from shouwang.service import IncomingEvent, call, on
from shouwang.service.context import Context

from services.assistance.entries.who import NEAR, ORDERING, READERS, STAFF
from services.assistance.handlers import finding
from services.assistance.handlers.planning import encouraging, ending, following, making, reading
from services.assistance.schemas import common
from services.assistance.schemas import planning as schemas
from services.assistance.schemas.events import planning as events

Json = dict[str, Any]


class Planning:
    """Plans: made from the risks, explained, ended."""

    ctx: Context

    @on("monitoring", "household.included", schema=events.HouseholdIncluded)
    def make_plan(self, event: IncomingEvent) -> None:
        making.make_plan(self.ctx, event)

    @on("monitoring", "household.removed", schema=events.HouseholdRemoved)
    def close_plans(self, event: IncomingEvent) -> None:
        ending.close_plans(self.ctx, event)

    @on("monitoring", "household.helped_first", schema=events.HelpedFirst)
    def help_first(self, event: IncomingEvent) -> None:
        making.make_plan(self.ctx, event)

    @on("monitoring", "case.ended", schema=events.CaseEnded)
    def end_unproven(self, event: IncomingEvent) -> None:
        ending.end_unproven(self.ctx, event)

    @on("monitoring", "contact.named", schema=events.ContactNamed)
    def follow_contact(self, event: IncomingEvent) -> None:
        encouraging.follow_contact(self.ctx, event)

    @on("monitoring", "household.changed", schema=events.HouseholdChanged)
    def tell_of_dissolved(self, event: IncomingEvent) -> None:
        following.household_changed(self.ctx, event)

    @on("monitoring", "decision.corrected", schema=events.DecisionCorrected)
    def follow_correction(self, event: IncomingEvent) -> None:
        ending.follow_correction(self.ctx, event)

    @call(
        common.HouseholdId,
        returns=[schemas.Plan],
        who=STAFF,
        callers=["monitoring"],
        where=finding.region_of_household,
    )
    def plan(self, request: Json) -> list[Json]:
        return reading.plan(self.ctx, request)

    @call(common.InRegion, returns=[schemas.Plan], who=STAFF, callers=["monitoring"], where="region")
    def plans(self, request: Json) -> list[Json]:
        return reading.plans(self.ctx, request)

    @call(
        schemas.ExplainPlan,
        returns=schemas.Explained,
        who=READERS,
        where=finding.region_of_plan,
    )
    def explain_plan(self, request: Json) -> Json:
        return reading.explain_plan(self.ctx, request)

    @call(schemas.NoteWill, returns=schemas.Plan, who=NEAR, where=finding.region_of_plan)
    def note_will(self, request: Json) -> Json:
        return encouraging.note_will(self.ctx, request)

    @call(
        schemas.NameContact,
        returns=schemas.Plan,
        who=ORDERING,
        where=finding.region_of_plan,
    )
    def name_contact(self, request: Json) -> Json:
        return encouraging.name_contact(self.ctx, request)
