"""The truth beside the data: planted events, false friends, dirty rows, and what should become of each."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from deploy.synth.calendar import Calendar
from deploy.synth.economy import net_of, reference_of
from deploy.synth.households import Household
from deploy.synth.stories import COURSES, FALSE_EXPECTED, MISSED, STATES, Story

CORRECTED_AFTER_DAYS = 12
HEALTH_INSURANCE, CIVIL_AFFAIRS = "department:health_insurance", "department:civil_affairs"
SUDDEN, EX_POOR, MARGINAL = "sudden_hardship", "unstable_ex_poor", "marginal"
UNINSURED = ("uninsured", "insured_elsewhere")
_SUDDEN_SHAPES = ("bill", "crash")
REMOVALS: dict[str, tuple[str, str]] = {
    "recovered": ("removed", ""),
    "between": ("special_review", "between_the_floor_and_the_line"),
    "thin": ("refused", "below_the_floor"),
    "relapsing": ("refused", "income_unstable"),
    "unable": ("refused", "no_working_ability"),
}
"""Course → (what should become of the proposal, why)."""


class Truth:
    """Gathers the truth while the county is written."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self.events: list[dict[str, Any]] = []
        self.false_friends: list[dict[str, Any]] = []
        self.dirty_rows: list[dict[str, Any]] = []
        self.blanks: list[dict[str, Any]] = []
        self.deaths: list[dict[str, str]] = []

    def household(self, household: Household) -> None:
        """Note what was planted in a household."""
        self.deaths += [
            {"household": household.key, "person": ref, "on": day.isoformat()}
            for day, ref in household.deaths
        ]
        if household.story is None:
            return
        planted = self._event(household) if household.story.real else self._friend(household)
        (self.events if household.story.real else self.false_friends).append(planted)

    def dirty(
        self, file: str, row: int, column: str, kind: str, households: list[str], *, corrected: bool = False
    ) -> None:
        """Note a dirty row: the file, its row as a spreadsheet counts, and whom it holds up."""
        day = self._calendar.opens_on + timedelta(days=CORRECTED_AFTER_DAYS)
        self.dirty_rows.append(
            {
                "file": file,
                "row": row,
                "column": column,
                "kind": kind,
                "households": households,
                "corrected_on": day.isoformat() if corrected else None,
            }
        )

    def blank(self, file: str, row: int, column: str, household: str) -> None:
        """Note a cell left blank: unknown, no error."""
        self.blanks.append({"file": file, "row": row, "column": column, "household": household})

    def whole(self, head: dict[str, Any]) -> dict[str, Any]:
        """Return everything, with counts; `head` says which county it is the truth of."""
        return {
            **head,
            "counts": self._counts(),
            "reasons": MISSED,
            "courses": COURSES,
            "events": self.events,
            "false_friends": self.false_friends,
            "dirty_rows": self.dirty_rows,
            "blanks": self.blanks,
            "deaths": self.deaths,
        }

    def _counts(self) -> dict[str, Any]:
        return {
            "planted": len(self.events),
            "expected_identified": sum(event["expected"] == "identified" for event in self.events),
            "expected_missed": sum(event["expected"] == "missed" for event in self.events),
            "false_friends": len(self.false_friends),
            "dirty_rows": len(self.dirty_rows),
            "blanks": len(self.blanks),
            "deaths": len(self.deaths),
            "by_kind": dict(sorted(Counter(event["kind"] for event in self.events).items())),
            "dirty_by_kind": dict(sorted(Counter(row["kind"] for row in self.dirty_rows).items())),
        }

    def _event(self, household: Household) -> dict[str, Any]:
        story = _story(household)
        return {
            **self._planted(household, story),
            "risks": sorted({spell.what for spell in household.risks}),
            "states": [STATES[story.kind]] if story.kind in STATES else [],
            "category": _category(household, story),
            "severity": self._severity(household),
            "real_risk": True,
            "detectable_by": _channels(story, household),
            "reason": story.missed or None,
            "why": MISSED.get(story.missed),
            "expected": "identified" if story.found else "missed",
            "course": story.course if household.fate and household.fate.proposed else "lasting",
            "removal": self._removal(household, story),
        }

    def _planted(self, household: Household, story: Story) -> dict[str, Any]:
        assert household.event_on is not None and household.fate is not None
        return {
            "id": f"E-{household.key}",
            "household": household.key,
            "village": household.village.code,
            "number": household.number,
            "kind": story.kind,
            "on": household.event_on.isoformat(),
            "knowable_from": self._calendar.first(household.fate.found).isoformat(),
            "found_on": household.found_on.isoformat() if household.found_on else None,
            "objection": story.objection or None,
        }

    def _severity(self, household: Household) -> dict[str, int]:
        """Yuan per head in the twelve months before it was knowable: net (A34) and reference (A38)."""
        assert household.fate is not None
        at = min(household.fate.found, self._calendar.end)
        size = household.size(self._calendar.first(min(at, self._calendar.end - 1)))
        return {
            "net_per_head": round(net_of(household.flows, at) / size),
            "reference_per_head": round(reference_of(household.flows, at) / size),
        }

    def _removal(self, household: Household, story: Story) -> dict[str, Any] | None:
        day = proposed_on(household, self._calendar)
        if day is None:
            return None
        expected, why = REMOVALS[story.course]
        return {"proposed_on": day.isoformat(), "expected": expected, "reason": why or None}

    def _friend(self, household: Household) -> dict[str, Any]:
        story = _story(household)
        looks_like, expected, why = FALSE_EXPECTED[story.kind]
        return {
            **self._planted(household, story),
            "looks_like": looks_like,
            "real_risk": False,
            "hidden": story.hidden or None,
            "severity": self._severity(household),
            "seen_by": _channels(story, household),
            "expected": expected,
            "why": why,
        }


def proposed_on(household: Household, calendar: Calendar) -> date | None:
    """Return the day on which the village proposes removal, None when it does not."""
    if household.fate is None or household.fate.proposed is None:
        return None
    return calendar.day(household.fate.proposed, 1 + household.index % 5)


def _story(household: Household) -> Story:
    assert household.story is not None
    return household.story


def _category(household: Household, story: Story) -> str:
    if story.shape in _SUDDEN_SHAPES:
        return SUDDEN
    return EX_POOR if household.kind == "脱贫户" else MARGINAL


def _channels(story: Story, household: Household) -> list[str]:
    """Every channel through which it comes to light; none for what must be missed."""
    if story.missed:
        return []
    named = {"department": [], "civil_affairs": [CIVIL_AFFAIRS]}
    found = named.get(story.channel, [str(story.channel)])
    told = story.kind in UNINSURED or any(bill.insured for bill in household.bills)
    return [*found, HEALTH_INSURANCE] if told else found
