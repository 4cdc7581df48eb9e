"""The registry: rosters, households, persons. Entry points only."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.access import EVERY_CALLER, roles
from shouwang.service import COUNTY_WIDE, IncomingEvent, call, daily, on
from shouwang.service.context import Context

from services.monitoring.entries.who import AND_HOUSEHOLD, ASKING, COLLECTORS, EVERYBODY, WATCHERS
from services.monitoring.handlers import places
from services.monitoring.handlers.registry import (
    asking,
    changing,
    comparing,
    duplicating,
    holding,
    moving,
    reading,
    rosters,
    sites,
)
from services.monitoring.schemas import registry as schemas
from services.monitoring.schemas.common import InRegion, Region
from services.monitoring.schemas.events import registry as events

Json = dict[str, Any]
DECIDING = [roles.TOWN_OFFICER, roles.COUNTY_OFFICER]


class Registry:
    """The registry: rosters, households, persons."""

    ctx: Context

    @call(returns=schemas.PublicKey, who=EVERYBODY, callers=[EVERY_CALLER], where=COUNTY_WIDE)
    def public_key(self, request: Json) -> Json:
        return reading.public_key(self.ctx)

    @call(schemas.ImportRoster, returns=schemas.RosterReport, who=COLLECTORS, where="village")
    def import_roster(self, request: Json) -> Json:
        return rosters.import_roster(self.ctx, request)

    @call(InRegion, returns=[schemas.Problems], who=WATCHERS, where="region")
    def held(self, request: Json) -> list[Json]:
        return holding.held(self.ctx, request)

    @call(schemas.InTown, returns=[schemas.ToDo], who=WATCHERS, where="region")
    def worklist(self, request: Json) -> list[Json]:
        return asking.worklist(self.ctx, request)

    @call(
        schemas.HouseholdOn,
        returns=schemas.Household,
        who=AND_HOUSEHOLD,
        callers=["assistance"],
        where=places.region_of,
    )
    def household(self, request: Json) -> Json:
        return reading.household(self.ctx, request)

    @call(schemas.HouseholdId, returns=[schemas.Change], who=WATCHERS, where=places.region_of)
    def household_changes(self, request: Json) -> list[Json]:
        return asking.changes(self.ctx, request)

    @call(schemas.HouseholdId, returns=schemas.Completeness, who=WATCHERS, where=places.region_of)
    def completeness(self, request: Json) -> Json:
        return asking.completeness(self.ctx, request)

    @call(schemas.HouseholdId, returns=schemas.Focus, who=WATCHERS, where=places.region_of)
    def focus_groups(self, request: Json) -> Json:
        return asking.focus_groups(self.ctx, request)

    @call(schemas.FocusHouseholds, returns=[schemas.FocusHousehold], who=WATCHERS, where="region")
    def focus_households(self, request: Json) -> list[Json]:
        return asking.focus_households(self.ctx, request)

    @call(schemas.HouseholdId, returns=schemas.WhoCounts, who=WATCHERS, where=places.region_of)
    def who_counts(self, request: Json) -> Json:
        return asking.who_counts(self.ctx, request)

    @call(schemas.ChangeMembers, returns=schemas.Changed, who=COLLECTORS, where=places.region_of)
    def change_members(self, request: Json) -> Json:
        return changing.change_members(self.ctx, request)

    @call(schemas.MoveMembers, returns=schemas.Move, who=COLLECTORS, where=places.region_of)
    def move_members(self, request: Json) -> Json:
        return moving.move_members(self.ctx, request)

    @call(schemas.Moves, returns=[schemas.Move], who=WATCHERS, where="region")
    def member_moves(self, request: Json) -> list[Json]:
        return moving.listed(self.ctx, request)

    @call(Region, returns=schemas.Compared, who=DECIDING, where="region")
    def find_duplicates(self, request: Json) -> Json:
        return duplicating.find_duplicates(self.ctx, request)

    @call(schemas.Duplicates, returns=[schemas.DuplicateMatter], who=WATCHERS, where="region")
    def duplicates(self, request: Json) -> list[Json]:
        return duplicating.duplicates(self.ctx, request)

    @call(
        schemas.DecideDuplicate,
        returns=schemas.DuplicateMatter,
        who=DECIDING,
        where=duplicating.region_of_matter,
    )
    def decide_duplicate(self, request: Json) -> Json:
        return duplicating.decide_duplicate(self.ctx, request)

    @call(schemas.HouseholdId, returns=schemas.RegisterDifferences, who=WATCHERS, where=places.region_of)
    def register_differences(self, request: Json) -> Json:
        return comparing.register_differences(self.ctx, request)

    @call(
        schemas.DecideRegistration,
        returns=schemas.RegisterDifferences,
        who=DECIDING,
        where=places.region_of,
    )
    def decide_registration(self, request: Json) -> Json:
        return comparing.decide_registration(self.ctx, request)

    @call(schemas.RecordSite, returns=schemas.Site, who=DECIDING, where="region")
    def record_site(self, request: Json) -> Json:
        return sites.record_site(self.ctx, request)

    @call(Region, returns=[schemas.Site], who=WATCHERS, where="region")
    def sites(self, request: Json) -> list[Json]:
        return sites.sites(self.ctx, request)

    @call(schemas.SealedPerson, returns=schemas.Household, who=ASKING, where=COUNTY_WIDE)
    def person(self, request: Json) -> Json:
        return reading.person(self.ctx, request)

    @call(schemas.PersonsFor, returns=schemas.Sealed, callers=["assistance"], where=places.region_of)
    def persons_for(self, request: Json) -> Json:
        return reading.persons_for(self.ctx, request)

    @call(Region, returns=[schemas.AtRisk], who=WATCHERS, callers=["assets"], where="region")
    def at_risk_households(self, request: Json) -> list[Json]:
        return reading.at_risk_households(self.ctx, request)

    @on("monitoring", "members.moving", schema=events.MembersMoving)
    def members_moving(self, event: IncomingEvent) -> None:
        moving.moving(self.ctx, event)

    @on("assistance", "task.done", schema=events.TaskDone)
    def help_given(self, event: IncomingEvent) -> None:
        asking.help_given(self.ctx, event)

    @daily
    def registry_of_the_day(self, on: date) -> None:
        holding.expire(self.ctx)
        moving.finish_open(self.ctx)
        duplicating.compare_due(self.ctx)
