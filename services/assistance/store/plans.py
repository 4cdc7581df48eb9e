"""Plans of households with their tasks; reasons of departments and people stand encrypted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shouwang.store import Aggregate, Database, Index

from services.assistance.store.migrations import (
    plan_with_answered_measures,
    plan_with_former_numbers,
    plan_with_reasons,
)

PAGE = 500


class PlansStore:
    """One plan a case; a task is found by its id, a silent department's plans by its code."""

    plans: Any
    contacts: Any
    merged: Any
    corrected_cases: Any

    def open_plans(self, db: Database) -> None:
        """Declare the repositories of plans, and of what is known beside them: who follows a household, who
        took which one in, which inclusions were found wrong.
        """
        self.merged = db.repository("merged_households", kind="merged_household")
        self.corrected_cases = db.repository("corrected_cases", kind="corrected_case")
        self.contacts = db.repository("contacts", kind="contact")
        self.plans = db.repository(
            "plans",
            kind="plan",
            schema_version=4,
            encrypted=[
                *("unknown", "proposals", "decisions", "evaluations", "baseline", "lacks_will"),
                *("tasks.*.changes", "tasks.*.objections"),
            ],
            indexes=[
                Index("region", "state.status"),
                Index("state.household"),
                Index("state.before"),
                Index("state.task_ids"),
                Index("state.silent"),
                Index("state.status"),
                Index("state.orphaned_by"),
                Index("state.contact"),
                Index("state.tasks.disputed.on"),
            ],
            migrations={1: plan_with_reasons, 2: plan_with_answered_measures, 3: plan_with_former_numbers},
        )

    def contact_of(self, household: str) -> str | None:
        """Return who follows a household, None when nobody was named."""
        agg = self.contacts.get_or_none(household)
        return str(agg.state["person"]) if agg is not None else None

    def lives_in(self, household: str) -> str:
        """Return the household in which the people of a number live now: itself, or who took them in."""
        seen = [household]
        while (agg := self.merged.get_or_none(seen[-1])) is not None and agg.state["to"] not in (None, *seen):
            seen.append(str(agg.state["to"]))
        return seen[-1]

    def plan_of_task(self, task: str) -> Aggregate | None:
        """Return the plan that holds a task."""
        found: Aggregate | None = self.plans.find_one(where={"state.task_ids": task})
        return found

    def plans_of(self, household: str) -> list[Aggregate]:
        """Return every plan of a household, those too that came with people whom it took in."""
        found: list[Aggregate] = self.plans.find({"state.household": household})
        return found

    def plans_ever_of(self, household: str) -> list[Aggregate]:
        """Return every plan that is or was of a household's number, wherever its people live now."""
        before: list[Aggregate] = self.plans.find({"state.before": household})
        found = {agg.id: agg for agg in (*self.plans_of(household), *before)}
        return list(found.values())

    def running_plans(self, region: str | None = None) -> Iterator[Aggregate]:
        """Yield every plan that still has something to deliver, page by page."""
        yield from self._pages({"state.status": "running"}, region)

    def plans_that_owe(self, region: str | None = None) -> Iterator[Aggregate]:
        """Yield the running plans, and those that ended with something disputed."""
        yield from self.running_plans(region)
        yield from self._pages({"state.status": "ended", "state.tasks.disputed.on": {"$gt": ""}}, region)

    def plans_waiting_for(self, department: str) -> Iterator[Aggregate]:
        """Yield the plans in which a department was silent."""
        yield from self._pages({"state.silent": department}, None)

    def plans_orphaned_by(self, department: str) -> list[Aggregate]:
        """Return the plans in which a department that left has open tasks."""
        return list(self._pages({"state.orphaned_by": department}, None))

    def open_plans_anywhere(self, after: str | None = None) -> Iterator[Aggregate]:
        """Yield every plan that was not ended, page by page, those behind the plan `after`."""
        yield from self._pages({"state.status": {"$ne": "ended"}}, None, after)

    def plans_in(self, region: str) -> Iterator[Aggregate]:
        """Yield every plan of a region."""
        yield from self._pages(None, region)

    def plans_of_contact(self, contact: str) -> Iterator[Aggregate]:
        """Yield the plans of the households that a contact person follows."""
        yield from self._pages({"state.contact": contact}, None)

    def _pages(
        self, where: dict[str, Any] | None, region: str | None, after: str | None = None
    ) -> Iterator[Aggregate]:
        while page := self.plans.find(where, region=region, after=after, limit=PAGE):
            yield from page
            after = page[-1].id
