"""Cases of identification and removal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from shouwang.store import Aggregate, Database, Index

ENTRIES = ("case", "earlier_cases.*")
NAMED = ("pinned.*", "entries.*.papers.*", "debts.*")
"""Where a case holds names that are not of persons: parameters, papers, what is owed."""


class ProceedingsStore:
    """Cases, follow-ups, reconciliations; decisions, findings and answers stand encrypted."""

    cases: Any
    follow_ups: Any
    reconciliations: Any

    def open_proceedings(self, db: Database) -> None:
        """Declare the repositories of the proceedings."""
        self.cases = db.repository(
            "cases",
            kind="case",
            encrypted=[
                *(f"{one}.entries.*.{part}" for one in ENTRIES for part in ("decisions", "reason")),
                "record",
                "comparison",
                "attached",
                "review",
            ],
            public=[f"{one}.{part}.name" for one in ENTRIES for part in NAMED],
            indexes=[
                Index("state.household", "state.case.status"),
                Index("state.case.status", "state.case.procedure"),
                Index("state.case.status", "state.case.step"),
                Index("region", "state.case.status"),
                Index("region", "state.opened_on"),
                Index("region", "state.ended_on"),
                Index("state.national.status", "state.national.due_on"),
                Index("state.debt_due_on"),
            ],
        )
        self.follow_ups = db.repository(
            "follow_ups",
            kind="follow_up",
            encrypted=["visits"],
            indexes=[
                Index("region"),
                Index("region", "state.status"),
                Index("state.household"),
                Index("state.status", "state.next_on"),
            ],
        )
        self.reconciliations = db.repository(
            "reconciliations",
            kind="reconciliation",
            encrypted=["matters", "problems"],
            indexes=[Index("region"), Index("state.open")],
        )

    def running_follow_up(self, household: str) -> Aggregate | None:
        """Return the follow-up of a household that still runs."""
        return self.follow_ups.find_one(where={"state.household": household, "state.status": "running"})

    def open_case(self, household: str) -> Aggregate | None:
        """Return the running case of a household."""
        return self.cases.find_one(where={"state.household": household, "state.case.status": "open"})

    def cases_of(self, household: str) -> list[Aggregate]:
        """Return every case of a household, in the order in which they were opened."""
        return _in_order(self.cases.find({"state.household": household}))


def _in_order(found: Iterable[Aggregate]) -> list[Aggregate]:
    return sorted(found, key=lambda agg: (str(agg.state["opened_on"]), agg.id))
