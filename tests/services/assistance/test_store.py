"""The same on a real store: every query on an index, what was said of a household unreadable in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from shouwang.clock import SimulatedClock
from shouwang.errors import Unavailable
from shouwang.store import Database, KeyRing, verify

from services.assistance.store import Store
from tests.services.assistance.county import (
    CADRE,
    CONTACT,
    COUNTY,
    HOME,
    HOUSEHOLD,
    TOWN,
    VILLAGE,
    County,
    proposal,
)

SECRET = "患有某种重病"


@pytest.fixture
def county(mongo_uri: str, database: str, tmp_path: Path) -> Iterator[County]:
    """A county on a real store."""
    keys = KeyRing.generate(tmp_path / "keys")
    db = Database(mongo_uri, database, keys, SimulatedClock(date(2021, 8, 20)))
    store = Store(db)
    db.ensure_indexes()
    yield County(date(2021, 8, 20), store, db)
    db.close()


def raw(county: County, collection: str) -> str:
    return str(list(county._ctx.db.collection(collection).find({})))


@pytest.mark.rule("A-01", "A-09")
def test_a_plan_lives_on_a_real_store(county):
    aid = proposal("A45-03", "illness", reason=SECRET)
    county.department("health_insurance", aid)
    county.bus.answer("health_insurance", "propose_measures", Unavailable("没有答复", code="bus.timeout"))
    plan = county.include("illness", "disaster")
    assert plan["silent"] == ["health_insurance"]
    county.bus.answer("health_insurance", "propose_measures", [aid])
    county.hear("health_insurance", "heartbeat", {"code": "health_insurance"})
    county.department("civil_affairs", proposal("A48-03", "disaster", reason=SECRET))
    first, second = county.plan()["tasks"]
    county.call(TOWN, "name_contact", plan=plan["plan"], contact=CONTACT.id)
    county.deliver(first, 100_00)
    county.call(HOUSEHOLD, "object_to_measure", task=first["id"], reason=SECRET)
    county.call(TOWN, "stop_task", task=second["id"], reason=SECRET)
    county.call(CADRE, "note_will", plan=plan["plan"], lacks_will=False, reason=SECRET)
    county.today = date(2021, 10, 1)
    county.call(TOWN, "evaluate", plan=plan["plan"], quarter="2021Q3")
    county.pass_day(date(2021, 10, 2))
    assert county.plan()["tasks"][0]["orphaned_on"] == "2021-10-02"
    county.hear("health_insurance", "heartbeat", {"code": "health_insurance"})
    assert county.plan()["tasks"][0]["orphaned_on"] is None
    assert len(county.call(CONTACT, "my_tasks", contact=CONTACT.id)["tasks"]) == 1
    assert len(county.call(COUNTY, "owed", region="430426")) == 1
    assert len(county.call(COUNTY, "explain_plan", household=HOME)["reasons"]) > 3
    assert len(county.call(COUNTY, "evaluations_due", region="430426")) == 1
    stored = raw(county, "plans")
    assert HOME in stored and SECRET not in stored
    assert verify(county._ctx.db).ok


@pytest.mark.rule("A-10", "A-11", "A-12")
def test_so_do_needs_points_and_the_list(county):
    plan = county.include("disaster")
    given = {"kind": "goods", "item": "rice", "unit": "袋", "quantity": 1}
    asked = {"household": HOME, "plan": plan["plan"], "risk": "disaster", "note": SECRET, "detail": SECRET}
    need = county.call(CADRE, "register_need", **given, **asked)["need"]
    giver = {"region": VILLAGE, "giver": "张三丰", "giver_kind": "person"}
    offer = county.call(COUNTY, "register_offer", **given, **giver)["offer"]
    assert [one["offer"] for one in county.call(TOWN, "offers_for", need=need)] == [offer]
    match = county.call(TOWN, "propose_match", need=need, offer=offer, quantity=1)["match"]
    county.call(TOWN, "end_match", match=match, reason=SECRET)
    rules = {
        "village": VILLAGE,
        "year": 2021,
        "title": "积分制",
        "adopted_on": "2021-08-01",
        "minutes": "记录",
    }
    action = {"code": "clean", "title": "庭院整洁", "points": 10}
    county.call(CADRE, "adopt_point_rules", **rules, actions=[action], star_points=20)
    county.call(CADRE, "give_points", household=HOME, action="clean", reason=SECRET)
    assert len(county.call(CADRE, "honours", village=VILLAGE, year=2021)) == 1
    told = {
        "region": "430426",
        "number": 3,
        "unit": "counties",
        "state": "under_way",
        "note": SECRET,
    }
    county.call(COUNTY, "report_progress", **told)
    stored = "".join(
        raw(county, one) for one in ("needs", "offers", "matches", "point_accounts", "reported_tasks")
    )
    assert SECRET not in stored and "张三丰" not in stored


@pytest.mark.rule("A-09", "D-01", "K-03")
def test_a_plan_that_follows_its_people_and_a_sum_taken_back_stand_whole_on_a_real_store(county):
    county.department("civil_affairs", proposal("A48-03", "illness", fen=100_00))
    task = county.include("illness")["tasks"][0]
    county.deliver(task, 40_00)
    county.deliver(task, 60_00, part=2)
    county.call(TOWN, "withdraw_payment", task=task["id"], number=2, reason="returned", note=SECRET)
    new = "430426100002-0007"
    gone = {"household": HOME, "region": HOME[:12], "registered": False, "kinds": ["merge"], "moved_to": new}
    for _ in range(2):
        county.hear("monitoring", "household.changed", gone, event_id="gone")
    (plan,) = county.call(COUNTY, "plans", region=new[:12])
    assert (plan["household"], plan["tasks"][0]["status"]) == (new, "part_delivered")
    assert [one.id for one in county.store.plans_ever_of(HOME)] == [plan["plan"]]
    removed = {"household": HOME, "case": f"{HOME}-R1", "region": HOME[:12]}
    for _ in range(2):
        county.hear("monitoring", "household.removed", removed, event_id="removed")
    assert county.store.plans.get(plan["plan"]).state["status"] == "ended"
    assert SECRET not in raw(county, "plans")
    assert verify(county._ctx.db).ok
