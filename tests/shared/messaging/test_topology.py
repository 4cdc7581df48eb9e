"""Names on the bus, and what accounts may be held to."""

import pytest
from shouwang.messaging import topology


def test_where_the_key_begins_with_the_own_name_the_exchange_is_a_topic() -> None:
    """Only on topic exchanges can RabbitMQ hold an account to routing keys."""
    exchanges = [topology.events_exchange(), topology.retry_exchange(), topology.dead_exchange()]
    exchanges += [topology.delay_queue(delay).exchange for delay in topology.DELAYS_MS]
    assert {each.name for each in exchanges} == set(topology.guarded_exchanges())
    assert {each.type for each in exchanges} == {"topic"}


def test_queues_that_must_not_lose_anything_are_quorum_queues_that_dead_letter_at_least_once() -> None:
    for queue in (topology.event_queue("a.b", "c.d"), topology.delay_queue(1000)):
        arguments = queue.queue_arguments
        assert arguments["x-queue-type"] == "quorum"
        assert (arguments["x-dead-letter-strategy"], arguments["x-overflow"]) == (
            "at-least-once",
            "reject-publish",
        )


def test_calls_expire_and_never_dead_letter() -> None:
    arguments = topology.rpc_queue("a").queue_arguments
    assert arguments["x-expires"] > 0
    assert not any(name.startswith("x-dead-letter") for name in arguments)


@pytest.mark.parametrize(
    ("queue", "answer"), [("a.b.dead", True), (topology.DROPPED, True), ("a.b", False), ("rpc-a", False)]
)
def test_on_which_queues_nothing_works(queue: str, answer: bool) -> None:
    assert topology.parked(queue) is answer


def test_the_embedded_suite_does_not_wait_long() -> None:
    assert sum(topology.delays_for("embedded://suite")) < 5_000 < sum(topology.delays_for("amqp://broker"))
