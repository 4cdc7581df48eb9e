"""assets (资产): entry points only."""

from __future__ import annotations

from typing import Any, ClassVar

from shouwang.access.roles import (
    AUDITOR,
    COUNTY_OFFICER,
    TOWN_OFFICER,
    VILLAGE_CADRE,
    VILLAGE_COMMITTEE,
    VILLAGE_TEAM,
)
from shouwang.service import Service, call, on
from shouwang.service.case_schemas import (
    InRegion,
    NoticeEnded,
    NoticePosted,
    ObjectionClosed,
    ObjectionRaised,
    Possibility,
)
from shouwang.service.event import IncomingEvent

from services.assets import schemas, views
from services.assets.domain.guards import GUARDS, PAPERS
from services.assets.handlers import distributing, registering
from services.assets.store import Store

STAFF = [VILLAGE_COMMITTEE, VILLAGE_CADRE, VILLAGE_TEAM, TOWN_OFFICER, COUNTY_OFFICER, AUDITOR]
OWNER = [VILLAGE_COMMITTEE]
ACTING = [VILLAGE_COMMITTEE, TOWN_OFFICER, COUNTY_OFFICER]
DISTRIBUTION = distributing.region_of_distribution


class Assets(Service):
    """What projects leave behind: rights, contracts, income, and where it goes."""

    name = "assets"
    title = "资产"
    store: ClassVar[Any] = Store
    guards = GUARDS
    papers = PAPERS

    @on("projects", "project.accepted", schema=schemas.ProjectAccepted)
    def register_asset(self, event: IncomingEvent) -> None:
        registering.register_asset(self.ctx, event)

    @call(schemas.AssetId, returns=schemas.Asset, who=STAFF, where=registering.region_of_asset)
    def asset(self, request: dict[str, Any]) -> dict[str, Any]:
        return registering.asset(self.ctx, request)

    @call(InRegion, returns=[schemas.Asset], who=STAFF, where="region")
    def assets(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        return registering.assets_of(self.ctx, request)

    @call(schemas.SignContract, returns=schemas.Asset, who=OWNER, where=registering.region_of_asset)
    def sign_contract(self, request: dict[str, Any]) -> dict[str, Any]:
        return registering.sign_contract(self.ctx, request)

    @call(schemas.SettleIncome, returns=schemas.Asset, who=OWNER, where=registering.region_of_asset)
    def settle_income(self, request: dict[str, Any]) -> dict[str, Any]:
        return registering.settle_income(self.ctx, request)

    @call(schemas.BookOf, returns=schemas.Book, who=STAFF, where="region")
    def ledger(self, request: dict[str, Any]) -> dict[str, Any]:
        return registering.ledger_of(self.ctx, request)

    @call(schemas.ProposeDistribution, returns=schemas.Distribution, who=OWNER, where="region")
    def propose_distribution(self, request: dict[str, Any]) -> dict[str, Any]:
        return distributing.propose_distribution(self.ctx, request)

    @call(schemas.TakeStep, returns=schemas.Distribution, who=ACTING, where=DISTRIBUTION)
    def take_step(self, request: dict[str, Any]) -> dict[str, Any]:
        return distributing.take_step(self.ctx, request)

    @call(schemas.DistributionId, returns=[Possibility], who=STAFF, where=DISTRIBUTION)
    def what_next(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        return distributing.what_next(self.ctx, request)

    @call(schemas.DistributionId, returns=schemas.Distribution, who=OWNER, where=DISTRIBUTION)
    def pay_out(self, request: dict[str, Any]) -> dict[str, Any]:
        return distributing.pay_out(self.ctx, request)

    @call(InRegion, returns=[schemas.Distribution], who=STAFF, where="region")
    def distributions(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        return distributing.of_region(self.ctx, request)

    @call(InRegion, returns=schemas.Figures, who=STAFF, where="region")
    def figures(self, request: dict[str, Any]) -> dict[str, Any]:
        return views.figures(self.ctx, request)

    @on("notify", "notice.posted", schema=NoticePosted)
    def notice_posted(self, event: IncomingEvent) -> None:
        distributing.hear_notice(self.ctx, event)

    @on("notify", "objection.raised", schema=ObjectionRaised)
    def objection_raised(self, event: IncomingEvent) -> None:
        distributing.hear_notice(self.ctx, event)

    @on("notify", "objection.closed", schema=ObjectionClosed)
    def objection_closed(self, event: IncomingEvent) -> None:
        distributing.hear_notice(self.ctx, event)

    @on("notify", "notice.ended", schema=NoticeEnded)
    def notice_ended(self, event: IncomingEvent) -> None:
        distributing.hear_notice(self.ctx, event)
