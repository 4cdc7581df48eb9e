"""The forms and ledgers as documents."""

from __future__ import annotations

from shouwang.store import Database


class DocumentsStore:
    """The forms and ledgers as documents."""

    def open_documents(self, db: Database) -> None:
        """Declare the repositories of this part."""
