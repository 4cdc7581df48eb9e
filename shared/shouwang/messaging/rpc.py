"""RPC inside a service: the entry point that answers calls, and the provider that makes them.

A reply and the acknowledgement of its request leave on one channel, in this order: whatever is lost, the
broker either has both or delivers the request again. A call whose deadline is over is not begun.
"""

from __future__ import annotations

import inspect
import json
import logging
from collections.abc import Mapping, Sequence
from functools import partial
from time import monotonic, time
from types import TracebackType
from typing import Any

from kombu.message import Message
from nameko import config
from nameko.constants import AMQP_URI_CONFIG_KEY, CALL_ID_STACK_CONTEXT_KEY
from nameko.exceptions import BadRequest as NamekoBadRequest
from nameko.exceptions import ContainerBeingKilled, IncorrectSignature, MalformedRequest, MethodNotFound
from nameko.extensions import DependencyProvider, Entrypoint, ProviderCollector, SharedExtension
from nameko.messaging import decode_from_headers

from shouwang.errors import ShouwangError
from shouwang.messaging import answers, metrics
from shouwang.messaging.client import MS, TIMEOUT_SECONDS, Caller, Wire
from shouwang.messaging.connection import LOST, declare
from shouwang.messaging.intake import Intake, Subscription
from shouwang.messaging.publisher import JSON, TRANSIENT, UTF_8, Publisher
from shouwang.messaging.replies import Replies
from shouwang.messaging.topology import CONTEXT_PREFIX, DEADLINE, RPC_EXCHANGE, rpc_queue

log = logging.getLogger(__name__)

ExcInfo = tuple[type[BaseException], BaseException, TracebackType]


class RpcConsumer(SharedExtension, ProviderCollector):  # type: ignore[misc]
    """Takes the calls of one service from its queue and brings the answers on their way."""

    def setup(self) -> None:
        """Declare the queue: refuses to start, with what to do, when the broker is not there."""
        uri, queue = config[AMQP_URI_CONFIG_KEY], rpc_queue(self.container.service_name)
        declare(uri, [queue])
        self.intake = Intake(uri, [Subscription(queue, self.take)], prefetch=self.container.max_workers)

    def start(self) -> None:
        """Consume in a thread of the container."""
        self.container.spawn_managed_thread(self.intake.run)
        self.intake.wait_ready()

    def stop(self) -> None:
        """Take no more calls."""
        self.intake.stop()

    def unregister_provider(self, provider: Any) -> None:
        """Stop taking calls as soon as the first entry point stops."""
        self.intake.stop()
        super().unregister_provider(provider)

    def take(self, message: Message) -> None:
        """Begin one call, or answer at once why not."""
        if self._late(message):
            return
        try:
            args, kwargs = _arguments(message)
            self._entrypoint(message).begin(message, args, kwargs)
        except NamekoBadRequest as error:
            self.answer(message, None, error)

    def answer(self, message: Message, result: Any, error: BaseException | None) -> None:
        """Send the reply and acknowledge the call; when the bus is lost, it delivers the call again."""
        where = message.delivery_info["routing_key"]
        try:
            self._reply(message, answers.pack(result, error, where))
        except LOST as lost:
            metrics.LOST_REPLIES.labels(self.container.service_name).inc()
            log.warning("bus lost before the reply, the call comes again: %s", type(lost).__name__)
        else:
            self.intake.ack(message)

    def _reply(self, message: Message, body: bytes) -> None:
        reply_to = message.properties.get("reply_to")
        if not reply_to or not message.channel.connection:
            return
        properties = {
            "delivery_mode": TRANSIENT,
            "correlation_id": message.properties.get("correlation_id") or "",
        }
        reply = message.channel.prepare_message(
            body, content_type=JSON, content_encoding=UTF_8, headers={}, properties=properties
        )
        message.channel.basic_publish(reply, exchange=RPC_EXCHANGE, routing_key=reply_to)

    def _late(self, message: Message) -> bool:
        deadline = message.headers.get(DEADLINE)
        if not isinstance(deadline, int) or deadline > time() * MS:
            return False
        metrics.LATE.labels(self.container.service_name).inc()
        log.warning("call dropped, its deadline is over: %s", message.delivery_info["routing_key"])
        self.intake.ack(message)
        return True

    def _entrypoint(self, message: Message) -> Rpc:
        method = message.delivery_info["routing_key"].rpartition(".")[2]
        for entrypoint in self._providers:
            if entrypoint.method_name == method:
                found: Rpc = entrypoint
                return found
        raise MethodNotFound(method)


class Rpc(Entrypoint):  # type: ignore[misc]
    """Entry point: answers RPC calls to the method it decorates (`@rpc`)."""

    consumer = RpcConsumer()

    def __init__(self, expected_exceptions: Any = (ShouwangError,), **options: Any) -> None:
        super().__init__(expected_exceptions=expected_exceptions, **options)

    def setup(self) -> None:
        """Let the service's consumer know."""
        self._signature = inspect.signature(getattr(self.container.service_cls, self.method_name))
        self.consumer.register_provider(self)

    def stop(self) -> None:
        """Take no more calls."""
        self.consumer.unregister_provider(self)

    def check_signature(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> None:
        """IncorrectSignature when the method cannot be called so. Read once at setup: that is not cheap."""
        try:
            self._signature.bind(None, *args, **kwargs)
        except TypeError as error:
            raise IncorrectSignature(str(error)) from None

    def begin(self, message: Message, args: Sequence[Any], kwargs: dict[str, Any]) -> None:
        """Run the method in a worker; waiting for a free one happens outside the consumer's thread."""
        self.check_signature(args, kwargs)
        self.container.spawn_managed_thread(partial(self._work, message, args, kwargs))

    def _work(self, message: Message, args: Sequence[Any], kwargs: dict[str, Any]) -> None:
        try:
            self.container.spawn_worker(
                self,
                args,
                kwargs,
                context_data=decode_from_headers(message.headers),
                handle_result=partial(self._done, message),
            )
        except ContainerBeingKilled:
            self.consumer.intake.requeue(message)

    def _done(
        self, message: Message, worker_ctx: Any, result: Any, exc_info: ExcInfo | None
    ) -> tuple[Any, ExcInfo | None]:
        self.consumer.answer(message, result, exc_info[1] if exc_info else None)
        return result, exc_info


rpc = Rpc.decorator


class BusLink(SharedExtension):  # type: ignore[misc]
    """The connections over which one service calls others."""

    def setup(self) -> None:
        """Declare the reply queue."""
        uri = config[AMQP_URI_CONFIG_KEY]
        self.replies = Replies(uri, self.container.service_name)
        self.publisher = Publisher(uri)
        declare(uri, [self.replies.queue])

    def start(self) -> None:
        """Listen for replies in a thread of the container."""
        self.container.spawn_managed_thread(self.replies.intake.run)
        self.replies.intake.wait_ready()

    def stop(self) -> None:
        """Remove the reply queue and close."""
        self.replies.stop(self.publisher)
        self.publisher.close()


class Bus(DependencyProvider):  # type: ignore[misc]
    """Provider: injects a Caller whose calls end by the deadline of the call being served."""

    link = BusLink()

    def __init__(self, timeout: float = TIMEOUT_SECONDS) -> None:
        self.timeout = timeout

    def get_dependency(self, worker_ctx: Any) -> Caller:
        """Return the Caller for one worker; it sends no token unless told to (`carrying(token=…)`)."""
        deadline = worker_ctx.data.get(DEADLINE.removeprefix(CONTEXT_PREFIX))
        until = monotonic() + deadline / MS - time() if isinstance(deadline, int) else None
        context = {CALL_ID_STACK_CONTEXT_KEY: worker_ctx.call_id_stack}
        return Caller(Wire(self.link.publisher, self.link.replies), context, self.timeout, until)


def _arguments(message: Message) -> tuple[list[Any], dict[str, Any]]:
    try:
        body = json.loads(message.body)
        return body["args"], body["kwargs"]
    except (ValueError, TypeError, KeyError) as error:
        raise MalformedRequest("not an object with args and kwargs") from error
