"""What is paid in several sums counts sum by sum, each once (A-09, decision 0254)."""

from datetime import date

import pytest

from tests.services.assistance.county import HOME, proposal

RELIEF = proposal("A48-03", "illness", fen=5_000_00)


@pytest.mark.rule("A-09")
def test_two_equal_sums_of_a_day_are_two_parts_and_each_counts_once(county):
    county.department("civil_affairs", RELIEF)
    task = county.include("illness")["tasks"][0]
    for part in (1, 1, 2, 1, 2):
        county.deliver(task, 2_500_00, part=part)
    (done,) = county.plan()["tasks"]
    assert (done["status"], done["delivered"]["amount_fen"]) == ("delivered", 5_000_00)
    assert [one["fen"] for one in county.events("measure.paid")] == [2_500_00, 2_500_00]
    assert len({one["payment"] for one in county.events("measure.paid")}) == 2


@pytest.mark.rule("A-09")
def test_a_payment_is_judged_by_the_figures_under_which_its_task_was_given_also_when_told_late(county):
    county.department("civil_affairs", RELIEF)
    task = county.include("illness")["tasks"][0]
    county.today = date(2026, 1, 5)
    county.deliver(task, 5_000_00, on=date(2025, 12, 20))
    assert [(one["fen"], one["on"]) for one in county.events("measure.paid")] == [(5_000_00, "2025-12-20")]


@pytest.mark.rule("A-09")
def test_what_was_delivered_before_parts_had_numbers_is_a_first_part(county):
    county.department("civil_affairs", RELIEF)
    task = county.include("illness")["tasks"][0]
    county.deliver(task, 2_500_00)
    (agg,) = county.store.plans_of(HOME)
    for one in agg.state["tasks"][0]["parts"]:
        del one["part"]
    county.save(county.store.plans, agg)
    county.deliver(task, 2_500_00)
    assert len(county.events("measure.paid")) == 1
    county.deliver(task, 2_500_00, part=2)
    assert county.plan()["tasks"][0]["status"] == "delivered"
