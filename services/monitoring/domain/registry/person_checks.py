"""Cross-checks within one person: ability against age and card (M-04), school, work, health (M-02)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

State = Mapping[str, Any]

NOT_A_STUDENT: Final = "not_a_student"
AT_HOME: Final = "not_away"
EXEMPT_CATEGORIES: Final = (4, 5, 6)
"""肢体、智力、精神: of grade one and two without ability in principle; all others can work (A14)."""
EXEMPT_GRADE: Final = 2


def labour(member: State, years: int, work_from: int, work_to: int) -> Iterator[str]:
    """Yield what contradicts A14 by age; exactly at 16 and at 60 both readings pass."""
    ability = member["labour"]
    if years < work_from and ability not in (None, "none"):
        yield "labour.under_age"
    if years > work_to and ability == "ordinary":
        yield "labour.over_age"
    if years > work_to and ability == "lost":
        yield "labour.lost_over_age"
    if work_from < years < work_to and ability == "none" and not _at_school(member):
        yield "labour.none_in_working_age"
    if work_from < years < work_to and ability == "weak" and member["health"] == "healthy":
        yield "labour.weak_though_healthy"


def _at_school(member: State) -> bool:
    return member["student"] not in (None, NOT_A_STUDENT)


def card(member: State, years: int, work_from: int, work_to: int) -> Iterator[str]:
    """Yield when a card seems to be all that makes an adult unable: the village judges, and its word is kept.

    Only up to the end of working age: who is older may be without ability for his age.
    """
    held = member["disability"]
    unable = member["labour"] in ("lost", "none")
    if held is None or not unable or not work_from <= years <= work_to:
        return
    exempt = held["category"] in EXEMPT_CATEGORIES and held["grade"] <= EXEMPT_GRADE
    if not exempt and not judged(member):
        yield "labour.card_alone"


def judged(member: State) -> bool:
    """Whether the village has judged the ability that stands now (who, when, at which meeting)."""
    judgement = member.get("judgement")
    return judgement is not None and judgement["labour"] == member["labour"]


def school(member: State, years: int, students: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    """Yield when somebody of this age is hardly in that year of school."""
    youngest, oldest = students.get(member["student"], (0, years))
    if not youngest <= years <= oldest:
        yield "student.age"


def work(member: State) -> Iterator[str]:
    """Yield what contradicts itself between where and how long a person worked, and school."""
    months, area = member["work_months"], member["work_area"]
    if months not in (None, "0") and area == AT_HOME:
        yield "work.months_without_area"
    if months == "0" and area not in (None, AT_HOME):
        yield "work.area_without_months"
    if months not in (None, "0") and _at_school(member):
        yield "work.student"


def health(member: State) -> Iterator[str]:
    """Yield what contradicts itself between health and disability certificate."""
    if member["health"] == "disabled" and member["disability"] is None:
        yield "health.disabled_without_card"
    if member["health"] == "healthy" and member["disability"] is not None:
        yield "health.card_though_healthy"


def insurance(member: State) -> Iterator[str]:
    """Yield what contradicts itself between insurances and benefits."""
    if member["serious_illness_insurance"] and member["medical_insurance"] is False:
        yield "insurance.serious_without_basic"
    if member["minimum_living"] and member["destitute"]:
        yield "benefits.destitute_and_minimum"


def pension(member: State, years: int, work_from: int) -> Iterator[str]:
    """Yield when somebody pays into the pension insurance before the age at which one may (sixteen too)."""
    if years < work_from and member["pension_insurance"]:
        yield "insurance.pension_under_age"
