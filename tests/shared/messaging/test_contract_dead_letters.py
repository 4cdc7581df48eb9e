"""Events that nobody could handle: dead letters, the same on RabbitMQ and in one process."""

from typing import Any

import eventlet
import pytest
from shouwang.errors import NotFound, Refused, ShouwangError
from shouwang.messaging import DeadLetters, Relay, envelope
from shouwang.messaging.publisher import Outgoing, Publisher

from tests.shared.messaging.kit import MemoryOutbox, Suite, Witness, event, unique, wait_until
from tests.shared.messaging.services import Flaky, listener


def raw(suite: Suite, queue: str, body: bytes) -> None:
    publisher = Publisher(suite.amqp_uri)
    assert publisher.publish(Outgoing("", queue, body, mandatory=True))
    publisher.close()


def test_after_the_last_attempt_it_is_a_dead_letter_without_data(
    suite: Suite, source: str, outbox: MemoryOutbox, relay: Relay, dead_letters: DeadLetters
) -> None:
    flaky, name = Flaky(99), unique("ear")
    suite.run(listener(name, source, "case.opened", flaky))
    saved = event("case.opened", 1)
    outbox.save("C1", saved)
    letter = _wait_for_letters(dead_letters, f"{name}.hear", 1)[0]
    assert flaky.attempts.seen == [1, 1, 1]
    assert (letter.id, letter.subject, letter.attempts, letter.redriven) == (saved.id, "C1", 3, 0)
    assert (letter.reason, letter.error) == ("unexpected", "RuntimeError")
    assert "19900101" not in repr(letter) + repr(dead_letters.show(letter.queue, letter.id))
    assert dead_letters.show(letter.queue, letter.id, with_data=True)["data"] == {"number": 1}
    assert saved.id in [each.id for each in dead_letters.list()]


def test_a_refusal_dies_with_its_reason(
    suite: Suite, source: str, outbox: MemoryOutbox, relay: Relay, dead_letters: DeadLetters
) -> None:
    flaky, name = Flaky(99, Refused("公示未满", code="procedure.gate_shut")), unique("ear")
    suite.run(listener(name, source, "case.opened", flaky, delays_ms=()))
    outbox.save("C1", event("case.opened", 1))
    letter = _wait_for_letters(dead_letters, f"{name}.hear", 1)[0]
    assert (letter.reason, letter.error) == ("procedure.gate_shut", "公示未满")


def test_redriven_letters_get_a_fresh_start(
    suite: Suite, source: str, outbox: MemoryOutbox, relay: Relay, dead_letters: DeadLetters
) -> None:
    flaky, name = Flaky(2), unique("ear")
    suite.run(listener(name, source, "case.opened", flaky, delays_ms=(40,)))
    first, second = event("case.opened", 1), event("case.opened", 2)
    outbox.save("C1", first)
    outbox.save("C2", second)
    _wait_for_letters(dead_letters, f"{name}.hear", 2)
    assert dead_letters.redrive(f"{name}.hear", second.id) == 1
    assert flaky.done.wait_count(1) == [2]
    assert [each.id for each in dead_letters.list(f"{name}.hear")] == [first.id]
    assert dead_letters.redrive(f"{name}.hear") == 1
    assert flaky.done.wait_count(2) == [2, 1]
    assert dead_letters.list(f"{name}.hear") == []


def test_a_redriven_letter_that_fails_again_is_retried_and_dies_again(
    suite: Suite, source: str, outbox: MemoryOutbox, relay: Relay, dead_letters: DeadLetters
) -> None:
    flaky, name = Flaky(99), unique("ear")
    suite.run(listener(name, source, "case.opened", flaky, delays_ms=(40,)))
    outbox.save("C1", event("case.opened", 1))
    _wait_for_letters(dead_letters, f"{name}.hear", 1)
    dead_letters.redrive(f"{name}.hear")
    flaky.attempts.wait_count(4)
    letter = _wait_for_letters(dead_letters, f"{name}.hear", 1)[0]
    assert (letter.redriven, letter.attempts) == (1, 2)


def test_a_dropped_letter_leaves_its_reason_and_no_data(
    suite: Suite, source: str, outbox: MemoryOutbox, relay: Relay, dead_letters: DeadLetters
) -> None:
    name = unique("ear")
    suite.run(listener(name, source, "case.opened", Flaky(99), delays_ms=()))
    saved = event("case.opened", 20260)
    outbox.save("C1", saved)
    _wait_for_letters(dead_letters, f"{name}.hear", 1)
    dead_letters.drop(f"{name}.hear", saved.id, reason="重复导入", by="officer-7")
    assert dead_letters.list(f"{name}.hear") == []
    (record,) = [each for each in dead_letters.dropped() if each.letter.id == saved.id]
    assert (record.reason, record.by, record.letter.queue) == ("重复导入", "officer-7", f"{name}.hear")
    assert record.letter.subject == "C1"
    assert "20260" not in repr(record)


def test_what_is_not_there_is_named(suite: Suite, source: str, dead_letters: DeadLetters) -> None:
    name = unique("ear")
    suite.run(listener(name, source, "case.opened", Witness().note))
    for problem, action in [
        ("bus.no_such_queue", lambda: dead_letters.list(unique("nowhere"))),
        ("bus.no_such_dead_letter", lambda: dead_letters.show(f"{name}.hear", "1")),
        ("bus.no_such_dead_letter", lambda: dead_letters.redrive(f"{name}.hear", "1")),
        ("bus.no_such_dead_letter", lambda: dead_letters.drop(f"{name}.hear", "1", reason="a", by="b")),
        ("bus.reason_missing", lambda: dead_letters.drop(f"{name}.hear", "1", reason=" ", by="b")),
        ("bus.queue_missing", lambda: dead_letters.redrive(id="1")),
    ]:
        with pytest.raises(ShouwangError) as caught:
            action()
        assert (caught.value.code, bool(caught.value.remedy)) == (problem, True)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"\xff\xfe not text", "bus.not_json"),
        (b"{not json", "bus.not_json"),
        (b'"text"', "bus.not_an_envelope"),
        (b'{"specversion": "1.0", "id": "x"}', "bus.not_an_envelope"),
    ],
)
def test_poison_goes_to_the_dead_letters_at_once(
    suite: Suite, source: str, dead_letters: DeadLetters, body: bytes, reason: str
) -> None:
    heard, name = Witness(), unique("ear")
    suite.run(listener(name, source, "case.opened", heard.note, delays_ms=(60_000,)))
    raw(suite, f"{name}.hear", body)
    letter = _wait_for_letters(dead_letters, f"{name}.hear", 1)[0]
    assert letter.reason == reason
    assert heard.seen == []
    assert _shown(dead_letters, letter) != {}


def _shown(dead_letters: DeadLetters, letter: Any) -> Any:
    """Show a letter; one that was only looked at is back in its queue a moment later."""
    for _ in range(100):
        try:
            return dead_letters.show(letter.queue, letter.id, with_data=True)
        except NotFound:
            eventlet.sleep(0.05)
    raise AssertionError("the letter did not come back")


def test_what_an_old_binding_brings_is_not_handled(
    suite: Suite, source: str, dead_letters: DeadLetters
) -> None:
    heard, name = Witness(), unique("ear")
    suite.run(listener(name, source, "case.opened", heard.note))
    stray = envelope.build(source, "case.closed", "C1", {}, sequence=1, businessdate="2021-06-01")
    raw(suite, f"{name}.hear", envelope.encode(stray))
    assert _wait_for_letters(dead_letters, f"{name}.hear", 1)[0].reason == "bus.not_subscribed"
    assert heard.seen == []


def _wait_for_letters(dead_letters: DeadLetters, queue: str, count: int) -> list[Any]:
    wait_until(lambda: len(dead_letters.list(queue)) >= count)
    return dead_letters.list(queue)
