"""What a plugin names that is kept elsewhere: numbers of the register, indicators, what an asker tells.

Rules and indicators have their master in the suite (docs/rules.yaml, monitoring's reports); a department has
only the SDK, so they stand here once more, and tests/guards/test_known.py holds them equal.
"""

from __future__ import annotations

from typing import Final

MONITORING, ASSISTANCE = "monitoring", "assistance"
"""The core services that a department deals with."""

_COUNTS: Final = {
    **{"M": 15, "S": 10, "I": 7, "R": 6, "D": 7, "A": 14, "P": 8, "Q": 4, "X": 14, "N": 3, "K": 5},
}
RULE_NUMBERS: Final = tuple(
    f"{letter}-{number:02d}" for letter, count in _COUNTS.items() for number in range(1, count + 1)
)
"""Numbers of the register of rules: "A-01" and so on."""

INDICATORS: Final[dict[str, str]] = {
    "relapsed_persons": "人",
    "compulsory_education_rate": "%",
    "medical_insurance_rate": "%",
    "safe_housing_rate": "%",
    "safe_water_rate": "%",
    "minimum_living_standard_rise": "%",
    "rural_income_growth": "%",
    "regional_gdp_growth": "%",
    "leading_agricultural_firms": "家",
    "doctors_per_thousand": "人",
    "towns_on_class_three_roads": "%",
    "villages_with_parcel_service": "%",
    "sanitary_toilets": "%",
    "town_sewage_coverage": "%",
    "rural_sewage_treatment": "%",
    "village_collective_income": "万元",
    "monitored_minimum_living": "人",
    "monitored_destitute": "人",
    "monitored_uninsured": "人",
    "monitored_disabled": "人",
    "monitored_housing_unsafe": "户",
    "monitored_school_dropout": "户",
    "monitored_water_unsafe": "户",
}
"""Indicators that a department may report (K-01), with the unit of their values."""

TOLD_OF_PERSON: Final = ("birth", "sex", "labour", "student", "medical_insurance", "disability")
"""What assistance tells of a person besides `ref` and `groups`, for `person.get(…)`."""

VALUES_TOLD: Final = {"labour": ("ordinary", "skilled", "lost", "none", "weak")}
"""The words that `person.get("labour", …)` may answer (A14)."""

TOLD_WITH_INCOME: Final[dict[str, tuple[str, ...]]] = {
    "person": ("stable_income",),
    "household": ("size", "income_per_head_fen", "workers"),
}
"""What is told besides to a department that is asked about the safety net (decision 0204)."""

NOT_YET_TOLD: Final[dict[str, tuple[str, ...]]] = {
    "person": ("supporters",),
    "household": ("employed_since",),
}
"""What measures ask for and no field of the registry tells: their answer is unknown."""


def told_of(root: str) -> list[str]:
    """Return the names that `person.get(…)` or `household.get(…)` may ask for."""
    told = TOLD_OF_PERSON if root == "person" else ()
    return [*told, *TOLD_WITH_INCOME[root], *NOT_YET_TOLD[root]]
