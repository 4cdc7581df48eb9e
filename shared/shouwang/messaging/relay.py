"""The relay: takes events from the outbox to the bus, at least once.

On RabbitMQ an event is safe when the broker confirms it. The embedded broker keeps nothing, so there an
event counts as sent only when every queue that got it has handled it; one that died stays in the outbox and
is tried again when the process starts anew.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from time import monotonic

from shouwang.errors import ShouwangError, Unavailable
from shouwang.messaging import metrics
from shouwang.messaging.handling import UntilHandled
from shouwang.messaging.sending import UntilConfirmed, Way
from shouwang.messaging.topology import embedded
from shouwang.messaging.transport import broker_of
from shouwang.messaging.waitlist import Outbox, Waitlist

log = logging.getLogger(__name__)

STOP_SECONDS = 10.0


class Relay:
    """Publishes what is pending, marks it as sent once it is safe: `Relay("assets", db.outbox, amqp_uri)`.

    It works at once after `wake()`, else looks every `poll_seconds`; `batch` is in aggregates. `trouble` is
    the code of what keeps events from leaving, None when all is well.
    """

    def __init__(
        self, service: str, outbox: Outbox, amqp_uri: str, *, batch: int = 500, poll_seconds: float = 1.0
    ) -> None:
        self.service = service
        self._outbox = outbox
        self._waitlist = Waitlist(service, outbox)
        self._failure: str | None = None
        self._batch = batch
        self._poll_seconds = poll_seconds
        self._call = threading.Event()
        self._rounds = threading.Condition()
        self._stopping = False
        self._at_work = False
        self._thread: threading.Thread | None = None
        self._way = self._way_to(amqp_uri)
        metrics.PUBLISHED.labels(service)  # shown from the start: a count that is not there alarms nobody

    @property
    def trouble(self) -> str | None:
        """Code of what went wrong in the last round, or of events that may not leave."""
        return self._failure or ("store.outbox_altered" if self._waitlist.altered else None)

    def start(self) -> None:
        """Work in a (green) thread of its own until `stop()`; subscribes to the outbox."""
        self._outbox.subscribe(self.wake)
        self._thread = threading.Thread(target=self._run, name=f"relay-{self.service}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish the batch at hand and stop."""
        self._stopping = True
        self.wake()
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)
        self._way.close()

    def wake(self) -> None:
        """Look into the outbox now."""
        self._way.look()
        self._call.set()

    def pump(self) -> int:
        """Carry one batch in the calling thread; return how many events went on."""
        self._way.look()
        return self._way.carry(self._batch)

    def idle(self) -> bool:
        """Say whether the outbox is empty, apart from events that died on the embedded transport."""
        return self._resting() and self._way.idle() and self._resting()

    def wait_idle(self, timeout: float) -> None:
        """Wait until idle; Unavailable `bus.outbox_not_empty` when the time is over."""
        until = monotonic() + timeout
        while not self.idle():
            if monotonic() > until:
                raise _not_empty(self.service, self.trouble)
            self._wait_round(until - monotonic())

    def _resting(self) -> bool:
        """Say whether no round is under way or asked for: what it has read is not seen in the outbox."""
        return not self._at_work and not self._call.is_set()

    def _way_to(self, amqp_uri: str) -> Way:
        if embedded(amqp_uri):
            return UntilHandled(self.service, self._waitlist, amqp_uri, self._call.set)
        return UntilConfirmed(self.service, self._waitlist, amqp_uri)

    def _wait_round(self, seconds: float) -> None:
        with self._rounds:
            self.wake()
            self._rounds.wait(min(seconds, self._poll_seconds))

    def _run(self) -> None:
        while not self._stopping:
            if not self._round() and not self._call.wait(self._poll_seconds):
                self._way.look()

    def _round(self) -> int:
        """Do one round; whatever goes wrong, the events stay in the outbox and the next round tries again."""
        carried, self._at_work = 0, True
        self._call.clear()
        try:
            carried = self._way.carry(self._batch)
            self._failure = None
        except Exception as error:  # noqa: BLE001 (told by `trouble` and the log, and tried again)
            self._failure = error.code if isinstance(error, ShouwangError) else type(error).__name__
            log.error(
                "relay of %s failed, next attempt in %s s: %s", self.service, self._poll_seconds, self.trouble
            )
        self._at_work = False
        metrics.FAILING.labels(self.service).set(self.trouble is not None)
        with self._rounds:
            self._rounds.notify_all()
        return carried


def wait_quiet(amqp_uri: str, relays: Iterable[Relay], timeout: float) -> None:
    """Wait until the embedded bus is idle and every outbox is empty: the simulated clock may move on.

    Unavailable `bus.not_idle` or `bus.outbox_not_empty` says what is still at work when the time is over.
    """
    broker, all_relays, until = broker_of(amqp_uri), list(relays), monotonic() + timeout
    while True:
        seen = broker.activity
        broker.wait_idle(max(0.0, until - monotonic()))
        for relay in all_relays:
            relay.wait_idle(max(0.0, until - monotonic()))
        if broker.idle() and broker.activity == seen:
            return
        if monotonic() > until:
            raise _never_quiet(amqp_uri)


def _never_quiet(amqp_uri: str) -> Unavailable:
    return Unavailable(
        "总线一直有新消息，没有静下来",
        code="bus.not_idle",
        where=amqp_uri,
        remedy="请检查是否有服务在互相不断触发事件。",
    )


def _not_empty(service: str, trouble: str | None) -> Unavailable:
    return Unavailable(
        "还有事件没有送出" + (f"（{trouble}）" if trouble else ""),
        code="bus.outbox_not_empty",
        where=service,
        remedy="请检查消息总线和数据库是否可用，以及事件的处理程序是否报错。",
    )
