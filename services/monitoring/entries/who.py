"""Who may call: the groups of roles that entry points name."""

from __future__ import annotations

from typing import Final

from shouwang.access import roles

VILLAGE: Final = [roles.VILLAGE_CADRE, roles.VILLAGE_TEAM, roles.VILLAGE_COMMITTEE]
TOWN: Final = [roles.TOWN_OFFICER, roles.TOWN_PARTY_SECRETARY, roles.TOWN_HEAD]
STAFF: Final = [*VILLAGE, *TOWN, roles.COUNTY_OFFICER]
WATCHERS: Final = [*STAFF, roles.CONTACT_PERSON, roles.AUDITOR, roles.COUNTY_LEADING_GROUP]
AND_HOUSEHOLD: Final = [*WATCHERS, roles.HOUSEHOLD]
REPORTERS: Final = [*STAFF, roles.HOUSEHOLD, roles.CONTACT_PERSON, roles.HOTLINE, roles.DEPARTMENT_OFFICER]
ASKING: Final = [*STAFF, roles.HOUSEHOLD, roles.HOTLINE]
COLLECTORS: Final = [roles.VILLAGE_CADRE, roles.TOWN_OFFICER, roles.COUNTY_OFFICER]
ORDERING: Final = [*TOWN, roles.COUNTY_OFFICER]
EVERYBODY: Final = roles.PEOPLE
