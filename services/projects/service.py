"""projects (项目): entry points only."""

from __future__ import annotations

from typing import Any, ClassVar

from shouwang.access.roles import (
    AUDITOR,
    COUNTY_FINANCE,
    COUNTY_INDUSTRY,
    COUNTY_LEADING_GROUP,
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

from services.projects import handlers, schemas, views
from services.projects.domain.guards import GUARDS, PAPERS
from services.projects.store import Store

COUNTY = [COUNTY_OFFICER, COUNTY_FINANCE, COUNTY_INDUSTRY, COUNTY_LEADING_GROUP]
STAFF = [VILLAGE_COMMITTEE, VILLAGE_CADRE, VILLAGE_TEAM, TOWN_OFFICER, *COUNTY, AUDITOR]
ACTING = [VILLAGE_COMMITTEE, TOWN_OFFICER, *COUNTY]


class Projects(Service):
    """The project library: how projects enter it, and what they become."""

    name = "projects"
    title = "项目"
    store: ClassVar[Any] = Store
    guards = GUARDS
    papers = PAPERS

    @call(schemas.ProposeProject, returns=schemas.Project, who=[VILLAGE_COMMITTEE], where="region")
    def propose_project(self, request: dict[str, Any]) -> dict[str, Any]:
        return handlers.propose_project(self.ctx, request)

    @call(schemas.TakeStep, returns=schemas.Project, who=ACTING, where=handlers.region_of_project)
    def take_step(self, request: dict[str, Any]) -> dict[str, Any]:
        return handlers.take_step(self.ctx, request)

    @call(schemas.ProjectId, returns=[Possibility], who=STAFF, where=handlers.region_of_project)
    def what_next(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        return handlers.what_next(self.ctx, request)

    @call(
        schemas.RecordAcceptance,
        returns=schemas.Project,
        who=[TOWN_OFFICER, COUNTY_INDUSTRY],
        where=handlers.region_of_project,
    )
    def record_acceptance(self, request: dict[str, Any]) -> dict[str, Any]:
        return handlers.record_acceptance(self.ctx, request)

    @call(schemas.ProjectId, returns=schemas.Project, who=STAFF, where=handlers.region_of_project)
    def project(self, request: dict[str, Any]) -> dict[str, Any]:
        return handlers.project(self.ctx, request)

    @call(InRegion, returns=[schemas.Project], who=STAFF, where="region")
    def library(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        return handlers.library(self.ctx, request)

    @call(InRegion, returns=schemas.Figures, who=STAFF, where="region")
    def figures(self, request: dict[str, Any]) -> dict[str, Any]:
        return views.figures(self.ctx, request)

    @on("notify", "notice.posted", schema=NoticePosted)
    def notice_posted(self, event: IncomingEvent) -> None:
        handlers.hear_notice(self.ctx, event)

    @on("notify", "objection.raised", schema=ObjectionRaised)
    def objection_raised(self, event: IncomingEvent) -> None:
        handlers.hear_notice(self.ctx, event)

    @on("notify", "objection.closed", schema=ObjectionClosed)
    def objection_closed(self, event: IncomingEvent) -> None:
        handlers.hear_notice(self.ctx, event)

    @on("notify", "notice.ended", schema=NoticeEnded)
    def notice_ended(self, event: IncomingEvent) -> None:
        handlers.hear_notice(self.ctx, event)
