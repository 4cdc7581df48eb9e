"""Durable events: the same on RabbitMQ and in one process."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from shouwang.errors import Refused
from shouwang.messaging import Relay, envelope, topology

from tests.shared.messaging.kit import MemoryOutbox, Suite, Witness, again, event, unique
from tests.shared.messaging.services import Flaky, listener, memory


def number_of(witness: Witness) -> Callable[[dict[str, Any]], None]:
    return lambda received: witness.note(received["data"]["number"])


def test_an_event_arrives_with_its_envelope(
    suite: Suite, source: str, outbox: MemoryOutbox, relay: Relay
) -> None:
    heard = Witness()
    suite.run(listener(unique("ear"), source, "case.opened", heard.note, delays_ms=None))
    saved = event("case.opened", number=7, version=3)
    outbox.save("C1", saved)
    (received,) = heard.wait_count(1)
    assert received["id"] == saved.id
    assert received["source"] == f"/shouwang/{source}"
    assert received["type"] == f"shouwang.{source}.case.opened"
    assert (received["subject"], received["sequence"], received["region"]) == ("C1", 3, "430426")
    assert (received["businessdate"], received["data"]) == ("2021-06-01", {"number": 7})
    assert envelope.actor_of(received) == {"id": "officer-1"}
    outbox.witness.wait_count(1)
    assert outbox.sent == [saved.id]


def test_every_subscriber_gets_it_once(suite: Suite, source: str, outbox: MemoryOutbox, relay: Relay) -> None:
    one, two, other = Witness(), Witness(), Witness()
    suite.run(
        listener(unique("ear"), source, "case.opened", number_of(one)),
        listener(unique("ear"), "*", "case.opened", number_of(two)),
        listener(unique("ear"), source, "case.closed", number_of(other)),
    )
    for number in range(20):
        outbox.save(f"C{number}", event("case.opened", number))
    assert sorted(one.wait_count(20)) == list(range(20))
    assert sorted(two.wait_count(20)) == list(range(20))
    assert other.seen == []


def test_replicas_share_the_work(suite: Suite, source: str, outbox: MemoryOutbox, relay: Relay) -> None:
    heard, name = Witness(), unique("ear")
    suite.run(*(listener(name, source, "case.opened", number_of(heard)) for _ in range(2)))
    for number in range(20):
        outbox.save(f"C{number}", event("case.opened", number))
    outbox.witness.wait_count(20)
    assert sorted(heard.wait_count(20)) == list(range(20))


@pytest.mark.parametrize("error", [RuntimeError("no table"), Refused("资料未到", code="procedure.missing")])
def test_a_failed_event_comes_again_after_a_while(
    suite: Suite, source: str, outbox: MemoryOutbox, relay: Relay, error: Exception
) -> None:
    flaky = Flaky(2, error)
    suite.run(listener(unique("ear"), source, "case.opened", flaky, delays_ms=(40, 80)))
    started = time.monotonic()
    outbox.save("C1", event("case.opened", 1))
    flaky.done.wait_count(1)
    assert flaky.attempts.seen == [1, 1, 1]
    assert time.monotonic() - started >= 0.12


def test_others_do_not_wait_for_one_that_is_retried(
    suite: Suite, source: str, outbox: MemoryOutbox, relay: Relay
) -> None:
    flaky = Flaky(1)
    suite.run(listener(unique("ear"), source, "case.opened", flaky, delays_ms=(300,)))
    outbox.save("C1", event("case.opened", 1))
    flaky.attempts.wait_count(1)
    flaky.times = 0
    outbox.save("C2", event("case.opened", 2))
    assert flaky.done.wait_count(2) == [2, 1]


def test_duplicates_have_one_effect(suite: Suite, source: str, outbox: MemoryOutbox, relay: Relay) -> None:
    heard, name = Witness(), unique("ear")
    suite.run(listener(name, source, "case.opened", number_of(heard), inbox=memory()))
    first = event("case.opened", 1)
    outbox.save("C1", first)
    heard.wait_count(1)
    outbox.witness.wait_count(1)
    outbox.save("C1", *again([first]))
    outbox.save("C2", event("case.opened", 2))
    outbox.witness.wait_count(3)
    assert heard.wait_for(lambda seen: 2 in seen) == [1, 2]


def test_an_inbox_out_of_reach_loses_nothing(
    suite: Suite, source: str, outbox: MemoryOutbox, relay: Relay
) -> None:
    class Failing(type(memory())):  # type: ignore[misc]
        calls = 0

        def seen(self, handler: str, event_id: str) -> bool:
            type(self).calls += 1
            if self.calls == 1:
                raise ConnectionError("store away")
            return super().seen(handler, event_id)

    heard = Witness()
    suite.run(listener(unique("ear"), source, "case.opened", number_of(heard), inbox=Failing()))
    outbox.save("C1", event("case.opened", 1))
    assert heard.wait_count(1) == [1]


def test_reordered_events_are_told_apart_by_their_sequence(
    suite: Suite, source: str, outbox: MemoryOutbox, relay: Relay
) -> None:
    state, done = {"version": 0, "number": 0}, Witness()
    stumbled: list[int] = []

    def keep_newest(received: dict[str, Any]) -> None:
        if received["sequence"] == 1 and not stumbled:
            stumbled.append(1)
            raise RuntimeError("let the next one overtake")
        if received["sequence"] > state["version"]:
            state.update(version=received["sequence"], number=received["data"]["number"])
        done.note(received["sequence"])

    suite.run(listener(unique("ear"), source, "case.changed", keep_newest))
    outbox.save("C1", event("case.changed", 10, version=1), event("case.changed", 20, version=2))
    assert done.wait_count(2) == [2, 1]
    assert state == {"version": 2, "number": 20}


def test_an_event_for_nobody_is_counted_and_sent(
    suite: Suite, source: str, outbox: MemoryOutbox, relay: Relay
) -> None:
    from prometheus_client import REGISTRY

    outbox.save("C1", event("case.opened", 1))
    outbox.witness.wait_count(1)
    assert REGISTRY.get_sample_value("shouwang_bus_events_unrouted_total", {"service": source}) == 1
    assert REGISTRY.get_sample_value("shouwang_bus_events_published_total", {"service": source}) == 1


def test_the_worker_knows_event_attempt_and_request(
    suite: Suite, source: str, outbox: MemoryOutbox, relay: Relay
) -> None:
    from nameko.extensions import DependencyProvider
    from shouwang.messaging import on_event

    told = Witness()

    class ContextData(DependencyProvider):
        def get_dependency(self, worker_ctx: Any) -> dict[str, Any]:
            return dict(worker_ctx.data)

    class Ear:
        name = unique("ear")
        data = ContextData()

        @on_event(source, "case.opened", delays_ms=(40,))
        def hear(self, envelope: dict[str, Any]) -> None:
            told.note((self.data["attempt"], self.data["event_id"], self.data["request_id"]))
            if self.data["attempt"] == 0:
                raise RuntimeError

    suite.run(Ear)
    saved = event("case.opened", 1)
    outbox.save("C1", saved)
    name = topology.event_queue_name(Ear.name, "hear")
    assert told.wait_count(2) == [
        (0, saved.id, f"{name}:{saved.id}"),
        (1, saved.id, f"{name}:{saved.id}"),
    ]
