"""The ages of the policy, as the cross-checks take them."""

from __future__ import annotations

from typing import Any, Final

from shouwang.policy import View

from services.monitoring.domain.registry.findings import Limits

SCHOOLS: Final = {
    "preschool": ("preschool_age", "kindergarten"),
    "primary": ("primary",),
    "junior": ("grade_7", "grade_8", "grade_9"),
    "senior": ("senior_1", "senior_2", "senior_3", "vocational_1", "vocational_2", "vocational_3"),
    "tertiary": (
        *("college_1", "college_2", "college_3", "technician_1", "technician_2", "technician_3"),
        *("technician_4", "bachelor_1", "bachelor_2", "bachelor_3", "bachelor_4", "bachelor_5", "graduate"),
    ),
}


def limits_of(view: View) -> Limits:
    """Return the ages that hold on the day of a policy view; one past its time is unknown (K-05)."""
    return Limits(_ages(view, "working_age"), _ages(view, "compulsory_school"), _students(view))


def _ages(view: View, name: str) -> Any:
    """Return both ends of an age; None when one of them is unknown."""
    ends = (view.find(f"{name}_from").value, view.find(f"{name}_to").value)
    return None if None in ends else ends


def _students(view: View) -> dict[str, tuple[int, int]]:
    bounds = {}
    for school, statuses in SCHOOLS.items():
        ends = _ages(view, f"student_age.{school}")
        if ends is not None:
            bounds |= dict.fromkeys(statuses, ends)
    return bounds
