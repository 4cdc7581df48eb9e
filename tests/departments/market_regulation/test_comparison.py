"""What the register of enterprises says of a person: what stands, what he leads, with what capital."""

from datetime import date

import pytest
from shouwang.department.expressions import Duck
from shouwang.department.plugin import Plugin

from services.assistance.departments import market_regulation
from tests.departments.office import OTHER, plugin_of, told

FACT = "registered_enterprises"
OWN = {
    "entity": "E1",
    "role": "owner",
    "status": "active",
    "capital": 5_000_000,
    "founded_on": date(2019, 1, 1),
}
SHARE = {"entity": "E2", "role": "shareholder", "status": "abnormal", "founded_on": date(2020, 1, 1)}


@pytest.fixture(scope="module")
def plugin() -> Plugin:
    return plugin_of(market_regulation)


@pytest.mark.rule("I-07")
def test_an_entity_with_two_roles_counts_once_and_a_member_has_none(plugin: Plugin, duck: Duck) -> None:
    rows = [OWN, OWN | {"role": "shareholder"}, SHARE, SHARE | {"entity": "E3", "role": "member"}]
    found = told(plugin, duck, FACT, registered_entities=[*rows, OWN | {"person": OTHER, "entity": "E9"}])
    assert found == {
        "enterprises": 2,
        "leads": 1,
        "abnormal": 1,
        "capital": 5_000_000,
        "newest_on": date(2020, 1, 1),
    }


@pytest.mark.rule("I-07")
def test_what_closed_or_was_revoked_does_not_stand(plugin: Plugin, duck: Duck) -> None:
    rows = [OWN | {"status": "closed"}, OWN | {"entity": "E4", "status": "revoked"}]
    assert told(plugin, duck, FACT, registered_entities=rows)["enterprises"] == 0


@pytest.mark.rule("I-07")
def test_the_capital_is_unknown_while_one_led_entity_has_none(plugin: Plugin, duck: Duck) -> None:
    rows = [OWN, OWN | {"entity": "E5", "role": "legal_person", "capital": None}]
    found = told(plugin, duck, FACT, registered_entities=rows)
    assert (found["leads"], found["capital"]) == (2, None)
