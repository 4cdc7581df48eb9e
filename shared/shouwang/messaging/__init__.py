"""The bus: RPC and durable events, over RabbitMQ or in one process. See docs/sdk/messaging.md."""

from shouwang.messaging import envelope, topology
from shouwang.messaging.client import BusClient, Caller
from shouwang.messaging.deadletters import DeadLetter, DeadLetters, Dropped
from shouwang.messaging.handler import EventHandler, Inbox, on_event
from shouwang.messaging.relay import Relay, wait_quiet
from shouwang.messaging.rpc import Bus, Rpc, rpc
from shouwang.messaging.topology import EMBEDDED_URI
from shouwang.messaging.transport import idle, reset, wait_idle
from shouwang.messaging.waitlist import Outbox

__all__ = [
    "EMBEDDED_URI",
    "Bus",
    "BusClient",
    "Caller",
    "DeadLetter",
    "DeadLetters",
    "Dropped",
    "EventHandler",
    "Inbox",
    "Outbox",
    "Relay",
    "Rpc",
    "envelope",
    "idle",
    "on_event",
    "reset",
    "rpc",
    "topology",
    "wait_idle",
    "wait_quiet",
]
