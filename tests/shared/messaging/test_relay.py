"""The relay: from the outbox to the bus, at least once, and on the embedded bus until it is handled."""

import threading
import time
from contextlib import suppress
from typing import Any

import eventlet
import pytest
from prometheus_client import REGISTRY
from shouwang.errors import Tampered, Unavailable
from shouwang.messaging import DeadLetters, Relay, wait_quiet

from tests.shared.messaging.kit import SECONDS, MemoryOutbox, Suite, Witness, event, unique
from tests.shared.messaging.services import Flaky, listener

NOWHERE = "amqp://guest:guest@127.0.0.1:1//"


def test_a_save_wakes_the_relay(suite: Suite) -> None:
    outbox = MemoryOutbox()
    relay = Relay("source", outbox, suite.amqp_uri, poll_seconds=60)
    relay.start()
    relay.wait_idle(SECONDS)
    started = time.monotonic()
    outbox.save("C1", event("case.opened"))
    outbox.witness.wait_count(1)
    assert time.monotonic() - started < 5
    relay.stop()


def test_without_a_signal_it_looks_by_itself(suite: Suite) -> None:
    outbox = MemoryOutbox()
    relay = Relay("source", outbox, suite.amqp_uri, poll_seconds=0.05)
    relay.start()
    outbox.waiting["C1"] = [event("case.opened")]
    outbox.witness.wait_count(1)
    relay.stop()


def test_events_of_one_aggregate_keep_their_order(suite: Suite) -> None:
    source, outbox, heard = unique("source"), MemoryOutbox(), Witness()
    suite.run(listener(unique("ear"), source, "case.changed", lambda e: heard.note(e["data"]["number"])))
    outbox.save("C1", *(event("case.changed", number) for number in range(50)))
    relay = Relay(source, outbox, suite.amqp_uri)
    assert relay.pump() == 50
    assert heard.wait_count(50) == list(range(50))
    while relay.pump():
        pass
    assert outbox.waiting["C1"] == []
    relay.stop()


def test_a_batch_is_a_number_of_aggregates(suite: Suite) -> None:
    outbox = MemoryOutbox()
    for number in range(5):
        outbox.save(f"C{number}", event("case.opened"), event("case.closed"))
    relay = Relay(unique("source"), outbox, suite.amqp_uri, batch=2)
    assert relay.pump() == 4
    relay.stop()


def test_no_broker_loses_nothing_and_is_told() -> None:
    outbox = MemoryOutbox()
    saved = event("case.opened")
    outbox.save("C1", saved)
    relay = Relay("source", outbox, NOWHERE, poll_seconds=0.01)
    with pytest.raises(Unavailable) as caught:
        relay.pump()
    assert caught.value.code == "bus.unreachable"
    assert "AMQP_URI" in caught.value.remedy
    assert outbox.waiting["C1"] == [saved]


def shown(metric: str, service: str) -> float | None:
    return REGISTRY.get_sample_value(f"shouwang_bus_{metric}", {"service": service})


def test_a_relay_in_trouble_goes_on_and_says_so(embedded_suite: Suite) -> None:
    class Stumbling(MemoryOutbox):
        def pending(self, limit: int = 500, skip: Any = ()) -> Any:
            if broken.is_set():
                raise ConnectionError("430426199001011234")
            return super().pending(limit, skip)

    broken, outbox = threading.Event(), Stumbling()
    broken.set()
    relay = Relay(source := unique("source"), outbox, embedded_suite.amqp_uri, poll_seconds=0.01)
    assert shown("events_published_total", source) == 0, "an alert compares with it from the start"
    relay.start()
    outbox.waiting["C1"] = [event("case.opened")]
    with suppress(ConnectionError):
        relay.wait_idle(0.05)
    assert (relay.trouble, shown("relay_failing", source)) == ("ConnectionError", 1)
    broken.clear()
    outbox.witness.wait_count(1)
    relay.wait_idle(SECONDS)
    assert (relay.trouble, shown("relay_failing", source)) == (None, 0)
    relay.stop()


def test_embedded_an_event_is_sent_when_every_handler_is_done(embedded_suite: Suite) -> None:
    source, outbox, go_on, begun = unique("source"), MemoryOutbox(), threading.Event(), Witness()

    def slowly(envelope: dict[str, Any]) -> None:
        begun.note(envelope["id"])
        go_on.wait(SECONDS)

    quick = Witness()
    embedded_suite.run(
        listener(unique("ear"), source, "case.opened", quick.note),
        listener(unique("ear"), source, "case.opened", slowly),
    )
    relay = Relay(source, outbox, embedded_suite.amqp_uri)
    relay.start()
    saved = event("case.opened")
    outbox.save("C1", saved)
    begun.wait_count(1)
    quick.wait_count(1)
    assert outbox.sent == []
    with pytest.raises(Unavailable):
        wait_quiet(embedded_suite.amqp_uri, [relay], 0.05)
    go_on.set()
    wait_quiet(embedded_suite.amqp_uri, [relay], SECONDS)
    assert outbox.sent == [saved.id]
    relay.stop()


def test_embedded_retries_count_as_unsent(embedded_suite: Suite) -> None:
    source, outbox, flaky = unique("source"), MemoryOutbox(), Flaky(2)
    embedded_suite.run(listener(unique("ear"), source, "case.opened", flaky))
    relay = Relay(source, outbox, embedded_suite.amqp_uri)
    relay.start()
    outbox.save("C1", event("case.opened"))
    flaky.attempts.wait_count(2)
    assert outbox.sent == []
    wait_quiet(embedded_suite.amqp_uri, [relay], SECONDS)
    assert len(outbox.sent) == 1
    assert flaky.done.seen == [1]
    relay.stop()


def test_embedded_a_dead_event_stays_in_the_outbox_until_it_is_redriven(embedded_suite: Suite) -> None:
    source, outbox, flaky, name = unique("source"), MemoryOutbox(), Flaky(1), unique("ear")
    embedded_suite.run(listener(name, source, "case.opened", flaky, delays_ms=()))
    relay = Relay(source, outbox, embedded_suite.amqp_uri)
    relay.start()
    dead, good = event("case.opened", 1), event("case.opened", 2)
    outbox.save("C1", dead)
    wait_quiet(embedded_suite.amqp_uri, [relay], SECONDS)
    flaky.times = 0
    outbox.save("C1", good)
    wait_quiet(embedded_suite.amqp_uri, [relay], SECONDS)
    assert flaky.done.seen == [2], "what stands behind a dead event is not held up"
    assert outbox.sent == [], "but only the first events of an aggregate can be marked"
    assert DeadLetters(embedded_suite.amqp_uri).redrive() == 1
    wait_quiet(embedded_suite.amqp_uri, [relay], SECONDS)
    assert flaky.done.seen == [2, 1]
    assert outbox.sent == [dead.id, good.id]
    relay.stop()


def test_embedded_a_slow_event_does_not_hold_up_later_ones_of_its_aggregate(embedded_suite: Suite) -> None:
    source, outbox, flaky = unique("source"), MemoryOutbox(), Flaky(1)
    embedded_suite.run(listener(unique("ear"), source, "case.opened", flaky, delays_ms=(3_000,)))
    relay = Relay(source, outbox, embedded_suite.amqp_uri, poll_seconds=0.2)
    relay.start()
    outbox.save("C1", event("case.opened", 1))
    flaky.attempts.wait_count(1)
    flaky.times = 0
    outbox.save("C1", event("case.opened", 2))
    assert flaky.done.wait_count(1, 2.5) == [2]
    wait_quiet(embedded_suite.amqp_uri, [relay], SECONDS)
    assert (flaky.done.seen, len(outbox.sent)) == ([2, 1], 2)
    relay.stop()


def test_embedded_a_burst_is_not_read_over_and_over(embedded_suite: Suite) -> None:
    class Counting(MemoryOutbox):
        read = 0

        def pending(self, limit: int = 500, skip: Any = ()) -> Any:
            found = super().pending(limit, skip)
            self.read += len(found)
            return found

    source, outbox, heard = unique("source"), Counting(), Witness()
    embedded_suite.run(listener(unique("ear"), source, "case.opened", lambda e: heard.note(e["id"])))
    for number in range(400):
        outbox.save(f"C{number}", event("case.opened", number))
    relay = Relay(source, outbox, embedded_suite.amqp_uri, batch=50)
    relay.start()
    wait_quiet(embedded_suite.amqp_uri, [relay], SECONDS)
    assert len(heard.seen) == len(set(heard.seen)) == len(outbox.sent) == 400
    assert outbox.read < 800
    relay.stop()


def test_altered_events_stay_and_the_others_leave(suite: Suite) -> None:
    class Altered(MemoryOutbox):
        def pending(self, limit: int = 500, skip: Any = ()) -> Any:
            found = super().pending(limit, skip)
            if any(each.aggregate_id == "C1" for each in found):
                raise Tampered("待发事件被改动", details={"collection": "cases", "id": "C1"})
            return found

    outbox, good = Altered(), event("case.opened", 2)
    outbox.save("C1", event("case.opened", 1))
    outbox.save("C2", good)
    relay = Relay(unique("source"), outbox, suite.amqp_uri)
    while relay.pump():
        pass
    assert outbox.sent == [good.id]
    assert relay.trouble == "store.outbox_altered"
    relay.stop()


def test_embedded_what_a_round_has_read_but_not_yet_published_is_not_idle(embedded_suite: Suite) -> None:
    """The store tells each reader only what is new since the last one read."""

    class Slow(MemoryOutbox):
        def pending(self, limit: int = 500, skip: Any = ()) -> Any:
            if self.reading.seen:
                return []
            found = super().pending(limit, skip)
            if found:
                self.reading.note("now")
                go_on.wait(SECONDS)
            return found

        reading = Witness()

    go_on, outbox, source, heard = threading.Event(), Slow(), unique("source"), Witness()
    embedded_suite.run(listener(unique("ear"), source, "case.opened", heard.note))
    relay = Relay(source, outbox, embedded_suite.amqp_uri)
    relay.start()
    outbox.save("C1", event("case.opened"))
    outbox.reading.wait_count(1)
    assert not relay.idle()
    go_on.set()
    wait_quiet(embedded_suite.amqp_uri, [relay], SECONDS)
    assert len(heard.seen) == 1
    relay.stop()


def test_quiet_means_the_whole_chain_is_done(embedded_suite: Suite) -> None:
    """One event leads to the next, in another service, ten times over."""
    outbox, heard, source = MemoryOutbox(), Witness(), unique("source")
    relay = Relay(source, outbox, embedded_suite.amqp_uri)

    def next_one(envelope: dict[str, Any]) -> None:
        number = envelope["data"]["number"]
        eventlet.sleep(0.005)
        heard.note(number)
        if number < 10:
            outbox.save(f"C{number}", event("step", number + 1))

    embedded_suite.run(listener(unique("ear"), source, "step", next_one))
    relay.start()
    outbox.save("C0", event("step", 1))
    wait_quiet(embedded_suite.amqp_uri, [relay], SECONDS)
    assert heard.seen == list(range(1, 11))
    relay.stop()
