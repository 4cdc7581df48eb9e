"""The only room that knows the database of projects."""

from __future__ import annotations

from shouwang.procedure.stored import CASE_ENCRYPTED, CASE_PUBLIC
from shouwang.store import Database, Index


class Store:
    """The project library: one document per project, with its case."""

    def __init__(self, db: Database) -> None:
        self.projects = db.repository(
            "projects",
            kind="project",
            schema_version=1,
            encrypted=CASE_ENCRYPTED,
            public=[*CASE_PUBLIC, "contents.name", "contents.funds.sources.*.name"],
            indexes=[Index("region", "state.case.status"), Index("state.case.status")],
        )
