"""Regional and large-scale risk: signals, warnings with their lists of households, joint studies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shouwang.procedure.stored import CASE_ENCRYPTED, CASE_PUBLIC
from shouwang.store import Aggregate, Database, Index


class RegionalStore:
    """Regional risk. Households stand here by id only."""

    signals: Any
    warnings: Any
    affected: Any
    studies: Any
    study_watch: Any

    def open_regional(self, db: Database) -> None:
        """Declare the repositories of this part."""
        self.signals = db.repository(
            "regional_signals",
            kind="regional_signal",
            indexes=[Index("state.kind", "state.last_on", "region")],
        )
        self.warnings = db.repository(
            "regional_warnings",
            kind="regional_warning",
            encrypted=["decision", *CASE_ENCRYPTED],
            public=[*CASE_PUBLIC],
            indexes=[Index("state.status", "region"), Index("state.place", "state.kind"), Index("region")],
        )
        self.affected = db.repository(
            "affected_households", kind="affected_list", indexes=[Index("state.warning")]
        )
        self.studies = db.repository(
            "joint_studies",
            kind="joint_study",
            encrypted=[
                "composition",
                "absent",
                "conclusions",
                "measures.*.text",
                "measures.*.follow_ups.*.note",
            ],
            indexes=[Index("region"), Index("state.status"), Index("state.warnings")],
        )
        self.study_watch = db.repository("study_watch", kind="study_watch")

    def signals_since(self, kind: str, region: str, day: str) -> Iterator[dict[str, Any]]:
        """Yield the signals of a kind that were told, or ended, after a day."""
        names = ["department", "key", "amount", "unit", "started_on", "last_on", "reported_on"]
        where = {"state.kind": kind, "state.last_on": {"$gt": day}}
        return self.signals.rows(names, where, region=region)

    def open_warnings(self, kind: str, county: str) -> list[Aggregate]:
        """Return the warnings of a kind that are open in a county."""
        found = self.warnings.find({"state.status": "open"}, region=county, limit=5000)
        return [agg for agg in found if agg.state["kind"] == kind]

    def warnings_over(self, kind: str, county: str, day: str) -> list[dict[str, Any]]:
        """Return the warnings of a kind that were closed after a day: {signals, outcome, closed_on}."""
        where = {"state.status": "closed", "state.closed_on": {"$gt": day}}
        found = self.warnings.rows(["kind", "signals", "outcome", "closed_on"], where, region=county)
        return [row for row in found if row["kind"] == kind]

    def studies_of(self, warning: str) -> list[Aggregate]:
        """Return the joint studies of a warning, the oldest first."""
        found = self.studies.find({"state.warnings": warning}, limit=500)
        return sorted(found, key=lambda agg: (agg.state["held_on"], agg.id))

    def last_study(self, county: str) -> str | None:
        """Return the day of the newest joint study of a county."""
        days = [row["held_on"] for row in self.studies.rows(["held_on"], region=county)]
        return max(days, default=None)

    def list_of(self, warning: str, village: str) -> Aggregate | None:
        """Return the list of households drawn up in a village for a warning."""
        found: Aggregate | None = self.affected.get_or_none(self.list_id(warning, village))
        return found

    @staticmethod
    def list_id(warning: str, village: str) -> str:
        """Return the number of a village's list."""
        return f"{village}-A-{warning}"

    def lists_of(self, warning: str) -> dict[str, dict[str, Any]]:
        """Return village → the list of households drawn up there for a warning."""
        names = ["concerned", "unknown", "others", "clues", "drawn_on"]
        return {row["region"]: row for row in self.affected.rows(names, {"state.warning": warning})}
