"""RPC: the same on RabbitMQ and in one process."""

import threading
import time
from contextlib import suppress
from typing import Any

import eventlet
import pytest
from shouwang.errors import BadRequest, NotFound, Refused, ShouwangError, Unavailable
from shouwang.messaging import Bus, BusClient, rpc

from tests.shared.messaging.kit import SECONDS, Suite, Witness, unique


def echo_service(name: str) -> type:
    class Echo:
        @rpc
        def echo(self, **args: Any) -> dict[str, Any]:
            return args

        @rpc
        def publish(self) -> str:
            return "publish"

        @rpc
        def call_async(self) -> str:
            return "call_async"

        @rpc
        def refuse(self) -> None:
            reason = {"code": "gate", "message": "公示未满", "source": "湘委乡振组发〔2021〕1号"}
            raise Refused(
                "门未开", code="procedure.gate_shut", remedy="等公示期满", details={"reasons": [reason]}
            )

        @rpc
        def stumble(self) -> None:
            raise KeyError("430426199001011234")

        @rpc
        def unwritable(self) -> Any:
            return {1, 2}

        @rpc
        def exact(self, number: int) -> int:
            return number

    Echo.name = name
    return Echo


@pytest.fixture
def echo(suite: Suite) -> str:
    name = unique("echo")
    suite.run(echo_service(name))
    return name


def test_arguments_and_result_are_plain_json(suite: Suite, echo: str) -> None:
    sent = {
        "text": "张三",
        "fen": 650000,
        "none": None,
        "list": [1, {"a": True}],
        "service": "a",
        "method": "b",
    }
    assert suite.client.call(echo, "echo", **sent) == sent


@pytest.mark.parametrize("method", ["publish", "call_async"])
def test_no_method_name_is_reserved(suite: Suite, echo: str, method: str) -> None:
    assert suite.client.call(echo, method) == method


def test_a_typed_error_arrives_whole(suite: Suite, echo: str) -> None:
    with pytest.raises(Refused) as caught:
        suite.client.call(echo, "refuse")
    assert caught.value.code == "procedure.gate_shut"
    assert caught.value.remedy == "等公示期满"
    assert caught.value.reasons[0]["source"] == "湘委乡振组发〔2021〕1号"


def test_an_unforeseen_error_shows_no_data(suite: Suite, echo: str) -> None:
    with pytest.raises(ShouwangError) as caught:
        suite.client.call(echo, "stumble")
    assert caught.value.code == "bus.internal"
    assert "430426" not in str(caught.value.to_dict())


def test_a_result_that_is_no_json_is_an_error_of_the_service(suite: Suite, echo: str) -> None:
    with pytest.raises(ShouwangError) as caught:
        suite.client.call(echo, "unwritable")
    assert caught.value.code == "bus.unserialisable"


def test_unknown_service(suite: Suite, echo: str) -> None:
    with pytest.raises(Unavailable) as caught:
        suite.client.call(unique("nobody"), "echo")
    assert caught.value.code == "bus.unknown_service"
    assert caught.value.remedy


def test_unknown_method(suite: Suite, echo: str) -> None:
    with pytest.raises(NotFound) as caught:
        suite.client.call(echo, "ecko")
    assert caught.value.code == "bus.unknown_method"


def test_wrong_arguments(suite: Suite, echo: str) -> None:
    with pytest.raises(BadRequest) as caught:
        suite.client.call(echo, "exact", nummer=1)
    assert caught.value.code == "bus.wrong_arguments"


def test_many_calls_at_once_get_each_their_own_answer(suite: Suite, echo: str) -> None:
    pool = eventlet.GreenPool(20)
    answers = pool.imap(lambda number: suite.client.call(echo, "exact", number=number), range(200))
    assert list(answers) == list(range(200))


def slow_service(name: str, begun: Witness, go_on: threading.Event) -> type:
    class Slow:
        @rpc
        def work(self, number: int) -> int:
            begun.note(number)
            go_on.wait(SECONDS)
            return number

    Slow.name = name
    return Slow


def test_the_caller_is_told_when_no_answer_comes_in_time(suite: Suite) -> None:
    name, begun, go_on = unique("slow"), Witness(), threading.Event()
    suite.run(slow_service(name, begun, go_on))
    started = time.monotonic()
    with pytest.raises(Unavailable) as caught:
        suite.client.within(0.3).call(name, "work", number=1)
    go_on.set()
    assert caught.value.code == "bus.timeout"
    assert "request_id" in caught.value.remedy
    assert 0.25 < time.monotonic() - started < 3.0
    assert suite.client.call(name, "work", number=2) == 2, "the late answer must not be taken for this one"


def test_a_call_that_is_late_already_is_not_begun(suite: Suite) -> None:
    from nameko import config

    name, begun, go_on = unique("slow"), Witness(), threading.Event()
    with config.patch({"max_workers": 1}):
        suite.run(slow_service(name, begun, go_on))
    first = eventlet.spawn(suite.client.within(SECONDS).call, name, "work", number=1)
    begun.wait_count(1)
    with pytest.raises(Unavailable):
        suite.client.within(0.2).call(name, "work", number=2)
    go_on.set()
    assert first.wait() == 1
    assert suite.client.call(name, "work", number=3) == 3
    assert begun.seen == [1, 3]


def front_service(name: str, behind: str, told: Witness) -> type:
    class Front:
        bus = Bus(timeout=SECONDS)

        @rpc
        def relay_call(self, number: int) -> int:
            result: int = self.bus.call(behind, "exact", number=number)
            return result

        @rpc
        def patient(self) -> None:
            started = time.monotonic()
            try:
                self.bus.call(behind, "work", number=1)
            except Unavailable as error:
                told.note((error.code, time.monotonic() - started))

    Front.name = name
    return Front


def test_a_service_calls_a_service(suite: Suite, echo: str) -> None:
    name = unique("front")
    suite.run(front_service(name, echo, Witness()))
    assert suite.client.call(name, "relay_call", number=7) == 7


def test_an_inner_call_ends_by_the_deadline_of_the_outer_one(suite: Suite) -> None:
    slow, front, told, go_on = unique("slow"), unique("front"), Witness(), threading.Event()
    suite.run(slow_service(slow, Witness(), go_on), front_service(front, slow, told))
    with suppress(Unavailable):
        suite.client.within(0.5).call(front, "patient")
    ((code, seconds),) = told.wait_count(1)
    go_on.set()
    assert code == "bus.timeout"
    assert seconds < 5.0


def test_context_travels_to_the_worker(suite: Suite) -> None:
    from nameko.extensions import DependencyProvider

    class ContextData(DependencyProvider):
        def get_dependency(self, worker_ctx: Any) -> dict[str, Any]:
            return dict(worker_ctx.data)

    class Keeper:
        name = unique("keeper")
        data = ContextData()

        @rpc
        def show(self) -> list[str]:
            return [self.data["token"], self.data["request_id"]]

    suite.run(Keeper)
    with BusClient(suite.amqp_uri, token="t1") as client:
        assert client.carrying(request_id="r1").call(Keeper.name, "show") == ["t1", "r1"]
        assert client.carrying(token="t2", request_id="r2").call(Keeper.name, "show") == ["t2", "r2"]


def test_a_closed_client_leaves_no_reply_queue(suite: Suite, echo: str) -> None:
    from shouwang.messaging.connection import connect

    client = BusClient(suite.amqp_uri)
    client.call(echo, "exact", number=1)
    queue = client._replies.queue.name
    client.close()
    with connect(suite.amqp_uri) as connection, pytest.raises(Exception, match="NOT_FOUND"):
        connection.channel().queue_declare(queue, passive=True)
