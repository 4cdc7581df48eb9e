"""Rule sets of villages and the points of households; nothing of what is due to them by law."""

from __future__ import annotations

from typing import Any

from shouwang.store import Aggregate, Database, Index

PAGE = 2_000


class HonoursStore:
    """One rule set a village and year, one account a household and year."""

    rule_sets: Any
    point_accounts: Any

    def open_honours(self, db: Database) -> None:
        """Declare the repositories of rule sets and accounts."""
        self.rule_sets = db.repository("rule_sets", kind="rule_set")
        self.point_accounts = db.repository(
            "point_accounts",
            kind="point_account",
            encrypted=["entries.*.reason", "entries.*.withdrawn.reason"],
            indexes=[Index("region", "state.year")],
        )

    def accounts_of(self, village: str, year: int) -> list[Aggregate]:
        """Return the accounts of a village in a year."""
        found: list[Aggregate] = self.point_accounts.find({"state.year": year}, region=village, limit=PAGE)
        return found
