"""The in-process kombu transport `embedded`, for a suite without a broker: `AMQP_URI=embedded://suite`.

It gives kombu, and through it nameko, the channel of py-amqp over the broker of `broker.py`. Deliveries are
pushed: nobody polls. It keeps nothing when the process ends; services, clients and broker share one process.
"""

from __future__ import annotations

from queue import Empty
from typing import Any
from urllib.parse import urlsplit

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, base

from shouwang.messaging.broker import Broker
from shouwang.messaging.channel import Channel, Link
from shouwang.messaging.topology import EMBEDDED_SCHEME

_brokers: dict[str, Broker] = {}


def broker_of(amqp_uri: str) -> Broker:
    """Return the broker behind an embedded address."""
    return _broker(_name(amqp_uri))


def reset(amqp_uri: str) -> None:
    """Begin anew with an empty broker (tests); who is still connected stays with the old one."""
    _brokers.pop(_name(amqp_uri), None)


def idle(amqp_uri: str) -> bool:
    """Say whether all its queues (dead letters aside) are empty and nothing is unacknowledged."""
    return broker_of(amqp_uri).idle()


def wait_idle(amqp_uri: str, timeout: float) -> None:
    """Wait until idle; Unavailable `bus.not_idle` names the queues that are not, when the time is over."""
    broker_of(amqp_uri).wait_idle(timeout)


class Transport(base.Transport):
    """kombu's way in; `embedded://<name>`: each name is a broker of its own."""

    default_port = None
    driver_type = EMBEDDED_SCHEME
    driver_name = EMBEDDED_SCHEME
    connection_errors = (ConnectionError,)
    channel_errors = (ChannelError,)
    recoverable_connection_errors = (ConnectionError,)
    recoverable_channel_errors = ()
    implements = base.Transport.implements.extend(
        exchange_type=frozenset(["direct", "topic", "fanout"]), heartbeats=False
    )

    def driver_version(self) -> str:
        """Name the version of the driver: it has none of its own."""
        return "1"

    def establish_connection(self) -> Link:
        """Connect to the broker in this process."""
        client: Any = self.client
        return Link(client, _broker(client.hostname))

    def verify_connection(self, connection: Link) -> bool:
        """Say whether the connection is open."""
        return connection.open

    def close_connection(self, connection: Link) -> None:
        """Close the connection and its channels."""
        connection.open = False
        for channel in list(connection.channels):
            channel.close()

    def create_channel(self, connection: Link) -> Channel:
        """Open a channel."""
        channel = Channel(connection, len(connection.channels) + 1)
        connection.channels.append(channel)
        return channel

    def close_channel(self, channel: Channel) -> None:
        """Close a channel."""
        channel.close()

    def drain_events(self, connection: Link, timeout: float | None = None, **_: Any) -> None:
        """Wait for one delivery and pass it to its consumer; socket.timeout when none comes."""
        try:
            callback, message = connection.inbox.get(timeout=timeout)
        except Empty:
            raise TimeoutError("timed out") from None
        if message.channel.connection is not None:
            callback(message)


def _name(amqp_uri: str) -> str:
    return urlsplit(amqp_uri).hostname or ""


def _broker(name: str) -> Broker:
    return _brokers.setdefault(name, Broker(name))


TRANSPORT_ALIASES[EMBEDDED_SCHEME] = f"{__name__}:{Transport.__name__}"
