"""Several calls at the same time: each with a request id of its own, none waited for beyond the limit."""

import threading
from dataclasses import dataclass, field
from typing import Any

import pytest
from shouwang.access import roles
from shouwang.errors import Refused, Unavailable
from shouwang.service.bus import Ask, ServiceBus
from shouwang.testing import actor


@dataclass
class Wire:
    """A caller: every department waits until all were asked; `answers` says what each then does."""

    answers: dict[str, Any]
    limit: float = 10.0
    context: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, str, float]] = field(default_factory=list)
    together: threading.Barrier | None = None

    def carrying(self, **context: Any) -> "Wire":
        return Wire(self.answers, self.limit, context, self.asked, self.together)

    def within(self, seconds: float) -> "Wire":
        return Wire(self.answers, seconds, self.context, self.asked, self.together)

    def call(self, service: str, method: str, /, **args: Any) -> Any:
        self.asked.append((service, self.context["request_id"], self.limit))
        if self.together is not None:
            self.together.wait(5)
        answer = self.answers[service]
        if isinstance(answer, BaseException):
            raise answer
        return answer


def bus(wire: Wire) -> ServiceBus:
    return ServiceBus(wire, lambda: "token", actor(roles.COUNTY_OFFICER), "r1")


def asks(*services: str) -> list[Ask]:
    return [Ask(one, "propose_measures", {"household": "h"}) for one in services]


def test_all_are_asked_before_the_first_answers():
    silent = Unavailable("没有答复", code="bus.timeout")
    wire = Wire({"a": [1], "b": silent, "c": Refused("不行")}, together=threading.Barrier(3))
    first, second, third = bus(wire).call_all(asks("a", "b", "c"), within=2.5)
    assert first == [1]
    assert second is silent
    assert isinstance(third, Refused)
    assert {limit for _, _, limit in wire.asked} == {2.5}


def test_the_same_request_asks_with_the_same_request_ids():
    wires = [Wire({"a": 1, "b": 2}) for _ in range(2)]
    for wire in wires:
        bus(wire).call_all(asks("a", "b", "a"), within=1)
    first, second = (sorted(one[:2] for one in wire.asked) for wire in wires)
    assert first == second
    assert len({id for _, id in first}) == 3


def test_a_fault_of_ours_is_not_taken_for_silence():
    with pytest.raises(RuntimeError):
        bus(Wire({"a": ZeroDivisionError()})).call_all(asks("a"), within=1)
