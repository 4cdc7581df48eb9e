"""Which services may call assistance: the account of a department is no staff."""

import pytest
from shouwang.errors import Forbidden
from shouwang.testing import context, service_actor

from services.assistance.handlers.finding import own_department_only
from services.assistance.service import Assistance
from tests.services.assistance.county import ENTRIES, HOME, County, proposal

MONITORING = {"plan", "plans", "figures", "departments"}
CALLS = {entry.name: entry for entry in ENTRIES.values() if entry.kind == "call"}


@pytest.mark.rule("A-01", "K-02")
@pytest.mark.parametrize("name", ["health_insurance", "civil_affairs", "assets", "notify", "monitoring"])
def test_a_service_calls_what_stands_here_and_nothing_else(county: County, name: str) -> None:
    caller, allowed = service_actor(name), MONITORING if name == "monitoring" else set()
    for method in sorted(CALLS.keys() - allowed):
        with pytest.raises(Forbidden) as error:
            county.call(caller, method)
        assert error.value.code == "access.wrong_service", method
    assert {one.name for one in CALLS.values() if name in one.callers} == allowed


def test_monitoring_still_reads_plans(county: County) -> None:
    county.department("civil_affairs", proposal("A48-03", "illness"))
    plan = county.include("illness")["plan"]
    (read,) = county.call(service_actor("monitoring"), "plan", household=HOME)
    assert read["plan"] == plan


def test_the_service_of_a_department_sees_its_own_tasks_only() -> None:
    ctx = context(Assistance, actor=service_actor("health_insurance"))
    own_department_only(ctx, "health_insurance")
    with pytest.raises(Forbidden) as error:
        own_department_only(ctx, "civil_affairs")
    assert error.value.code == "access.not_own_department"
