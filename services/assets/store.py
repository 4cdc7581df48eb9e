"""The only room that knows the database of assets."""

from __future__ import annotations

from shouwang.procedure.stored import CASE_ENCRYPTED, CASE_PUBLIC
from shouwang.store import Aggregate, Database, Index


class Store:
    """Assets, the ledger of each village and year, distributions."""

    def __init__(self, db: Database) -> None:
        self.assets = db.repository("assets", kind="asset", schema_version=1, indexes=[Index("region")])
        self.books = db.repository("books", kind="book", schema_version=1, indexes=[Index("region")])
        self.distributions = db.repository(
            "distributions",
            kind="distribution",
            schema_version=1,
            encrypted=CASE_ENCRYPTED,
            public=CASE_PUBLIC,
            indexes=[Index("region", "state.year")],
        )

    def book(self, village: str, year: int) -> Aggregate:
        """Return the book of a village and year, new when there is none."""
        book_id = f"{village}-{year}"
        found: Aggregate | None = self.books.get_or_none(book_id)
        state = {"year": year, "entries": []}
        return found if found is not None else self.books.new(book_id, region=village, state=state)
