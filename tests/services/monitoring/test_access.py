"""Who may take which step where, against the tables written by hand; and who may call what at all."""

from pathlib import Path

import pytest
from shouwang.access import roles
from shouwang.service import COUNTY_WIDE, entry_points
from shouwang.service.loading import load_engine, load_policy
from shouwang.testing.procedures import check_access

from services.monitoring.service import Monitoring

TABLES = Path(__file__).parent / "proceedings" / "tables"


@pytest.mark.rule("I-01", "I-02", "I-03", "I-04", "I-05", "R-03")
@pytest.mark.parametrize("procedure", ["identification", "removal"])
def test_every_role_may_take_exactly_the_steps_of_the_table(procedure):
    engine = load_engine(Monitoring, load_policy(Monitoring))
    check_access(engine, procedure, TABLES / f"{procedure}.yaml")


def test_only_harmless_calls_concern_no_place():
    """Everything else is refused outside the caller's region."""
    wide = {one.name for one in entry_points(Monitoring) if one.kind == "call" and one.where is COUNTY_WIDE}
    assert wide == {"public_key", "person", "forms"}  # `person` checks the region of whom it finds


def test_only_the_county_asks_for_comparison_and_only_services_for_persons():
    who = {one.name: set(one.who) for one in entry_points(Monitoring)}
    assert who["request_comparison"] == {roles.COUNTY_OFFICER}
    assert who["persons_for"] == {roles.SERVICE}
    assert roles.HOUSEHOLD not in who["at_risk_households"] | who["clues"] | who["cases"]
