"""From the bus to the method: who, what, where, in this order; and nothing leaves that was not asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from prometheus_client import REGISTRY
from shouwang.errors import (
    BadRequest,
    Forbidden,
    NotFound,
    Refused,
    ShouwangError,
    StaleVersion,
    Unauthenticated,
)
from shouwang.service import IncomingEvent
from shouwang.service.dispatch import ATTEMPTS, authenticate, handle_event, run_day
from shouwang.service.runtime import Runtime
from shouwang.testing import actor, service_actor

from tests.shared.service.kit import ISSUER, FakeCaller, call, runtime
from tests.shared.service.toys import Counter, Watcher

VILLAGE = "430426100001"
CADRE, OFFICER = actor("village_cadre"), actor("county_officer")


@pytest.fixture
def watcher() -> Iterator[Runtime]:
    yield runtime(Watcher, caller=FakeCaller({"count": 3, "days": [], "actors": []}))


def test_an_allowed_call_gets_what_its_schema_returns(watcher: Runtime) -> None:
    answer = call(watcher, "report", CADRE, {"request_id": "r1"}, region=VILLAGE)
    assert answer == {"id": "C-r1", "region": VILLAGE, "seen": 0}


def test_the_actor_and_request_stand_in_the_history(watcher: Runtime) -> None:
    call(watcher, "report", CADRE, {"request_id": "r1"}, region=VILLAGE)
    line = watcher.store.clues.get("C-r1").history[0]
    assert (line["actor"], line["request_id"], line["on"]) == (CADRE.to_dict(), "r1", "2021-06-01")


def test_without_a_token_nothing_happens(watcher: Runtime) -> None:
    with pytest.raises(Unauthenticated):
        call(watcher, "report", None, region=VILLAGE)
    assert watcher.store.clues.count() == 0


def test_the_role_is_checked_before_the_request_is_read(watcher: Runtime) -> None:
    with pytest.raises(Forbidden) as caught:
        call(watcher, "report", OFFICER, nonsense=1)
    assert caught.value.code == "access.wrong_role"


def test_the_request_is_checked_before_the_place(watcher: Runtime) -> None:
    with pytest.raises(BadRequest) as caught:
        call(watcher, "report", CADRE, region="430424100001", nonsense=1)
    assert caught.value.where == "watcher.report"


def test_another_place_is_refused_by_field_and_by_resolver(watcher: Runtime) -> None:
    call(watcher, "report", CADRE, {"request_id": "r1"}, region=VILLAGE)
    elsewhere = actor("village_cadre", region="430426100002")
    with pytest.raises(Forbidden) as by_field:
        call(watcher, "report", elsewhere, region=VILLAGE)
    with pytest.raises(Forbidden) as by_resolver:
        call(watcher, "look", elsewhere, id="C-r1")
    assert {by_field.value.code, by_resolver.value.code} == {"access.wrong_region"}
    assert call(watcher, "look", CADRE, id="C-r1")["region"] == VILLAGE


def test_a_resolver_that_finds_nothing_says_so(watcher: Runtime) -> None:
    with pytest.raises(NotFound):
        call(watcher, "look", CADRE, id="C-none")


def test_an_empty_region_is_refused(watcher: Runtime) -> None:
    with pytest.raises(BadRequest) as caught:
        call(watcher, "report", CADRE, region="")
    assert caught.value.code == "request.no_region"


def test_expected_errors_pass_with_their_reasons(watcher: Runtime) -> None:
    with pytest.raises(Refused) as caught:
        call(watcher, "refuse", OFFICER)
    assert caught.value.reasons[0]["message"] == "缺申请书"


def test_an_unexpected_exception_leaves_without_its_text(watcher: Runtime) -> None:
    with pytest.raises(ShouwangError) as caught:
        call(watcher, "break_down", OFFICER)
    told = str(caught.value.to_dict()) + str(watcher.log.lines)
    assert caught.value.code == "internal" and "ValueError" in told
    assert "430426199001011234" not in told and "must not be told" not in told
    assert caught.value.__cause__ is None


def test_calls_to_others_carry_the_services_token_and_for_whom(watcher: Runtime) -> None:
    call(watcher, "ask_counter", OFFICER, {"request_id": "r1"})
    call(watcher, "ask_counter", OFFICER, {"request_id": "r1"})
    call(watcher, "ask_counter", OFFICER, {"request_id": "r2"})
    assert isinstance(watcher.caller, FakeCaller)
    carried = [carried for _, _, _, carried in watcher.caller.calls]
    assert watcher.verifier.verify(carried[0]["token"]) == service_actor("watcher")
    assert carried[0]["on_behalf_of"] == OFFICER.id
    first, again, other = (one["request_id"] for one in carried)
    assert first == again != other


def test_only_a_service_may_say_for_whom_it_calls(watcher: Runtime) -> None:
    call(watcher, "report", CADRE, {"request_id": "r1", "on_behalf_of": "mayor"}, region=VILLAGE)
    assert watcher.store.clues.get("C-r1").history[0]["actor"]["on_behalf_of"] is None
    counter = runtime(Counter)
    assert authenticate(counter, carried_by("watcher", "u9")).on_behalf_of == "u9"


def carried_by(service: str, for_whom: str) -> dict[str, Any]:
    return {"token": ISSUER.issue(service_actor(service), 60), "on_behalf_of": for_whom}


def event(data: dict[str, Any], id: str = "e1") -> IncomingEvent:
    return IncomingEvent(
        id, "watcher", "clue.opened", "C1", 1, date(2021, 6, 1), VILLAGE, CADRE.to_dict(), data
    )


def test_an_event_is_handled_as_the_service_on_behalf_of_who_caused_it() -> None:
    counter = runtime(Counter, caller=FakeCaller())
    handle_event(counter, counter.entries["count_clue"], event({"clue": "C1"}), {}, counter.caller)
    line = counter.store.tallies.get("all").history[0]
    assert (line["actor"]["id"], line["actor"]["on_behalf_of"]) == ("service:counter", CADRE.id)
    assert line["request_id"] == "counter.count_clue:e1"


def test_an_event_that_does_not_fit_its_schema_is_refused() -> None:
    counter = runtime(Counter, caller=FakeCaller())
    with pytest.raises(BadRequest) as caught:
        handle_event(counter, counter.entries["count_clue"], event({"klue": "C1"}), {})
    assert caught.value.where == "watcher/clue.opened"


def test_a_day_is_run_as_of_that_day_whatever_the_clock_says() -> None:
    counter = runtime(Counter)
    run_day(counter, counter.entries["day_passed"], date(2021, 5, 30))
    line = counter.store.tallies.get("all").history[0]
    assert (line["on"], line["request_id"]) == ("2021-05-30", "counter.day_passed:2021-05-30")


def count_of(outcome: str) -> float:
    labels = {"service": "watcher", "entrypoint": "refuse", "kind": "rpc", "outcome": outcome}
    return REGISTRY.get_sample_value("shouwang_entrypoint_total", labels) or 0.0


def test_every_outcome_is_counted(watcher: Runtime) -> None:
    before = count_of("refused")
    with pytest.raises(Refused):
        call(watcher, "refuse", OFFICER)
    assert count_of("refused") == before + 1


def racing(made: Runtime, monkeypatch: pytest.MonkeyPatch, losses: int) -> list[int]:
    """Let the first saves of the watcher lose against somebody else."""
    tried: list[int] = []
    save = made.store.clues.save

    def lose(agg: Any) -> Any:
        tried.append(1)
        if len(tried) <= losses:
            raise StaleVersion("somebody was faster")
        return save(agg)

    monkeypatch.setattr(made.store.clues, "save", lose)
    return tried


def test_who_loses_a_race_decides_again_on_what_stands(
    watcher: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = racing(watcher, monkeypatch, 2)
    assert call(watcher, "report", CADRE, {"request_id": "r1"}, region=VILLAGE)["id"] == "C-r1"
    assert len(tried) == 3


def test_who_keeps_losing_is_told(watcher: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = racing(watcher, monkeypatch, 99)
    with pytest.raises(StaleVersion):
        call(watcher, "report", CADRE, {"request_id": "r1"}, region=VILLAGE)
    assert len(tried) == ATTEMPTS


def test_a_repeated_attempt_asks_others_under_the_same_request_id(watcher: Runtime) -> None:
    answers = [StaleVersion("x"), {"count": 1, "days": [], "actors": []}]
    assert isinstance(watcher.caller, FakeCaller)

    class Racing(FakeCaller):
        def carrying(self, **context: Any) -> Racing:
            return Racing(None, {**self.carried, **context}, self.calls)

        def call(self, service: str, method: str, /, **args: Any) -> Any:
            super().call(service, method, **args)
            answer = answers[len(self.calls) - 1]
            if isinstance(answer, StaleVersion):
                raise answer
            return answer

    watcher.caller = Racing()
    assert call(watcher, "ask_counter", OFFICER, {"request_id": "r1"})["count"] == 1
    first, second = (carried["request_id"] for _, _, _, carried in watcher.caller.calls)
    assert first == second
