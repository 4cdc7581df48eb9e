"""The registry: rosters, households, persons. Entry points only."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.access import roles
from shouwang.service import COUNTY_WIDE, call, daily
from shouwang.service.context import Context

from services.monitoring.entries.who import AND_HOUSEHOLD, ASKING, COLLECTORS, EVERYBODY, WATCHERS
from services.monitoring.handlers import places
from services.monitoring.handlers.registry import reading, rosters
from services.monitoring.schemas import registry as schemas
from services.monitoring.schemas.common import InRegion, Region

Json = dict[str, Any]


class Registry:
    """The registry: rosters, households, persons."""

    ctx: Context

    @call(returns=schemas.PublicKey, who=EVERYBODY, where=COUNTY_WIDE)
    def public_key(self, request: Json) -> Json:
        return reading.public_key(self.ctx)

    @call(schemas.ImportRoster, returns=schemas.RosterReport, who=COLLECTORS, where="village")
    def import_roster(self, request: Json) -> Json:
        return rosters.import_roster(self.ctx, request)

    @call(InRegion, returns=[schemas.Problems], who=WATCHERS, where="region")
    def held(self, request: Json) -> list[Json]:
        return rosters.held(self.ctx, request)

    @call(InRegion, returns=[schemas.Unknowns], who=WATCHERS, where="region")
    def worklist(self, request: Json) -> list[Json]:
        return reading.worklist(self.ctx, request)

    @call(
        schemas.HouseholdId,
        returns=schemas.Household,
        who=[*AND_HOUSEHOLD, roles.SERVICE],
        where=places.region_of,
    )
    def household(self, request: Json) -> Json:
        return reading.household(self.ctx, request)

    @call(schemas.SealedPerson, returns=schemas.Household, who=ASKING, where=COUNTY_WIDE)
    def person(self, request: Json) -> Json:
        return reading.person(self.ctx, request)

    @call(schemas.PersonsFor, returns=schemas.Sealed, who=[roles.SERVICE], where=places.region_of)
    def persons_for(self, request: Json) -> Json:
        return reading.persons_for(self.ctx, request)

    @call(Region, returns=[schemas.AtRisk], who=[*WATCHERS, roles.SERVICE], where="region")
    def at_risk_households(self, request: Json) -> list[Json]:
        return reading.at_risk_households(self.ctx, request)

    @daily
    def registry_of_the_day(self, on: date) -> None:
        rosters.expire_held(self.ctx)
