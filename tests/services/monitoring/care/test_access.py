"""Who may call what, against the table written by hand; and that every call stays within its region."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML
from shouwang.access import roles
from shouwang.service import COUNTY_WIDE, entry_points

from services.monitoring.entries.care import Care

TABLE = YAML(typ="safe").load(Path(__file__).parent / "tables" / "access.yaml")
LETTERS = {
    "V": {roles.VILLAGE_CADRE, roles.VILLAGE_TEAM, roles.VILLAGE_COMMITTEE},
    "T": {roles.TOWN_OFFICER, roles.TOWN_PARTY_SECRETARY, roles.TOWN_HEAD},
    "C": {roles.COUNTY_OFFICER},
    "L": {roles.COUNTY_LEADING_GROUP},
    "A": {roles.AUDITOR},
    "P": {roles.CONTACT_PERSON},
    "D": {roles.DEPARTMENT_OFFICER},
    "H": {roles.HOUSEHOLD},
    "S": {roles.SERVICE},
}
CALLS = {entry.name: entry for entry in entry_points(Care) if entry.kind == "call"}


def test_every_call_stands_in_the_table():
    assert set(TABLE) == set(CALLS)


@pytest.mark.parametrize("name", sorted(CALLS))
def test_exactly_those_of_the_table_may_call(name):
    assert set(CALLS[name].who) == set().union(*(LETTERS[letter] for letter in TABLE[name]))
    assert CALLS[name].where is not COUNTY_WIDE
