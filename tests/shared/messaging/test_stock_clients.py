"""Anybody who speaks nameko's RPC can call: a stock nameko 3 client, and what nameko 2 puts on the wire."""

import json
import uuid
from typing import Any

import amqp
import pytest
from kombu import Connection
from nameko import config
from nameko.exceptions import MethodNotFound, RemoteError
from nameko.standalone.rpc import ClusterRpcClient, ServiceRpcClient
from shouwang.messaging import rpc

from tests.shared.messaging.kit import SECONDS, Suite, unique
from tests.shared.messaging.test_contract_rpc import echo_service


@pytest.fixture
def echo(suite: Suite) -> str:
    name = unique("echo")
    suite.run(echo_service(name))
    return name


def test_a_stock_nameko_3_client(suite: Suite, echo: str) -> None:
    with ServiceRpcClient(echo, timeout=SECONDS) as client:
        assert client.echo(text="张三", fen=1) == {"text": "张三", "fen": 1}
        with pytest.raises(RemoteError) as caught:
            client.refuse()
        assert caught.value.exc_type == "Refused"
        assert caught.value.value == "门未开 等公示期满"
        with pytest.raises(MethodNotFound):
            client.ecko()


def test_a_stock_nameko_3_client_sends_context(suite: Suite) -> None:
    from nameko.extensions import DependencyProvider

    class ContextData(DependencyProvider):
        def get_dependency(self, worker_ctx: Any) -> dict[str, Any]:
            return dict(worker_ctx.data)

    class Keeper:
        name = unique("keeper")
        data = ContextData()

        @rpc
        def show(self) -> str:
            token: str = self.data["token"]
            return token

    suite.run(Keeper)
    with ClusterRpcClient(context_data={"token": "t1"}, timeout=SECONDS) as client:
        assert client[Keeper.name].show() == "t1"


def test_a_stock_service_is_called_by_our_client(suite: Suite) -> None:
    from nameko.rpc import rpc as stock_rpc
    from shouwang.errors import ShouwangError

    class Stock:
        name = unique("stock")

        @stock_rpc
        def double(self, number: int) -> int:
            return number * 2

        @stock_rpc
        def stumble(self) -> None:
            raise ValueError("430426199001011234")

    suite.run(Stock)
    assert suite.client.call(Stock.name, "double", number=4) == 8
    with pytest.raises(ShouwangError) as caught:
        suite.client.call(Stock.name, "stumble")
    assert caught.value.code == "bus.foreign_error"
    assert "430426" not in str(caught.value)


class Nameko2:
    """What a nameko 2 standalone client does on the wire, in bare AMQP."""

    def __init__(self, amqp_uri: str) -> None:
        parts = Connection(amqp_uri)
        self.connection = amqp.Connection(f"{parts.hostname}:{parts.port}", parts.userid, parts.password)
        self.connection.connect()
        self.channel = self.connection.channel()
        self.identity = str(uuid.uuid4())
        self.queue = f"rpc.reply-standalone_rpc_proxy-{self.identity}"
        self.channel.exchange_declare("nameko-rpc", "topic", durable=True, auto_delete=False)
        self.channel.queue_declare(self.queue, exclusive=True, auto_delete=False)
        self.channel.queue_bind(self.queue, "nameko-rpc", self.identity)
        self.replies: dict[str, Any] = {}
        self.channel.basic_consume(self.queue, callback=self._reply, no_ack=True)

    def call(self, service: str, method: str, body: str) -> Any:
        correlation_id = str(uuid.uuid4())
        headers = {
            "nameko.call_id_stack": [f"standalone_rpc_proxy.call.{correlation_id}"],
            "nameko.token": "t1",
        }
        message = amqp.Message(
            body,
            content_type="application/json",
            content_encoding="utf-8",
            application_headers=headers,
            reply_to=self.identity,
            correlation_id=correlation_id,
            delivery_mode=2,
            priority=0,
        )
        self.channel.basic_publish(message, "nameko-rpc", f"{service}.{method}", mandatory=True)
        while correlation_id not in self.replies:
            self.connection.drain_events(timeout=SECONDS)
        return self.replies[correlation_id]

    def _reply(self, message: amqp.Message) -> None:
        assert message.content_type == "application/json"
        self.replies[message.correlation_id] = json.loads(message.body)


@pytest.mark.rabbit
def test_the_wire_of_nameko_2(rabbit_suite: Suite) -> None:
    name = unique("echo")
    rabbit_suite.run(echo_service(name))
    client = Nameko2(config["AMQP_URI"])
    request = json.dumps({"args": [], "kwargs": {"text": "张三"}})
    assert client.call(name, "echo", request) == {"result": {"text": "张三"}, "error": None}
    error = client.call(name, "refuse", json.dumps({"args": [], "kwargs": {}}))["error"]
    assert set(error) == {"exc_type", "exc_path", "exc_args", "value"}
    assert (error["exc_type"], error["exc_path"]) == ("Refused", "shouwang.errors.Refused")
    assert error["exc_args"][0]["code"] == "procedure.gate_shut"
    client.connection.close()


@pytest.mark.rabbit
@pytest.mark.parametrize("body", ["{not json", '"text"', "{}", '{"args": [], "kwargs": null}'])
def test_a_malformed_request_gets_an_answer(rabbit_suite: Suite, body: str) -> None:
    name = unique("echo")
    rabbit_suite.run(echo_service(name))
    client = Nameko2(config["AMQP_URI"])
    reply = client.call(name, "echo", body)
    assert reply["error"]["exc_args"][0]["code"] in ("bus.malformed", "bus.wrong_arguments")
    assert client.call(name, "exact", json.dumps({"args": [3], "kwargs": {}}))["result"] == 3
    client.connection.close()
