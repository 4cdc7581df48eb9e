"""The embedded broker keeps to the meaning that RabbitMQ gives queues and exchanges."""

import eventlet
import pytest
from kombu.exceptions import ChannelError
from shouwang.errors import Unavailable
from shouwang.messaging.broker import Broker
from shouwang.messaging.queues import Letter, MessageQueue, Subscriber

from tests.shared.messaging.kit import Witness


@pytest.fixture
def broker() -> Broker:
    made = Broker("test")
    made.exchanges.declare("events", "topic")
    return made


def send(broker: Broker, key: str, exchange: str = "events", **properties: object) -> int:
    return broker.route(Letter(b"{}", {"message_id": key, **properties}, {}, exchange, key))


def names(queue: MessageQueue) -> list[str]:
    return [letter.message_id for letter in queue.waiting]


def consume(queue: MessageQueue, prefetch: int = 0) -> list[Letter]:
    got: list[Letter] = []
    queue.subscribe(Subscriber(lambda letter, source, subscriber: got.append(letter), prefetch))
    return got


@pytest.mark.parametrize(
    ("binding", "key", "matches"),
    [
        ("a.b", "a.b", True),
        ("a.b", "a.bc", False),
        ("a.b", "axb", False),
        ("*.b", "a.b", True),
        ("*.b", "a.x.b", False),
        ("*.case.opened", "m.case.opened", True),
        ("a.#", "a.b.c", True),
    ],
)
def test_topic_binding(broker: Broker, binding: str, key: str, matches: bool) -> None:
    queue = broker.declare_queue("q")
    broker.exchanges.bind("events", "q", binding)
    assert send(broker, key) == (1 if matches else 0)
    assert bool(queue.waiting) is matches


def test_a_queue_bound_twice_gets_one_copy(broker: Broker) -> None:
    queue = broker.declare_queue("q")
    broker.exchanges.bind("events", "q", "a.*")
    broker.exchanges.bind("events", "q", "*.b")
    assert send(broker, "a.b") == 1
    assert names(queue) == ["a.b"]


def test_fanout_and_alternate_exchange(broker: Broker) -> None:
    broker.exchanges.declare("direct", "direct", alternate="rest")
    broker.exchanges.declare("rest", "fanout")
    rest = broker.declare_queue("rest")
    broker.exchanges.bind("rest", "rest", "")
    assert send(broker, "nobody", "direct") == 1
    assert names(rest) == ["nobody"]


def test_an_unknown_exchange_is_an_error(broker: Broker) -> None:
    with pytest.raises(ChannelError, match="NOT_FOUND"):
        send(broker, "x", "nowhere")


def test_prefetch_limits_what_a_consumer_holds(broker: Broker) -> None:
    queue = broker.declare_queue("q")
    got = consume(queue, prefetch=2)
    for number in range(5):
        send(broker, "q", exchange="")
        assert len(got) == min(number + 1, 2)
    assert len(queue.waiting) == 3


def test_consumers_take_turns(broker: Broker) -> None:
    queue = broker.declare_queue("q")
    one, two = consume(queue), consume(queue)
    for _ in range(10):
        send(broker, "q", exchange="")
    assert (len(one), len(two)) == (5, 5)


def test_a_message_given_back_comes_first_and_dies_at_the_limit(broker: Broker) -> None:
    broker.exchanges.declare("dead", "direct")
    grave = broker.declare_queue("q.dead")
    broker.exchanges.bind("dead", "q.dead", "q")
    queue = broker.declare_queue("q", {"x-delivery-limit": 1, "x-dead-letter-exchange": "dead"})
    send(broker, "q", exchange="")
    first = queue.get()
    assert first is not None
    queue.back(first)
    assert names(queue) == ["q"]
    again = queue.get()
    assert again is not None
    queue.back(again)
    assert names(queue) == []
    assert grave.waiting[0].headers["x-death"][0]["reason"] == "delivery_limit"


def test_a_queue_with_time_to_live_passes_on_what_expired(broker: Broker) -> None:
    broker.exchanges.declare("retry", "direct")
    target = broker.declare_queue("target")
    broker.exchanges.bind("retry", "target", "target")
    broker.exchanges.declare("delay", "fanout")
    broker.declare_queue("delay", {"x-message-ttl": 30, "x-dead-letter-exchange": "retry"})
    broker.exchanges.bind("delay", "delay", "")
    arrived = Witness()
    target.subscribe(Subscriber(lambda letter, source, subscriber: arrived.note(letter.message_id)))
    send(broker, "target", "delay")
    assert arrived.seen == []
    assert arrived.wait_count(1) == ["target"]


def test_an_expired_message_is_not_delivered(broker: Broker) -> None:
    queue = broker.declare_queue("q")
    send(broker, "q", exchange="", expiration="20")
    broker.wait_idle(2)
    assert consume(queue) == []


def test_the_shorter_life_behind_a_longer_one_ends_in_time(broker: Broker) -> None:
    queue = broker.declare_queue("q")
    send(broker, "q", exchange="", expiration="60000")
    queue.get()
    send(broker, "q", exchange="", expiration="20")
    with pytest.raises(Unavailable):
        broker.wait_idle(0.1)
    assert (len(queue.waiting), queue.unacked) == (0, 1)


def test_a_queue_without_consumers_expires(broker: Broker) -> None:
    queue = broker.declare_queue("q", {"x-expires": 20})
    subscriber = Subscriber(lambda letter, source, subscriber: None)
    queue.subscribe(subscriber)
    queue.unsubscribe(subscriber)
    eventlet.sleep(0.05)
    assert "q" not in broker.queues


def test_idle_counts_what_waits_and_what_is_unacknowledged(broker: Broker) -> None:
    queue = broker.declare_queue("q")
    assert broker.idle()
    send(broker, "q", exchange="")
    assert not broker.idle()
    letter = queue.get()
    assert letter is not None
    assert not broker.idle()
    waiting = eventlet.spawn(broker.wait_idle, 2)
    eventlet.sleep(0)
    queue.ack(letter)
    waiting.wait()
    assert broker.idle()


def test_dead_letters_do_not_keep_the_clock_from_moving(broker: Broker) -> None:
    broker.declare_queue("q.dead")
    send(broker, "q.dead", exchange="")
    assert broker.idle()


def test_waiting_in_vain_names_the_busy_queues(broker: Broker) -> None:
    broker.declare_queue("q")
    send(broker, "q", exchange="")
    with pytest.raises(Unavailable, match="q") as caught:
        broker.wait_idle(0.01)
    assert caught.value.code == "bus.not_idle"
    assert caught.value.details == {"queues": {"q": 1}}


def test_a_watched_message_is_settled_when_its_last_copy_is(broker: Broker) -> None:
    told: list[bool] = []
    queues = [broker.declare_queue(name) for name in ("one", "two")]
    for queue in queues:
        broker.exchanges.bind("events", queue.name, "e")
    broker.watch("e", told.append)
    send(broker, "e")
    for queue in queues:
        letter = queue.get()
        assert letter is not None
        assert told == []
        queue.ack(letter)
    assert told == [True]


def test_a_watched_message_that_died_is_not_handled(broker: Broker) -> None:
    told: list[bool] = []
    broker.exchanges.declare("dead", "direct")
    grave = broker.declare_queue("q.dead")
    broker.exchanges.bind("dead", "q.dead", "e")
    queue = broker.declare_queue("q", {"x-dead-letter-exchange": "dead"})
    broker.exchanges.bind("events", "q", "e")
    broker.watch("e", told.append)
    send(broker, "e")
    letter = queue.get()
    assert letter is not None
    queue.reject(letter)
    assert told == [False]
    dead = grave.get()
    assert dead is not None
    grave.ack(dead)
    assert told == [False, True]
