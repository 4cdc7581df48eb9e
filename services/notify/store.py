"""The only room that knows the database of notify."""

from __future__ import annotations

from shouwang.store import Aggregate, Database, Index

PAGE = 2000


class Store:
    """Notices and messages. What they show was checked (N-02); what people object stands encrypted."""

    def __init__(self, db: Database) -> None:
        self.notices = db.repository(
            "notices",
            kind="notice",
            schema_version=1,
            encrypted=["objections.*.ground", "objections.*.investigation.found"],
            indexes=[
                Index("region"),
                Index("state.subject.id", "state.step"),
                Index("state.ended_on", "state.opens_on"),
            ],
        )
        self.messages = db.repository(
            "messages", kind="message", schema_version=1, indexes=[Index("region"), Index("state.key")]
        )

    def newest_notice(self, service: str, kind: str, subject: str, step: str) -> Aggregate | None:
        """Return the newest notice of a step, by posting day and id; None when there is none."""
        found = [
            agg
            for agg in self.notices.find({"state.subject.id": subject, "state.step": step})
            if agg.state["subject"]["service"] == service and agg.state["subject"]["kind"] == kind
        ]
        return max(found, key=lambda agg: (agg.state["posted_on"], agg.state["number"]), default=None)

    def running(self) -> list[Aggregate]:
        """Return every notice that is not over, page by page: none may be left hanging."""
        found: list[Aggregate] = []
        after: str | None = None
        while page := self.notices.find({"state.ended_on": None}, after=after, limit=PAGE):
            found += page
            after = page[-1].id
        return found
