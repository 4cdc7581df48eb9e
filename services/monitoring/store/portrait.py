"""The portrait of a household, why, why not, and what if."""

from __future__ import annotations

from shouwang.store import Database


class PortraitStore:
    """The portrait of a household, why, why not, and what if."""

    def open_portrait(self, db: Database) -> None:
        """Declare the repositories of this part."""
