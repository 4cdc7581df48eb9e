"""Who sees and confirms what in assistance: a household its own, a department its own."""

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import Forbidden
from shouwang.store import Entry
from shouwang.testing import actor, context

from services.assistance.domain import task
from services.assistance.handlers import working
from services.assistance.service import Assistance

HOME = "430426100001-0001"
MEASURE = {
    "department": "health_insurance",
    "measure": "A45-03",
    "title": "医疗救助",
    "amount_fen": 90_000,
    "evidence": ["审批表"],
    "risks": ["illness"],
}
OFFICER = actor(roles.DEPARTMENT_OFFICER, org="health_insurance")
STRANGER = actor(roles.DEPARTMENT_OFFICER, org="civil_affairs")


@pytest.fixture
def ctx():
    made = context(Assistance, today=date(2021, 9, 1))
    one = task.assign("t1", MEASURE, "sealed", date(2021, 8, 20), 30)
    state = {"household": HOME, "case": "c", "kind": "single", "risks": ["illness"], "status": "running"}
    state |= {"made_on": "2021-08-20", "tasks": [one], "task_ids": ["t1"]}
    state |= {"uncovered": [], "unknown": [], "silent": []}
    agg = made.store.plans.new("p1", region="430426100001", state=state)
    agg.record(Entry("plan.made", made.actor.to_dict(), made.today))
    made.store.plans.save(agg)
    return made


def asked(ctx, department=None):
    return working.open_tasks(ctx, {"region": "430426", "department": department})


@pytest.mark.rule("A-09")
def test_a_department_sees_its_own_tasks_only(ctx):
    ctx.actor = OFFICER
    assert [one["id"] for one in asked(ctx)] == ["t1"]
    assert working.task(ctx, {"task": "t1"})["persons"] == "sealed"
    ctx.actor = STRANGER
    assert asked(ctx) == []
    for refused in (lambda: asked(ctx, "health_insurance"), lambda: working.task(ctx, {"task": "t1"})):
        with pytest.raises(Forbidden) as error:
            refused()
        assert error.value.code == "access.not_own_department"


@pytest.mark.rule("A-09")
def test_a_household_confirms_its_own_measures_only(ctx):
    ctx.actor = actor(roles.HOUSEHOLD, org="430426100001-0002")
    with pytest.raises(Forbidden) as error:
        working.confirm_measure(ctx, {"task": "t1"})
    assert error.value.code == "access.not_own_household"
