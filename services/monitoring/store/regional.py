"""Regional and large-scale risk: signals, warnings, joint study."""

from __future__ import annotations

from shouwang.store import Database


class RegionalStore:
    """Regional and large-scale risk: signals, warnings, joint study."""

    def open_regional(self, db: Database) -> None:
        """Declare the repositories of this part."""
