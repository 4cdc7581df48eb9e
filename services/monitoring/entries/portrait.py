"""The portrait of a household, why, why not, and what if. Entry points only."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from shouwang.access import roles
from shouwang.service import call, daily
from shouwang.service.context import Context

from services.monitoring.entries.who import AND_HOUSEHOLD, ORDERING, WATCHERS
from services.monitoring.handlers import places
from services.monitoring.handlers.portrait import explaining, office, picturing, recomputing, supposing
from services.monitoring.schemas import portrait as schemas
from services.monitoring.schemas.common import Region

Json = dict[str, Any]
POLICY_MAKERS: Final = [*ORDERING, roles.COUNTY_LEADING_GROUP, roles.AUDITOR]
KEEPERS: Final = [roles.COUNTY_OFFICER, roles.PLATFORM]


class Portrait:
    """The portrait of a household, why, why not, and what if."""

    ctx: Context

    @call(schemas.AsOf, returns=schemas.Portrait, who=AND_HOUSEHOLD, where=places.region_of)
    def portrait(self, request: Json) -> Json:
        return picturing.portrait(self.ctx, request)

    @call(schemas.OneHousehold, returns=schemas.WhyNot, who=AND_HOUSEHOLD, where=places.region_of)
    def why_not(self, request: Json) -> Json:
        return explaining.why_not(self.ctx, request)

    @call(schemas.Standings, returns=schemas.StandingsOf, who=WATCHERS, where="region")
    def standings(self, request: Json) -> Json:
        return picturing.listed(self.ctx, request)

    @call(schemas.WhatIf, returns=schemas.Supposed, who=POLICY_MAKERS, where="region")
    def what_if(self, request: Json) -> Json:
        return supposing.what_if(self.ctx, request)

    @call(
        schemas.SupposedHouseholds,
        returns=[schemas.SupposedHousehold],
        who=ORDERING,
        where=places.region_of,
    )
    def what_if_households(self, request: Json) -> list[Json]:
        return supposing.households(self.ctx, request)

    @call(Region, returns=schemas.SnapshotStatus, who=[*KEEPERS, roles.AUDITOR], where="region")
    def snapshot(self, request: Json) -> Json:
        return recomputing.status(self.ctx, request)

    @call(schemas.RefreshSnapshot, returns=schemas.Refreshed, who=KEEPERS, where="region")
    def refresh_snapshot(self, request: Json) -> Json:
        return recomputing.refresh(self.ctx, request)

    @call(
        schemas.VerifySnapshot,
        returns=schemas.SnapshotVerified,
        who=[*KEEPERS, roles.AUDITOR],
        where="region",
    )
    def verify_snapshot(self, request: Json) -> Json:
        return recomputing.verify(self.ctx, request)

    @call(Region, returns=schemas.Recomputed, who=KEEPERS, where="region")
    def recompute_standings(self, request: Json) -> Json:
        return recomputing.recompute_asked(self.ctx, request)

    @daily
    def standings_of_the_day(self, on: date) -> None:
        recomputing.day(self.ctx, on)

    def stopping(self) -> None:
        """End the worker process."""
        office.close()
