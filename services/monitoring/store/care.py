"""Care of monitored households: contact persons, evaluation, problems, worklists."""

from __future__ import annotations

from shouwang.store import Database


class CareStore:
    """Care of monitored households: contact persons, evaluation, problems, worklists."""

    def open_care(self, db: Database) -> None:
        """Declare the repositories of this part."""
