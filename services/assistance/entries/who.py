"""Who may call: the groups of roles that entry points name."""

from __future__ import annotations

from typing import Final

from shouwang.access import roles

VILLAGE: Final = [roles.VILLAGE_CADRE, roles.VILLAGE_TEAM, roles.VILLAGE_COMMITTEE]
TOWN: Final = [roles.TOWN_OFFICER, roles.TOWN_PARTY_SECRETARY, roles.TOWN_HEAD]
STAFF: Final = [
    *(roles.VILLAGE_CADRE, roles.VILLAGE_TEAM, roles.CONTACT_PERSON, roles.TOWN_OFFICER),
    *(roles.COUNTY_OFFICER, roles.AUDITOR),
]
WATCHERS: Final = [*VILLAGE, *TOWN, roles.CONTACT_PERSON, roles.COUNTY_OFFICER, roles.COUNTY_LEADING_GROUP]
READERS: Final = [*WATCHERS, roles.AUDITOR]
NEAR: Final = [roles.VILLAGE_CADRE, roles.VILLAGE_TEAM, roles.CONTACT_PERSON]
ORDERING: Final = [roles.TOWN_OFFICER, roles.COUNTY_OFFICER]
COUNTY: Final = [roles.COUNTY_OFFICER, roles.COUNTY_LEADING_GROUP, roles.AUDITOR]
EVERYBODY: Final = roles.PEOPLE
