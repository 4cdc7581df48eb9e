"""Departments that announced themselves."""

from __future__ import annotations

from typing import Any

from shouwang.store import Aggregate, Database

from services.assistance.store.migrations import (
    department_asked_by_month,
    department_to_be_asked,
    department_with_leaving,
)

ALL = 1_000


class RegistryStore:
    """The last sound announcement of each department, when it was heard of, and what was refused."""

    departments: Any

    def open_registry(self, db: Database) -> None:
        """Declare the repository of departments."""
        self.departments = db.repository(
            "departments",
            kind="department",
            schema_version=4,
            public=["announced.comparisons.*.name"],
            migrations={
                1: department_with_leaving,
                2: department_to_be_asked,
                3: department_asked_by_month,
            },
        )

    def all_departments(self) -> list[Aggregate]:
        """Return every department that ever announced itself soundly or not, by code."""
        found: list[Aggregate] = self.departments.find(limit=ALL)
        return found
