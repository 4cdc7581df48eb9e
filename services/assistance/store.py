"""The only room that knows the database of assistance."""

from __future__ import annotations

from shouwang.store import Aggregate, Database, Index

PAGE = 2000


class Store:
    """Departments that announced themselves, and the plans of households with their tasks."""

    def __init__(self, db: Database) -> None:
        self.departments = db.repository(
            "departments", kind="department", schema_version=1, public=["announced.comparisons.*.name"]
        )
        self.plans = db.repository(
            "plans",
            kind="plan",
            schema_version=1,
            encrypted=["unknown"],
            indexes=[
                Index("region", "state.status"),
                Index("state.household"),
                Index("state.task_ids"),
                Index("state.status"),
            ],
        )

    def all_departments(self) -> list[Aggregate]:
        """Return every department that ever announced itself, by code."""
        return self.departments.find(limit=1_000)

    def plan_of_task(self, task: str) -> Aggregate | None:
        """Return the plan that holds a task."""
        return self.plans.find_one(where={"state.task_ids": task})

    def plans_of(self, household: str) -> list[Aggregate]:
        """Return every plan of a household."""
        return self.plans.find({"state.household": household})

    def running_plans(self) -> list[Aggregate]:
        """Return every plan that still has something to deliver."""
        found: list[Aggregate] = []
        after: str | None = None
        while page := self.plans.find({"state.status": "running"}, after=after, limit=PAGE):
            found += page
            after = page[-1].id
        return found
