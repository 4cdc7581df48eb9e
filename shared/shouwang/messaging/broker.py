"""The broker of the embedded suite: exchanges, queues and deliveries in one process, nothing on disk.

It keeps to the meaning that RabbitMQ gives them, as far as the suite uses it: topic, direct and fanout
exchanges with an alternate, prefetch, redelivery, time to live, dead-lettering, delivery limit, expiring
queues. It also knows what RabbitMQ cannot say: whether all that was published is handled (`idle`, `watch`).
For green threads of one process only; nothing here is safe between operating system threads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from eventlet.event import Event
from eventlet.timeout import Timeout

from shouwang.errors import Unavailable
from shouwang.messaging.exchanges import Exchanges
from shouwang.messaging.queues import Letter, MessageQueue
from shouwang.messaging.topology import parked

Settled = Callable[[bool], None]


class Broker:
    """All exchanges and queues of one embedded address."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.exchanges = Exchanges()
        self.queues: dict[str, MessageQueue] = {}
        self.activity = 0
        self._alive = 0
        self._idle_waiters: list[Event] = []
        self._copies: Counter[str] = Counter()
        self._dead: Counter[str] = Counter()
        self._watched: dict[str, Settled] = {}

    def declare_queue(self, name: str, arguments: dict[str, object] | None = None) -> MessageQueue:
        """Return the queue, made if it is not there."""
        if name not in self.queues:
            self.queues[name] = MessageQueue(name, dict(arguments or {}), self)
        return self.queues[name]

    def delete_queue(self, name: str) -> None:
        """Remove a queue, its bindings and what is in it."""
        queue = self.queues.pop(name, None)
        if queue is not None:
            queue.purge()
            self.exchanges.unbind_all(name)

    def route(self, letter: Letter) -> int:
        """Put a copy into every queue that its routing key reaches; return how many."""
        names = self.exchanges.lookup(letter.exchange, letter.routing_key)
        found = [self.queues[name] for name in names if name in self.queues]
        for queue in found:
            queue.put(letter.copy())
        return len(found)

    def watch(self, message_id: str, settled: Settled) -> None:
        """Have `settled(handled)` called when no copy is left to handle; False while one lies dead."""
        self._watched[message_id] = settled

    def forget(self, message_id: str) -> None:
        """Watch it no longer."""
        self._watched.pop(message_id, None)

    def count_in(self, queue: str, letter: Letter) -> None:
        """Account for a copy that came into a queue; `activity` only ever grows."""
        self.activity += 1
        if parked(queue):
            self._dead[letter.message_id] += 1
            return
        self._alive += 1
        self._copies[letter.message_id] += 1

    def count_out(self, queue: str, letter: Letter) -> None:
        """Account for a copy that left a queue for good."""
        if parked(queue):
            _less(self._dead, letter.message_id)
        else:
            self._alive -= 1
            _less(self._copies, letter.message_id)
        self._tell(letter.message_id)

    def idle(self) -> bool:
        """Say whether every queue is empty and nothing unacknowledged, dead letters aside."""
        return self._alive == 0

    def wait_idle(self, timeout: float) -> None:
        """Wait until idle, or raise Unavailable `bus.not_idle` that names the busy queues."""
        with Timeout(timeout, False):
            while self._alive:
                waiter = Event()
                self._idle_waiters.append(waiter)
                waiter.wait()
            return
        raise self._not_idle()

    def _tell(self, message_id: str) -> None:
        if self._alive == 0:
            waiters, self._idle_waiters = self._idle_waiters, []
            for waiter in waiters:
                waiter.send()
        if message_id in self._watched and not self._copies[message_id]:
            self._settle(message_id)

    def _settle(self, message_id: str) -> None:
        handled = not self._dead[message_id]
        settled = self._watched.pop(message_id) if handled else self._watched[message_id]
        settled(handled)

    def _not_idle(self) -> Unavailable:
        busy = {name: queue.held for name, queue in self.queues.items() if queue.held and not parked(name)}
        return Unavailable(
            "总线上还有未处理的消息："
            + "、".join(f"{name}（{held}）" for name, held in sorted(busy.items())),
            code="bus.not_idle",
            where=self.name,
            remedy="请看这些队列的处理程序是否在运行、是否报错。",
            details={"queues": busy},
        )


def _less(counter: Counter[str], key: str) -> None:
    counter[key] -= 1
    if counter[key] <= 0:
        del counter[key]
