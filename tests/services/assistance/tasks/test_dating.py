"""A delivery bears the day of its money: none to come, of another task, or long before (0283)."""

from datetime import date

import pytest
from shouwang.errors import Refused

from tests.services.assistance.county import COUNTY, HOME, proposal
from tests.services.assistance.tasks.test_once import RELIEF

AGAIN = proposal("A48-03", "illness", fen=5_000_00, receiving=False)


def relief(county):
    county.department("civil_affairs", RELIEF)
    return county.include("illness")["tasks"][0]


@pytest.mark.rule("A-09")
@pytest.mark.parametrize("on", ["2021-08-21", "2021-07-19"])
def test_a_day_to_come_or_long_before_the_task_is_refused_with_the_day(county, on):
    task = relief(county)
    with pytest.raises(Refused) as refused:
        county.deliver(task, 5_000_00, on=on)
    assert refused.value.code == "task.wrong_delivery" and on in refused.value.message
    assert (county.events("measure.paid"), county.plan()["tasks"][0]["status"]) == ([], "assigned")


@pytest.mark.rule("A-09", "K-02")
def test_what_the_tables_could_not_show_yet_is_its_payment_and_income_of_its_own_day(county):
    task = relief(county)
    county.deliver(task, 5_000_00, on="2021-07-20")
    (paid,) = county.events("measure.paid")
    assert (paid["on"], county.plan()["tasks"][0]["status"]) == ("2021-07-20", "delivered")


@pytest.mark.rule("A-01", "A-09")
def test_one_payment_is_not_told_for_two_tasks(county):
    first = relief(county)
    county.deliver(first, 5_000_00)
    county.department("civil_affairs", AGAIN)
    county.today = date(2021, 9, 10)
    asked = {"department": "civil_affairs", "measure": "A48-03", "reason": "第二次住院，另行救助"}
    with pytest.raises(Refused):
        county.call(COUNTY, "give_again", plan=county.plan()["plan"], **asked)
    county.today = date(2021, 9, 21)
    county.call(COUNTY, "give_again", plan=county.plan()["plan"], **asked)
    second = county.plan()["tasks"][-1]
    with pytest.raises(Refused) as refused:
        county.deliver(second, 5_000_00, on="2021-08-20")
    assert refused.value.code == "task.wrong_delivery"
    county.deliver(second, 5_000_00)
    assert [one["household"] for one in county.events("measure.paid")] == [HOME, HOME]
