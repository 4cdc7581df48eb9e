"""Care of monitored households: contact persons, evaluation, problems, worklists."""

from __future__ import annotations

from typing import Any, Final

from shouwang.store import Aggregate, Database, Index

BY_PLACE: Final = Index("region", "state.status")
"""What is open in a village or town."""
BY_DAY: Final = Index("state.status", "state.due_on")
"""What is overdue anywhere."""
BY_EXPIRY: Final = Index("state.status", "state.expires_on")


class CareStore:
    """Contact persons, evaluations, reviews, problems, early list, sheets. Free text stands encrypted."""

    contacts: Any
    evaluations: Any
    quarters: Any
    reviews: Any
    problems: Any
    watches: Any
    worksheets: Any
    duty_sums: Any

    def open_care(self, db: Database) -> None:
        """Declare the repositories of this part."""
        self.contacts = db.repository(
            "contacts",
            kind="contact",
            encrypted=["card", "visits.*.note", "history.*.reason"],
            indexes=[
                *(BY_PLACE, Index("region", "state.due_kind"), Index("state.due_kind", "state.due_on")),
                Index("state.person", "state.due_kind"),
            ],
        )
        self.evaluations = db.repository(
            "evaluations",
            kind="evaluation",
            encrypted=["facts", "decision", "reason", "earlier.*.reason"],
            indexes=[BY_PLACE, BY_DAY, Index("region", "state.quarter")],
        )
        self.quarters = db.repository("care_quarters", kind="care_quarter", indexes=[Index("region")])
        self.reviews = db.repository(
            "care_reviews", kind="care_review", encrypted=["note"], indexes=[BY_PLACE, BY_DAY]
        )
        self.problems = db.repository(
            "problems",
            kind="problem",
            encrypted=["text", "measures.*.text", "returns.*.reason"],
            indexes=[
                BY_PLACE,
                BY_DAY,
                Index("region", "state.opened_month"),
                Index("region", "state.accepted_month"),
            ],
        )
        self.watches = db.repository(
            "watches",
            kind="watch",
            encrypted=["looks.*.note"],
            indexes=[BY_PLACE, BY_DAY, Index("state.household", "state.status")],
        )
        self.worksheets = db.repository(
            "worksheets",
            kind="worksheet",
            encrypted=["rows"],
            indexes=[BY_PLACE, BY_EXPIRY],
        )

        self.duty_sums = db.repository("duty_sums", kind="duty_sum", indexes=[Index("region")])

    def open_watch(self, household: str) -> Aggregate | None:
        """Return the entry of the early list that runs for a household."""
        return self.watches.find_one(where={"state.household": household, "state.status": "watching"})

    def load_of(self, person: str) -> int:
        """Return how many households a contact person has."""
        return int(
            self.contacts.count({"state.person": person, "state.status": {"$in": ["held", "following"]}})
        )
