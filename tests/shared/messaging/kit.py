"""What the tests of the bus share: services under names of their own, witnesses, a store in memory."""

import threading
import time
import uuid
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from nameko import config
from nameko.containers import ServiceContainer
from shouwang.messaging import BusClient, topology
from shouwang.messaging.connection import connect

SECONDS = 60.0
FAST = (40, 80)


def unique(prefix: str) -> str:
    """Return a service name that no other test uses."""
    return f"{prefix}_{uuid.uuid4().hex[:8]}"


def wait_until(condition: Callable[[], object], seconds: float = SECONDS) -> None:
    """Ask again until it is so: for what does not tell by itself (a queue of a broker, another process)."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


class Witness:
    """Sees what happens in services and lets the test wait for it."""

    def __init__(self) -> None:
        self.seen: list[Any] = []
        self._changed = threading.Condition()

    def note(self, what: Any) -> None:
        with self._changed:
            self.seen.append(what)
            self._changed.notify_all()

    def wait_for(self, condition: Callable[[list[Any]], bool], seconds: float = SECONDS) -> list[Any]:
        with self._changed:
            assert self._changed.wait_for(lambda: condition(self.seen), seconds), f"only saw {self.seen}"
            return list(self.seen)

    def wait_count(self, count: int, seconds: float = SECONDS) -> list[Any]:
        return self.wait_for(lambda seen: len(seen) >= count, seconds)


class MemoryInbox:
    """The store's inbox, in memory."""

    def __init__(self) -> None:
        self.marked: set[tuple[str, str]] = set()

    def seen(self, handler: str, event_id: str) -> bool:
        return (handler, event_id) in self.marked

    def mark(self, handler: str, event_id: str) -> bool:
        self.marked.add((handler, event_id))
        return True


@dataclass(frozen=True)
class Event:
    """An event as the store's outbox holds it."""

    id: str
    type: str
    data: dict[str, Any]
    version: int = 1
    on: str = "2021-06-01"
    time: str = "2021-06-01T08:00:00+00:00"
    region: str = "430426"
    actor: dict[str, Any] = field(default_factory=lambda: {"id": "officer-1"})


@dataclass(frozen=True)
class Pending:
    """The unsent events of one aggregate."""

    aggregate_id: str
    events: tuple[Event, ...]
    collection: str = "cases"

    @property
    def key(self) -> tuple[str, str]:
        return self.collection, self.aggregate_id


class MemoryOutbox:
    """The store's outbox, in memory; keeps a record of what was marked as sent, in order."""

    def __init__(self) -> None:
        self.waiting: dict[str, list[Event]] = {}
        self.sent: list[str] = []
        self.witness = Witness()
        self._wake: Callable[[], None] = lambda: None

    def save(self, aggregate_id: str, *events: Event) -> None:
        self.waiting.setdefault(aggregate_id, []).extend(events)
        self._wake()

    def pending(self, limit: int = 500, skip: Collection[tuple[str, str]] = ()) -> list[Pending]:
        held = (Pending(key, tuple(events)) for key, events in self.waiting.items() if events)
        return list(islice((each for each in held if each.key not in skip), limit))

    def mark_sent(self, ref: Pending, event_ids: Sequence[str]) -> bool:
        waiting = self.waiting[ref.aggregate_id]
        assert [event.id for event in waiting[: len(event_ids)]] == list(event_ids), "not the first ones"
        del waiting[: len(event_ids)]
        self.sent.extend(event_ids)
        for each in event_ids:
            self.witness.note(each)
        return True

    def mark_all_sent(self, refs: Sequence[Pending]) -> int:
        return sum(self.mark_sent(ref, [event.id for event in ref.events]) for ref in refs)

    def subscribe(self, wake: Callable[[], None]) -> None:
        self._wake = wake


def event(type: str, number: int = 1, version: int = 1) -> Event:
    """Return an event with an id of its own."""
    return Event(str(uuid.uuid4()), type, {"number": number}, version)


def again(events: Sequence[Event]) -> list[Event]:
    """Return the same events, as a relay that lost its memory would publish them again."""
    return [replace(each) for each in events]


class Suite:
    """Services that run in this process on one bus, and a client; all ended and cleared away afterwards."""

    def __init__(self, amqp_uri: str, stack: ExitStack) -> None:
        self.amqp_uri = amqp_uri
        self.containers: list[ServiceContainer] = []
        self._stack = stack
        self._client: BusClient | None = None

    @property
    def client(self) -> BusClient:
        if self._client is None:
            self._client = self._stack.enter_context(BusClient(self.amqp_uri))
        return self._client

    def run(self, *classes: type) -> list[ServiceContainer]:
        started = [self._start(cls) for cls in classes]
        self.containers += started
        return started

    def _start(self, cls: type) -> ServiceContainer:
        container = ServiceContainer(cls)
        self._stack.callback(self._clear, container)
        container.start()
        self._stack.callback(container.stop)
        return container

    def _clear(self, container: ServiceContainer) -> None:
        names = [f"rpc-{container.service_name}"]
        for entrypoint in container.entrypoints:
            if hasattr(entrypoint, "queue"):
                names += [entrypoint.name, topology.dead_queue_name(entrypoint.name)]
        delete_queues(self.amqp_uri, names)


def delete_queues(amqp_uri: str, names: list[str]) -> None:
    with connect(amqp_uri) as connection:
        channel: Any = connection.channel()
        for name in names:
            channel.queue_delete(name)


@contextmanager
def suite_on(amqp_uri: str) -> Iterator[Suite]:
    """Run services against this address for the length of a block."""
    with ExitStack() as stack:
        stack.enter_context(config.patch({"AMQP_URI": amqp_uri}))
        yield Suite(amqp_uri, stack)
