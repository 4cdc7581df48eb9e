"""The roles and levels of the county, as names with their Chinese titles.

A role says what a person does in a procedure (湘委乡振组发〔2021〕1号 二(二)、二(三)); a level says from
which part of the administration they act. Both stand in the token; neither is looked up anywhere else.
"""

from __future__ import annotations

from typing import Final

HOUSEHOLD: Final = "household"
VILLAGE_CADRE: Final = "village_cadre"
VILLAGE_TEAM: Final = "village_team"
VILLAGE_MEETING: Final = "village_meeting"
VILLAGE_COMMITTEE: Final = "village_committee"
TOWN_OFFICER: Final = "town_officer"
TOWN_PARTY_SECRETARY: Final = "town_party_secretary"
TOWN_HEAD: Final = "town_head"
COUNTY_OFFICER: Final = "county_officer"
COUNTY_LEADING_GROUP: Final = "county_leading_group"
COUNTY_FINANCE: Final = "county_finance"
COUNTY_INDUSTRY: Final = "county_industry"
DEPARTMENT_OFFICER: Final = "department_officer"
CONTACT_PERSON: Final = "contact_person"
HOTLINE: Final = "hotline"
AUDITOR: Final = "auditor"
PLATFORM: Final = "platform"
SERVICE: Final = "service"

TITLES: Final[dict[str, str]] = {
    HOUSEHOLD: "农户",
    VILLAGE_CADRE: "村干部",
    VILLAGE_TEAM: "驻村工作队",
    VILLAGE_MEETING: "村民代表评议会",
    VILLAGE_COMMITTEE: "村民委员会",
    TOWN_OFFICER: "乡镇干部",
    TOWN_PARTY_SECRETARY: "乡镇党委书记",
    TOWN_HEAD: "乡镇长",
    COUNTY_OFFICER: "县级干部",
    COUNTY_LEADING_GROUP: "县委实施乡村振兴战略领导小组",
    COUNTY_FINANCE: "县财政部门",
    COUNTY_INDUSTRY: "县行业主管部门",
    DEPARTMENT_OFFICER: "部门干部",
    CONTACT_PERSON: "帮扶联系人",
    HOTLINE: "12317 热线",
    AUDITOR: "审计人员",
    PLATFORM: "平台管理员",
    SERVICE: "系统服务",
}

LEVEL_TITLES: Final[dict[str, str]] = {
    "household": "户",
    "village": "村",
    "town": "乡镇",
    "county": "县",
    "department": "部门",
    "service": "系统",
    "platform": "平台",
}

USUAL_LEVEL: Final[dict[str, str]] = {
    HOUSEHOLD: "household",
    VILLAGE_CADRE: "village",
    VILLAGE_TEAM: "village",
    VILLAGE_MEETING: "village",
    VILLAGE_COMMITTEE: "village",
    CONTACT_PERSON: "village",
    TOWN_OFFICER: "town",
    TOWN_PARTY_SECRETARY: "town",
    TOWN_HEAD: "town",
    COUNTY_OFFICER: "county",
    COUNTY_LEADING_GROUP: "county",
    COUNTY_FINANCE: "county",
    COUNTY_INDUSTRY: "county",
    HOTLINE: "county",
    AUDITOR: "county",
    DEPARTMENT_OFFICER: "department",
    PLATFORM: "platform",
    SERVICE: "service",
}
"""The level from which a role usually acts (a contact person may also come from the county)."""

ROLES: Final = frozenset(TITLES)
PEOPLE: Final = sorted(ROLES - {SERVICE})
"""Everybody but the services, which an entry point names one by one (`callers`)."""
LEVELS: Final = frozenset(LEVEL_TITLES)


def role_title(role: str) -> str:
    """Return the Chinese title of a role; KeyError when there is no such role."""
    return TITLES[role]


def level_title(level: str) -> str:
    """Return the Chinese title of a level; KeyError when there is no such level."""
    return LEVEL_TITLES[level]
