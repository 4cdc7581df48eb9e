"""The broker's accounts: each service can do its own work, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import amqp
import pytest
from kombu import Exchange, Queue, binding
from shouwang.errors import Unavailable
from shouwang.messaging import BusClient, DeadLetters, topology
from shouwang.messaging.connection import connect, declare
from shouwang.messaging.publisher import Outgoing, Publisher

from deploy.tools.entries import by_service, subscriptions
from tests.deploy.county_broker import CountyBroker

pytestmark = pytest.mark.rabbit
NAMES = sorted(by_service())
WATCHED = "notify.post_notice"


def handler_queues(service: str) -> list[Queue]:
    """Return every queue that a service declares: of its handlers, of its calls, of its answers."""
    queues = [topology.rpc_queue(service), topology.reply_queue(service, "0" * 36)]
    for entry in (one for one in by_service()[service] if one.kind == "on"):
        name = topology.event_queue_name(service, entry.name)
        delays = [topology.delay_queue(delay) for delay in topology.DELAYS_MS]
        own = topology.event_queue(name, f"{entry.source}.{entry.type}")
        queues += [topology.unclaimed_queue(), topology.dead_queue(name), *delays, own]
    return queues


@pytest.fixture(scope="module")
def broker(county_broker: CountyBroker) -> CountyBroker:
    """The county's broker with the queues of every service, each declared by the service itself."""
    for service in NAMES:
        declare(county_broker.uri_of(service), handler_queues(service))
    return county_broker


@pytest.fixture
def send(broker: CountyBroker) -> Iterator[Callable[..., bool]]:
    """Publish in the name of an account, confirmed; says whether a queue took it."""
    publishers: list[Publisher] = []

    def publish(account: str, exchange: str, routing_key: str) -> bool:
        publishers.append(Publisher(broker.uri_of(account)))
        return publishers[-1].publish(Outgoing(exchange, routing_key, b"{}", mandatory=True), 5.0)

    yield publish
    for publisher in publishers:
        publisher.close()


@contextmanager
def channel_of(broker: CountyBroker, account: str) -> Iterator[Any]:
    with connect(broker.uri_of(account)) as connection:
        yield connection.channel()


@pytest.mark.parametrize("service", NAMES)
def test_a_service_declares_every_queue_it_needs(broker: CountyBroker, service: str) -> None:
    with channel_of(broker, service) as channel:
        for queue in handler_queues(service):
            assert channel.queue_declare(queue.name, passive=True).queue == queue.name


@pytest.mark.parametrize("service", NAMES)
def test_a_service_publishes_in_its_own_name(send: Callable[..., bool], service: str) -> None:
    send(service, topology.EVENTS, f"{service}.anything.happened")


def test_an_event_reaches_the_handler_and_may_wait_die_and_come_again(
    broker: CountyBroker, send: Callable[..., bool]
) -> None:
    assert send("projects", topology.EVENTS, "projects.notice.requested")
    with channel_of(broker, "notify") as channel:
        message = channel.basic_get(WATCHED)
        assert message is not None
        assert send("notify", topology.delay_name(topology.DELAYS_MS[0]), WATCHED)
        assert send("notify", topology.DEAD, WATCHED)
        channel.basic_ack(message.delivery_tag)


@pytest.mark.parametrize("other", [name for name in NAMES if name != "notify"])
def test_no_service_speaks_in_anothers_name(send: Callable[..., bool], other: str) -> None:
    with pytest.raises(amqp.AccessRefused):
        send("notify", topology.EVENTS, f"{other}.household.included")


@pytest.mark.parametrize("exchange", ["", "amq.direct", "amq.topic", "amq.fanout"])
def test_nobody_fills_a_queue_around_the_exchange_of_events(send: Callable[..., bool], exchange: str) -> None:
    with pytest.raises(amqp.AccessRefused):
        send("notify", exchange, "assistance.make_plan")


@pytest.mark.parametrize(
    "queue",
    [
        "assistance.make_plan",
        "assistance.make_plan.dead",
        "rpc-monitoring",
        f"rpc.reply-monitoring-{'0' * 36}",
        topology.UNCLAIMED + topology.DEAD_SUFFIX,
    ],
)
def test_no_service_reads_anothers_queue(broker: CountyBroker, queue: str) -> None:
    with channel_of(broker, "notify") as channel, pytest.raises(amqp.AccessRefused):
        channel.basic_get(queue)


@pytest.mark.parametrize("key", ["monitoring.*", "*.compare", "#"])
def test_no_service_takes_calls_meant_for_another(broker: CountyBroker, key: str) -> None:
    with pytest.raises(amqp.AccessRefused):
        _listen(broker, "civil_affairs", topology.RPC_EXCHANGE, key)


@pytest.mark.parametrize("key", ["monitoring.household.included", "#", "*.clues.found"])
def test_a_department_hears_only_what_it_has_an_entry_point_for(broker: CountyBroker, key: str) -> None:
    with pytest.raises(amqp.AccessRefused):
        _listen(broker, "civil_affairs", topology.EVENTS, key)


def test_a_department_hears_what_came_of_its_clues(broker: CountyBroker) -> None:
    assert subscriptions()["civil_affairs"] == ["monitoring.clue.closed"]
    _listen(broker, "civil_affairs", topology.EVENTS, "monitoring.clue.closed")


def _listen(broker: CountyBroker, account: str, exchange: str, key: str) -> None:
    source = Exchange(exchange, type="topic", durable=True)
    name = f"{account}.listening"
    queue = Queue(name, bindings=[binding(source, key)], durable=True, auto_delete=True)
    with channel_of(broker, account) as channel:
        queue(channel).declare()


def test_a_service_calls_another_and_only_the_one_called_takes_it(broker: CountyBroker) -> None:
    client = BusClient(broker.uri_of("projects"), timeout=0.2, name="projects")
    with client, pytest.raises(Unavailable) as told:
        client.call("notify", "notice_of")
    assert told.value.code == "bus.timeout"


@pytest.mark.parametrize("password", ["guest", ""])
def test_the_default_account_does_not_exist(broker: CountyBroker, password: str) -> None:
    with pytest.raises(amqp.AccessRefused), connect(broker.stranger("guest", password)):
        pass


def test_there_are_no_accounts_but_those_of_the_secrets(broker: CountyBroker) -> None:
    assert set(broker.accounts()) == {*NAMES, "operator"}


def test_the_operator_finds_and_sends_back_what_died(broker: CountyBroker, send: Callable[..., bool]) -> None:
    assert send("assets", topology.DEAD, "assets.register_asset")
    letters = DeadLetters(broker.uri_of("operator"), management_url=broker.management_url)
    try:
        assert [letter.queue for letter in letters.list("assets.register_asset")] == ["assets.register_asset"]
        assert {letter.queue for letter in letters.list()} >= {"assets.register_asset"}
        assert letters.redrive("assets.register_asset") == 1
    finally:
        letters.close()
    with channel_of(broker, "assets") as channel:
        assert channel.basic_get("assets.register_asset", no_ack=True) is not None
