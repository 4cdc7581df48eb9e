"""Closed periods, and what departments reported."""

from __future__ import annotations

from typing import Any

from shouwang.store import Database, Index


class ReportsStore:
    """Aggregates of a region and period: no household, no person."""

    report_snapshots: Any
    reported: Any

    def open_reports(self, db: Database) -> None:
        """Declare the repositories of closed periods and reported figures."""
        self.report_snapshots = db.repository(
            "report_snapshots",
            kind="report_snapshot",
            indexes=[Index("region", "state.kind")],
            public=["data.sections.*.charts.*.series.*.name"],
        )
        self.reported = db.repository(
            "reported_figures", kind="reported_figures", indexes=[Index("state.period"), Index("region")]
        )
