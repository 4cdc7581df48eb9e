"""What each step must look like, written by hand from the documents, not from the procedures' files.

湘委乡振组发〔2021〕1号 二(二)2 and 二(三)2; 湘委乡振组办发〔2021〕1号 三; 湘振局联〔2021〕5号 二(六);
湘扶办联〔2021〕2号 九.
"""

from __future__ import annotations

from dataclasses import dataclass

Words = frozenset[str]


@dataclass(frozen=True)
class Expected:
    """level and roles: who acts. people: how many of `among` take part besides papers.

    signed: functions that must have signed, each by a person of its own. apart: steps whose people must not
    act here. papers: what must be on the table.
    """

    levels: Words
    roles: Words
    people: int = 0
    signed: Words = frozenset()
    apart: tuple[str, ...] = ()
    papers: Words = frozenset()


def _step(
    levels: str, roles: str, people: int = 0, signed: str = "", apart: tuple[str, ...] = (), papers: str = ""
) -> Expected:
    level, role, signatures, named = (frozenset(text.split()) for text in (levels, roles, signed, papers))
    return Expected(level, role, people, signatures, apart, named)


VILLAGE = "village_cadre village_team village_committee"
TOWN = "town_officer town_party_secretary town_head"
LEADERS = "town_party_secretary town_head"
MEETING = "village_team village_committee village_meeting"
CHECKERS = frozenset(f"town_officer {VILLAGE}".split())
"""入户调查核实组：乡镇干部、驻村（包村）干部、村（居）干部."""

FORWARD = frozenset({"pass", "submit", "propose", "include", "remove", "enter", "file"})
DECIDED = FORWARD | {"refuse"}
ENDS = {
    "include": "included",
    "remove": "removed",
    "enter": "entered",
    "file": "approved",
    "refuse": "refused",
    "withdraw": "withdrawn",
    "abort": "aborted",
}
"""What an action makes of the case."""

STEPS: dict[str, dict[str, Expected]] = {
    "identification": {
        "application": _step(
            "village household",
            f"household {VILLAGE}",
            signed="household",
            papers="application_and_authorisation",
        ),
        "household_check": _step("town", TOWN, 2, apart=("application",), papers="information_record"),
        "village_appraisal": _step("village", VILLAGE, signed=MEETING, papers="meeting_record"),
        "town_review": _step("town", TOWN, signed=LEADERS, papers="identification_approval"),
        "county_decision": _step("county", "county_officer"),
    },
    "removal": {
        "proposal": _step("village", VILLAGE),
        "household_check": _step(
            "town", TOWN, 2, "household", ("proposal",), "measures_record removal_assessment"
        ),
        "village_appraisal": _step("village", VILLAGE, signed=MEETING, papers="meeting_record"),
        "town_review": _step("town", TOWN, signed=LEADERS, papers="removal_assessment"),
        "county_decision": _step("county", "county_officer"),
    },
    "project_entry": {
        "village_application": _step("village", VILLAGE, papers="village_meeting_record"),
        "town_review": _step("town", TOWN, apart=("village_application",)),
        "revitalisation_opinion": _step("county", "county_officer", papers="revitalisation_opinion"),
        "finance_opinion": _step("county", "county_finance", papers="finance_opinion"),
        "industry_opinion": _step("county", "county_industry", papers="feasibility_opinion"),
        "leading_group": _step("county", "county_leading_group", papers="leading_group_minutes"),
        "entry": _step("county", "county_officer county_leading_group"),
    },
    "income_distribution": {
        "village_proposal": _step("village", VILLAGE, papers="collective_decision_record"),
        "town_review": _step("town", TOWN, apart=("village_proposal",)),
        "county_filing": _step("county", "county_officer"),
    },
}

OPINIONS = ("revitalisation_opinion", "finance_opinion", "industry_opinion")
STAGES: dict[str, tuple[tuple[str, ...], ...]] = {
    "project_entry": (
        ("village_application",),
        ("town_review",),
        OPINIONS,
        ("leading_group",),
        ("entry",),
    ),
} | {name: tuple((step,) for step in steps) for name, steps in STEPS.items() if name != "project_entry"}
"""The order: steps of one stage in any order, stages one after another."""

IN_FORCE = {
    "identification": "2021-07-02",
    "removal": "2021-07-02",
    "project_entry": "2021-07-12",
    "income_distribution": "2021-10-25",
}
"""The day on which the document of the procedure was issued."""


@dataclass(frozen=True)
class Hanging:
    """A notice: which step asks for it, which steps wait behind it, full days, where it hangs."""

    asked_by: str
    behind: tuple[str, ...]
    days: int
    place: str = "village"


NOTICES: dict[str, dict[str, Hanging]] = {
    "identification": {"village_notice": Hanging("village_appraisal", ("town_review",), 7)},
    "removal": {"village_notice": Hanging("village_appraisal", ("town_review",), 7)},
    "project_entry": {
        "village_notice": Hanging("village_application", ("town_review",), 10),
        "town_notice": Hanging("town_review", OPINIONS, 10, "town"),
        "county_notice": Hanging("leading_group", ("entry",), 10, "county"),
    },
    "income_distribution": {"plan_notice": Hanging("village_proposal", ("town_review",), 10)},
}

HOMES = (("assets", "distributions"), ("monitoring", "cases"), ("projects", "projects"))
"""Where cases live: service, collection."""

LINE_FEN = 650_000
"""湘委乡振组发〔2021〕1号 二(一)1: 6,500 yuan a head in 2021."""
FLOOR_FEN = 500_000
"""湘委乡振组发〔2021〕1号 二(三)1: never removed below 5,000 yuan a head."""

FORBIDDEN_USES = frozenset({"cash_handout", "share_and_leave", "equal_split", "management_fee", "bonus"})
"""湘振局联〔2021〕5号 二(六); 湘扶办联〔2021〕2号 五."""

CONTENTS = (
    *("name", "category", "nature", "place", "schedule", "responsible_unit", "tasks", "funds"),
    *("beneficiaries", "targets", "linkage"),
)
"""湘委乡振组办发〔2021〕1号 二(二): what a project of the library says of itself."""
