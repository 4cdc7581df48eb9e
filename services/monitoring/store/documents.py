"""The forms and ledgers as documents."""

from __future__ import annotations

from typing import Any

from shouwang.store import Database, Index


class DocumentsStore:
    """What was printed, by whom, for what: never what stood on the paper."""

    printings: Any

    def open_documents(self, db: Database) -> None:
        """Declare the repository of printings."""
        self.printings = db.repository("printings", kind="printing", indexes=[Index("region")])
