"""Every name on the bus, in one place: exchanges, queues, headers, and what they are declared with.

RPC keeps nameko's own names, so that a stock nameko client finds our services. Events go through one
topic exchange; each handler has one durable queue; a failed delivery waits in a delay queue that all share.
"""

from __future__ import annotations

from kombu.entity import Exchange, Queue, binding

EMBEDDED_SCHEME = "embedded"
EMBEDDED_URI = "embedded://suite"

RPC_EXCHANGE = "nameko-rpc"
EVENTS = "shouwang.events"
RETRY = "shouwang.retry"
DEAD = "shouwang.dead"
UNCLAIMED = "shouwang.unclaimed"
DROPPED = "shouwang.dropped"
DELAY_PREFIX = "shouwang.delay."
DEAD_SUFFIX = ".dead"

RPC_QUEUE_EXPIRES_MS = 60_000
REPLY_QUEUE_EXPIRES_MS = 300_000
DELIVERY_LIMIT = 5
SUSPECT_DELAY_MS = 1_000
DELAYS_MS = (1_000, 5_000, 30_000, 120_000, 600_000)
EMBEDDED_DELAYS_MS = (100, 500, 2_000)

CONTEXT_PREFIX = "nameko."
DEADLINE = CONTEXT_PREFIX + "deadline"
ATTEMPT = "shouwang-attempt"
SUSPECT = "shouwang-suspect"
DEAD_REASON = "shouwang-dead-reason"
DEAD_ERROR = "shouwang-dead-error"
DEAD_AT = "shouwang-dead-at"
REDRIVEN = "shouwang-redriven"
DROP_REASON = "shouwang-drop-reason"
DROPPED_BY = "shouwang-dropped-by"
DROPPED_AT = "shouwang-dropped-at"
DROPPED_FROM = "shouwang-dropped-from"
BROKER_HEADERS = ("x-death", "x-delivery-count", "x-acquired-count")
BROKER_HEADER_PREFIXES = ("x-first-death-", "x-last-death-")

QUORUM = {"x-queue-type": "quorum"}
KEPT = {**QUORUM, "x-delivery-limit": 1_000_000}
"""Of queues that people look through: each look is a redelivery, and RabbitMQ 4 drops after 20 by default."""
AT_LEAST_ONCE = {"x-dead-letter-strategy": "at-least-once", "x-overflow": "reject-publish"}


def guarded_exchanges() -> tuple[str, ...]:
    """Return the exchanges on which the routing key begins with the publishing service's name.

    All are topic exchanges, so that RabbitMQ's topic permissions can hold every account to its own name:
    nobody slips an event into another's queue, not even by way of the retries.
    """
    delays = (delay_name(each) for each in sorted({*DELAYS_MS, SUSPECT_DELAY_MS}))
    return (EVENTS, RETRY, DEAD, *delays)


def embedded(amqp_uri: str) -> bool:
    """Say whether the address is the in-process transport."""
    return amqp_uri.split(":", 1)[0] == EMBEDDED_SCHEME


def delays_for(amqp_uri: str) -> tuple[int, ...]:
    """Return the waiting times in milliseconds before each further attempt."""
    return EMBEDDED_DELAYS_MS if embedded(amqp_uri) else DELAYS_MS


def parked(queue: str) -> bool:
    """Say whether nothing works on the queue by design: dead letters and the record of dropped ones."""
    return queue.endswith(DEAD_SUFFIX) or queue == DROPPED


def rpc_queue(service: str) -> Queue:
    """Return the queue of calls of a service: it expires with the service and never dead-letters."""
    return Queue(
        f"rpc-{service}",
        exchange=rpc_exchange(),
        routing_key=f"{service}.*",
        durable=True,
        queue_arguments={"x-expires": RPC_QUEUE_EXPIRES_MS},
    )


def reply_queue(owner: str, identity: str) -> Queue:
    """Return the queue on which one client waits for its replies."""
    return Queue(
        f"rpc.reply-{owner}-{identity}",
        exchange=rpc_exchange(),
        routing_key=identity,
        durable=True,
        queue_arguments={"x-expires": REPLY_QUEUE_EXPIRES_MS},
    )


def rpc_exchange() -> Exchange:
    """Return nameko's exchange for calls and replies."""
    return Exchange(RPC_EXCHANGE, type="topic", durable=True)


def events_exchange() -> Exchange:
    """Return the one exchange of all events; routing key `<source>.<event>`."""
    return Exchange(EVENTS, type="topic", durable=True)


def retry_exchange() -> Exchange:
    """Return the exchange by which a delayed or redriven message finds its queue again, by queue name."""
    return Exchange(RETRY, type="topic", durable=True, arguments={"alternate-exchange": UNCLAIMED})


def dead_exchange() -> Exchange:
    """Return the exchange of the dead; routing key is the name of the queue in which they died."""
    return Exchange(DEAD, type="topic", durable=True, arguments={"alternate-exchange": UNCLAIMED})


def unclaimed_queue() -> Queue:
    """Return the queue for what no queue claims any more (a handler that was taken away)."""
    exchange = Exchange(UNCLAIMED, type="fanout", durable=True)
    return Queue(UNCLAIMED + DEAD_SUFFIX, exchange=exchange, durable=True, queue_arguments=dict(KEPT))


def dropped_queue() -> Queue:
    """Return the queue that keeps on record what was dropped by hand, without its data."""
    return Queue(DROPPED, durable=True, queue_arguments=dict(KEPT))


def event_queue_name(service: str, method: str) -> str:
    """Return the name of a handler's queue."""
    return f"{service}.{method}"


def event_queue(name: str, routing_key: str, delivery_limit: int = DELIVERY_LIMIT) -> Queue:
    """Return a handler's queue; the broker itself dead-letters what keeps killing its consumer."""
    arguments = {
        **QUORUM,
        **AT_LEAST_ONCE,
        "x-delivery-limit": delivery_limit,
        "x-dead-letter-exchange": DEAD,
        "x-dead-letter-routing-key": name,
    }
    bindings = [binding(events_exchange(), routing_key), binding(retry_exchange(), name)]
    return Queue(name, bindings=bindings, durable=True, queue_arguments=arguments)


def dead_queue_name(name: str) -> str:
    """Return the name of the dead letter queue that belongs to a queue."""
    return name + DEAD_SUFFIX


def dead_queue(name: str) -> Queue:
    """Return the dead letter queue that belongs to a queue."""
    return Queue(
        dead_queue_name(name),
        exchange=dead_exchange(),
        routing_key=name,
        durable=True,
        queue_arguments=dict(KEPT),
    )


def delay_name(delay_ms: int) -> str:
    """Return the name of a shared delay: of its exchange and of its queue."""
    return f"{DELAY_PREFIX}{delay_ms}"


def delay_queue(delay_ms: int) -> Queue:
    """Return a shared queue in which messages wait; the routing key names the queue to which they return."""
    name = delay_name(delay_ms)
    arguments = {
        **QUORUM,
        **AT_LEAST_ONCE,
        "x-message-ttl": delay_ms,
        "x-dead-letter-exchange": RETRY,
    }
    exchange = Exchange(name, type="topic", durable=True)
    return Queue(name, exchange=exchange, routing_key="#", durable=True, queue_arguments=arguments)
