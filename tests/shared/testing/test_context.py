"""The context of a test: the service's own store on fakes, its own policy, a bus that answers as told."""

from __future__ import annotations

from datetime import date

import pytest
from shouwang.access import roles
from shouwang.errors import Conflict, NotFound, Unavailable
from shouwang.identity import parse_id
from shouwang.testing import FakeBus, FakeClock, actor, context, household, service_actor

from tests.shared.service.toys import Watcher


def test_the_services_own_store_runs_on_the_fake_database() -> None:
    ctx = context(Watcher, actor=actor(roles.VILLAGE_CADRE), request_id="r1")
    answer = Watcher(ctx).report({"region": "430426100001", "note": ""})
    assert ctx.store.clues.get(answer["id"]).remembered("r1") == answer
    assert ctx.db.events == [
        {
            "type": "clue.opened",
            "data": {"clue": "C-r1"},
            "subject": "C-r1",
            "region": "430426100001",
            "sequence": 1,
        }
    ]


def test_the_same_request_twice_is_seen() -> None:
    ctx = context(Watcher, request_id="r1")
    Watcher(ctx).report({"region": "430426100001"})
    clue = ctx.store.clues.get("C-r1")
    with pytest.raises(Conflict):
        ctx.save(ctx.store.clues, clue, "reported")


def test_two_contexts_share_nothing() -> None:
    Watcher(context(Watcher, request_id="r1")).report({"region": "430426100001"})
    with pytest.raises(NotFound):
        context(Watcher).store.clues.get("C-r1")


def test_the_bus_keeps_calls_and_answers_as_told() -> None:
    bus = FakeBus()
    bus.answer("notify", "notice_of", lambda id: {"id": id})
    bus.answer("notify", "notice", NotFound("没有"))
    ctx = context(Watcher, bus=bus)
    assert ctx.bus.call("notify", "notice_of", id="N1") == {"id": "N1"}
    with pytest.raises(NotFound):
        ctx.bus.call("notify", "notice")
    with pytest.raises(Unavailable):
        ctx.bus.call("notify", "never_told")
    assert bus.called("notify", "notice_of") == [{"id": "N1"}]


def test_reads_and_log_lines_are_kept() -> None:
    ctx = context(Watcher)
    ctx.reads.record(ctx.actor.to_dict(), "H1", "核查", ctx.today)
    ctx.log.info("seen", clue="C1")
    assert ctx.reads.of_subject("H1")[0]["purpose"] == "核查"
    assert ctx.log.lines == [("info", "seen", {"clue": "C1"})]


def test_the_clock_stands_until_it_is_moved() -> None:
    clock = FakeClock(date(2021, 6, 1))
    clock.advance_to(date(2021, 6, 2))
    assert clock.today() == date(2021, 6, 2)
    assert context(Watcher, today=date(2021, 9, 1)).today == date(2021, 9, 1)


@pytest.mark.parametrize("role", sorted(roles.ROLES))
def test_there_is_an_actor_of_each_role_at_its_level(role: str) -> None:
    who = actor(role)
    assert who.roles == (role,) and who.level == roles.USUAL_LEVEL[role]
    assert len(who.region) == {"household": 12, "village": 12, "town": 9}.get(who.level, 6)


def test_the_actor_of_a_service_is_the_one_it_calls_with() -> None:
    from shouwang.service.keyfiles import service_actor as real

    assert service_actor("notify") == real("notify", "430426")


def test_made_up_people_have_right_numbers_that_nobody_can_have() -> None:
    members = [member for number in range(1, 40) for member in household(number, size=6)["members"]]
    numbers = [member["id_number"] for member in members]
    assert len(set(numbers)) == len(numbers)
    for member in members:
        parsed = parse_id(member["id_number"])
        assert (parsed.birth.isoformat(), parsed.sex) == (member["birth"], member["sex"])
        assert member["id_number"].startswith("990000")
