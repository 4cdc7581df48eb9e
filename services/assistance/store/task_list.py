"""What the units reported on the 97 tasks; the tasks themselves are data of the domain."""

from __future__ import annotations

from typing import Any

from shouwang.store import Aggregate, Database

ALL = 200


class TaskListStore:
    """One document a task and county."""

    reported_tasks: Any

    def open_task_list(self, db: Database) -> None:
        """Declare the repository of reports."""
        self.reported_tasks = db.repository(
            "reported_tasks", kind="reported_task", encrypted=["reports.*.note"]
        )

    def all_reports(self, county: str) -> dict[int, Aggregate]:
        """Return the documents of a county by number of the task."""
        found = self.reported_tasks.find(region=county, limit=ALL)
        return {agg.state["number"]: agg for agg in found}
