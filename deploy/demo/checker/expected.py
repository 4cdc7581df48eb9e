"""What each step must look like, written by hand from the documents, not from the procedures' files.

湘委乡振组发〔2021〕1号 二(二)2 and 二(三)2; 湘委乡振组办发〔2021〕1号 三; 湘振局联〔2021〕5号 二(六); 湘扶办联〔2021〕2号 九.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Expected:
    """level: who acts. people: how many take part besides papers. signed: functions that must have signed.

    apart: steps whose people must not act here. papers: what must be on the table.
    """

    levels: frozenset[str]
    people: int = 0
    signed: frozenset[str] = frozenset()
    apart: tuple[str, ...] = ()
    papers: frozenset[str] = frozenset()


def _step(
    levels: str, people: int = 0, signed: str = "", apart: tuple[str, ...] = (), papers: str = ""
) -> Expected:
    words = (frozenset(text.split()) for text in (levels, signed, papers))
    level, signatures, named = words
    return Expected(level, people, signatures, apart, named)


LEADERS = "town_party_secretary town_head"
MEETING = "village_team village_committee village_meeting"
FORWARD = {"pass", "submit", "propose", "include", "remove", "enter", "file"}

STEPS: dict[str, dict[str, Expected]] = {
    "identification": {
        "application": _step("village household", signed="household", papers="application_and_authorisation"),
        "household_check": _step("town", 2, apart=("application",), papers="information_record"),
        "village_appraisal": _step("village", signed=MEETING, papers="meeting_record"),
        "town_review": _step("town", signed=LEADERS, papers="identification_approval"),
        "county_decision": _step("county"),
    },
    "removal": {
        "proposal": _step("village"),
        "household_check": _step("town", 2, "household", ("proposal",), "measures_record removal_assessment"),
        "village_appraisal": _step("village", signed=MEETING, papers="meeting_record"),
        "town_review": _step("town", signed=LEADERS, papers="removal_assessment"),
        "county_decision": _step("county"),
    },
    "project_entry": {
        "village_application": _step("village", papers="village_meeting_record"),
        "town_review": _step("town", apart=("village_application",)),
        "revitalisation_opinion": _step("county", papers="revitalisation_opinion"),
        "finance_opinion": _step("county", papers="finance_opinion"),
        "industry_opinion": _step("county", papers="feasibility_opinion"),
        "leading_group": _step("county", papers="leading_group_minutes"),
        "entry": _step("county"),
    },
    "income_distribution": {
        "village_proposal": _step("village", papers="collective_decision_record"),
        "town_review": _step("town", apart=("village_proposal",)),
        "county_filing": _step("county"),
    },
}

NOTICES: dict[str, dict[str, tuple[str, int]]] = {
    "identification": {"village_notice": ("town_review", 7)},
    "removal": {"village_notice": ("town_review", 7)},
    "project_entry": {
        "village_notice": ("town_review", 10),
        "town_notice": ("revitalisation_opinion", 10),
        "county_notice": ("entry", 10),
    },
    "income_distribution": {"plan_notice": ("town_review", 10)},
}
"""By procedure: notice step → (the step behind it, full days)."""

HOMES = {
    "identification": ("monitoring", "cases"),
    "removal": ("monitoring", "cases"),
    "project_entry": ("projects", "projects"),
    "income_distribution": ("assets", "distributions"),
}
