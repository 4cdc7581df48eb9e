"""The service that a plugin folder becomes: entry points only, the same for every department."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

from shouwang.access.roles import AUDITOR, COUNTY_OFFICER, DEPARTMENT_OFFICER, PLATFORM
from shouwang.department import (
    columnmaps,
    comparing,
    handed_figures,
    import_schemas,
    inbox,
    intake,
    keeping,
    presence,
    proposing,
    refused,
    report_schemas,
    reporting,
    schemas,
    screening,
)
from shouwang.department.child import WORKER
from shouwang.department.desk import Desk
from shouwang.department.known import ASSISTANCE, MONITORING
from shouwang.department.store import Store
from shouwang.service import COUNTY_WIDE, IncomingEvent, Service, call, daily, on


class DepartmentService(Service):
    """A department on the bus; `desk` holds its plugin. Subclasses are made by `service_class`."""

    store: ClassVar[Any] = Store
    worker: ClassVar[str] = WORKER
    desk: ClassVar[Desk]

    def started(self) -> None:
        """Start the worker, check the contract (a wrong plugin stops here), make the department known."""
        self.desk.open(self.ctx)
        presence.announce(self.ctx, self.desk)
        keeping.show_ages(self.desk, self.ctx.today)

    def stopping(self) -> None:
        """End the worker."""
        self.desk.close()

    @call(
        returns=schemas.Described,
        who=[DEPARTMENT_OFFICER, COUNTY_OFFICER, AUDITOR, PLATFORM],
        where=COUNTY_WIDE,
    )
    def describe(self, request: dict[str, Any]) -> dict[str, Any]:
        """What the department has and offers."""
        del request
        return presence.description(self.ctx, self.desk)

    @call(
        import_schemas.ImportTable,
        returns=import_schemas.Imported,
        who=[DEPARTMENT_OFFICER],
        where=COUNTY_WIDE,
    )
    def import_table(self, request: dict[str, Any]) -> dict[str, Any]:
        """Bring in a file of the inbox."""
        return intake.import_table(self.ctx, self.desk, request)

    @call(
        import_schemas.OfPeriod,
        returns=import_schemas.Progress,
        who=[DEPARTMENT_OFFICER],
        where=COUNTY_WIDE,
    )
    def import_progress(self, request: dict[str, Any]) -> dict[str, Any]:
        """How far an import under way has come."""
        return intake.import_progress(self.ctx, self.desk, request)

    @call(
        import_schemas.AskRejected,
        returns=import_schemas.RejectedRows,
        who=[DEPARTMENT_OFFICER],
        where=COUNTY_WIDE,
    )
    def rejected_rows(self, request: dict[str, Any]) -> dict[str, Any]:
        """The refused rows of a period, whole, sealed to the officer's program."""
        return refused.rejected_rows(self.ctx, self.desk, request)

    @call(
        import_schemas.SetMapping,
        returns=import_schemas.MappingSet,
        who=[DEPARTMENT_OFFICER],
        where=COUNTY_WIDE,
    )
    def set_mapping(self, request: dict[str, Any]) -> dict[str, Any]:
        """Put a mapping file of headings, values and units in force, or out of it."""
        return columnmaps.set_mapping(self.ctx, self.desk, request)

    @call(
        import_schemas.OfTable,
        returns=import_schemas.MappingText,
        who=[DEPARTMENT_OFFICER],
        where=COUNTY_WIDE,
    )
    def mapping(self, request: dict[str, Any]) -> dict[str, Any]:
        """The mapping in force of a table."""
        return columnmaps.mapping_of(self.ctx, self.desk, request)

    @call(
        returns=[import_schemas.FeedAge],
        who=[DEPARTMENT_OFFICER, COUNTY_OFFICER, AUDITOR, PLATFORM],
        where=COUNTY_WIDE,
    )
    def feeds(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        """How old every table is."""
        del request
        return keeping.feeds(self.ctx, self.desk)

    @call(schemas.Screen, returns=schemas.Screening, who=[DEPARTMENT_OFFICER], where=COUNTY_WIDE)
    def screen(self, request: dict[str, Any]) -> dict[str, Any]:
        """Run every rule and send what it finds."""
        return screening.screen(self.ctx, self.desk, request)

    @call(schemas.Screen, returns=report_schemas.Reporting, who=[DEPARTMENT_OFFICER], where=COUNTY_WIDE)
    def report(self, request: dict[str, Any]) -> dict[str, Any]:
        """Tell monitoring the signs of regional risk and the figures of a month."""
        return reporting.report(self.ctx, self.desk, request)

    @call(schemas.Compare, returns=schemas.Compared, callers=[MONITORING], where=COUNTY_WIDE)
    def compare(self, request: dict[str, Any]) -> dict[str, Any]:
        """Answer about named persons behind a signed authorisation."""
        return comparing.compare(self.ctx, self.desk, request)

    @call(
        schemas.ProposeMeasures,
        returns=[schemas.Proposal],
        who=[DEPARTMENT_OFFICER],
        callers=[ASSISTANCE],
        where="region",
    )
    def propose_measures(self, request: dict[str, Any]) -> list[dict[str, Any]]:
        """Say what the department can do for a household."""
        return proposing.propose_measures(self.ctx, self.desk, request)

    @call(schemas.DeliverMeasure, returns=schemas.Delivered, who=[DEPARTMENT_OFFICER], where=COUNTY_WIDE)
    def deliver_measure(self, request: dict[str, Any]) -> dict[str, Any]:
        """Record that a task was carried out."""
        return proposing.deliver_measure(self.ctx, self.desk, request)

    @call(
        report_schemas.ReportFigures,
        returns=report_schemas.FiguresTold,
        who=[DEPARTMENT_OFFICER],
        where=COUNTY_WIDE,
    )
    def report_figures(self, request: dict[str, Any]) -> dict[str, Any]:
        """Tell the county what the department counts for a period."""
        return handed_figures.report_figures(self.ctx, self.desk, request)

    @on("monitoring", "clue.closed", schema=schemas.ClueClosed)
    def hear_outcome(self, event: IncomingEvent) -> None:
        """Keep what came of a clue that this department sent."""
        screening.learn(self.ctx, self.desk, event)

    @daily
    def day_passed(self, day: date) -> None:
        """Let go what is kept long enough, make the department known again, show how old the tables are."""
        refused.purge(self.ctx, day)  # first: what fails must not keep rows of persons past their day
        inbox.remove_old_files(self.ctx, self.desk, day)
        presence.beat(self.ctx, self.desk, day)
        keeping.let_go(self.ctx, self.desk, day)
        keeping.show_ages(self.desk, day)


def make_service(package: ModuleType | Path | str) -> type[Service]:
    """Make the service class of a plugin: its package (from an entry point) or its folder.

    The manifest is read here; everything else is checked by the worker when the service starts.
    """
    folder = _folder(package)
    desk = Desk(folder)
    members = {
        "name": desk.code,
        "title": desk.manifest.title,
        "home": folder,
        "desk": desk,
        "__doc__": desk.manifest.title,
    }
    return type(f"Department_{desk.code}", (DepartmentService,), members)


def _folder(package: ModuleType | Path | str) -> Path:
    if isinstance(package, ModuleType):
        return Path(str(package.__file__)).resolve().parent
    return Path(package).resolve()
