"""What RabbitMQ and the services survive: processes killed, the broker killed, messages that kill."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import eventlet
import pytest
from shouwang.errors import Unavailable
from shouwang.messaging import BusClient, DeadLetters, Relay

from deploy.private_broker import PrivateBroker
from tests.shared.messaging.kit import SECONDS, MemoryOutbox, Suite, event, unique, wait_until
from tests.shared.messaging.processes import Worker, workers
from tests.shared.messaging.test_contract_rpc import echo_service, slow_service

pytestmark = pytest.mark.rabbit
Start = Callable[..., Worker]


@pytest.fixture
def start() -> Iterator[Start]:
    with workers() as begin:
        yield begin


@pytest.fixture
def names(tmp_path: Path, amqp_uri: str) -> dict[str, Any]:
    return {"uri": amqp_uri, "name": unique("ear"), "source": unique("source"), "home": str(tmp_path)}


def publish(amqp_uri: str, source: str, *numbers: int) -> list[str]:
    outbox = MemoryOutbox()
    saved = [event("case.opened", number) for number in numbers]
    for each in saved:
        outbox.save(each.id, each)
    relay = Relay(source, outbox, amqp_uri)
    relay.pump()
    relay.stop()
    return [each.id for each in saved]


@pytest.mark.parametrize("stall", ["before", "after"])
def test_a_worker_killed_in_mid_handling(start: Start, names: dict[str, Any], stall: str) -> None:
    first = start("consumer", **names, stall=stall)
    first.wait_said("ready")
    (id,) = publish(names["uri"], names["source"], 1)
    first.wait_said("stalled")
    first.kill()
    second = start("consumer", **names)
    assert [each["id"] for each in second.wait_said("began")] == [id], "delivered again"
    second.wait_said("effect" if stall == "before" else "remembered")
    assert len(first.said("effect") + second.said("effect")) == 1, "one effect"
    assert _letters(names["uri"], f"{names['name']}.hear") == []


def test_a_message_that_kills_its_process_ends_in_the_dead_letters_alone(
    start: Start, names: dict[str, Any]
) -> None:
    incarnations = [start("consumer", **names)]
    incarnations[0].wait_said("ready")
    first, deadly, *rest = publish(names["uri"], names["source"], 1, -1, 2, 3, 4)
    letters = DeadLetters(names["uri"], queues=[f"{names['name']}.hear"])

    def settled() -> bool:
        if not incarnations[-1].alive:
            incarnations.append(start("consumer", **names))
        return sorted(_effects(incarnations)) == sorted([first, *rest]) and bool(letters.list())

    wait_until(settled, SECONDS * 3)
    (letter,) = letters.list()
    assert (letter.id, letter.reason) == (deadly, "delivery_limit")
    assert incarnations[-1].alive
    letters.close()


def test_broker_killed_and_brought_back(start: Start, mortal_broker: PrivateBroker, tmp_path: Path) -> None:
    """150 events under way; publisher and consumer processes live on; every event has its effect once."""
    names = {"uri": mortal_broker.amqp_uri, "name": unique("ear"), "source": unique("source")}
    consumer = start("consumer", **names, home=str(tmp_path))
    consumer.wait_said("ready")
    publisher = start("publisher", **names, count=150, pause=0.01)
    consumer.wait_said("effect", 30)
    mortal_broker.kill()
    mortal_broker.start()
    publisher.wait_said("all_sent", seconds=SECONDS * 3)
    effects = [each["id"] for each in consumer.wait_said("effect", 150, SECONDS * 3)]
    assert consumer.alive and publisher.alive
    assert len(effects) == len(set(effects)) == 150
    assert {each["id"] for each in publisher.said("sent")} == set(effects)
    assert _letters(names["uri"], f"{names['name']}.hear") == []


def test_a_server_survives_the_broker_dying_while_it_works(
    start: Start, mortal_broker: PrivateBroker
) -> None:
    server = start("server", uri=mortal_broker.amqp_uri, name=unique("echo"), stall_at=7)
    server.wait_said("ready")
    name = _name_of(server)
    with BusClient(mortal_broker.amqp_uri, timeout=SECONDS) as client:
        waiting = eventlet.spawn(_outcome, client.within(2), name, 7)
        server.wait_said("began")
        mortal_broker.kill()
        server.tell("go on")
        mortal_broker.start()
        assert waiting.wait() in (7, "bus.timeout", "bus.unreachable")
        assert _until_answered(client, name, 8) == 8
    assert server.alive


def test_a_client_whose_reply_queue_is_gone_gets_the_next_answer(rabbit_suite: Suite) -> None:
    name, go_on = unique("slow"), threading.Event()
    from tests.shared.messaging.kit import Witness, delete_queues

    begun = Witness()
    rabbit_suite.run(slow_service(name, begun, go_on))
    client = rabbit_suite.client
    waiting = eventlet.spawn(_outcome, client.within(1), name, 1, "work")
    begun.wait_count(1)
    delete_queues(rabbit_suite.amqp_uri, [client._replies.queue.name])
    go_on.set()
    assert waiting.wait() in (1, "bus.timeout")
    assert _until_answered(client, name, 2, "work") == 2


def test_without_a_broker_a_client_says_so_at_once() -> None:
    client = BusClient("amqp://guest:guest@127.0.0.1:1//", timeout=0.5)
    with pytest.raises(Unavailable) as caught:
        client.call("echo", "echo")
    assert caught.value.code == "bus.unreachable"
    assert "guest:guest" not in str(caught.value.to_dict())


def test_without_a_broker_a_service_refuses_to_start() -> None:
    from nameko import config
    from nameko.containers import ServiceContainer

    with config.patch({"AMQP_URI": "amqp://guest:guest@127.0.0.1:1//"}):
        container = ServiceContainer(echo_service("echo"))
        with pytest.raises(Unavailable) as caught:
            container.start()
    assert caught.value.code == "bus.unreachable"


def _name_of(server: Worker) -> str:
    import json

    name: str = json.loads(server.process.args[-1])["name"]
    return name


def _effects(incarnations: list[Worker]) -> list[str]:
    return [each["id"] for worker in incarnations for each in worker.said("effect")]


def _outcome(caller: Any, name: str, number: int, method: str = "echo") -> Any:
    try:
        return caller.call(name, method, number=number)
    except Unavailable as error:
        return error.code


def _until_answered(client: BusClient, name: str, number: int, method: str = "echo") -> Any:
    """Call as a careful client does: again, until there is an answer."""
    for _ in range(10):
        answer = _outcome(client.within(3), name, number, method)
        if not isinstance(answer, str):
            return answer
    return None


def _letters(amqp_uri: str, queue: str) -> list[Any]:
    letters = DeadLetters(amqp_uri, queues=[queue])
    try:
        return letters.list()
    finally:
        letters.close()
