"""Queues of the embedded broker: what waits, who gets it next, what becomes of what nobody wants."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from math import inf
from time import monotonic
from typing import Any, Protocol

import eventlet

MS = 1000.0


@dataclass(slots=True)
class Letter:
    """One copy of a message."""

    body: str | bytes
    properties: dict[str, Any]
    headers: dict[str, Any]
    exchange: str
    routing_key: str
    expires_at: float | None = None
    deliveries: int = 0

    @property
    def message_id(self) -> str:
        """What the publisher calls the message; empty when it does not say."""
        return str(self.properties.get("message_id") or "")

    def copy(self) -> Letter:
        """Return a copy of its own for one queue; time to live starts anew in each queue."""
        expiration = self.properties.get("expiration")
        until = monotonic() + int(expiration) / MS if expiration is not None else None
        return replace(self, headers=dict(self.headers), properties=dict(self.properties), expires_at=until)


class Post(Protocol):
    """What a queue needs of its broker."""

    def route(self, letter: Letter) -> int: ...
    def count_in(self, queue: str, letter: Letter) -> None: ...
    def count_out(self, queue: str, letter: Letter) -> None: ...
    def delete_queue(self, name: str) -> None: ...


@dataclass(eq=False, slots=True)
class Subscriber:
    """A consumer with its credit; `deliver` must not block."""

    deliver: Callable[[Letter, MessageQueue, Subscriber], None]
    prefetch: int = 0
    held: int = 0

    @property
    def ready(self) -> bool:
        """Say whether it takes one more."""
        return not self.prefetch or self.held < self.prefetch


@dataclass(eq=False)
class MessageQueue:
    """One queue. `held` counts what waits and what is delivered but not acknowledged."""

    name: str
    arguments: dict[str, Any]
    post: Post
    waiting: deque[Letter] = field(default_factory=deque)
    unacked: int = 0
    subscribers: deque[Subscriber] = field(default_factory=deque)
    _alarm_at: float = inf

    @property
    def held(self) -> int:
        """How many messages the queue still answers for."""
        return len(self.waiting) + self.unacked

    def put(self, letter: Letter) -> None:
        """Take in a message and hand it on if somebody is free."""
        self._limit_life(letter)
        self.post.count_in(self.name, letter)
        self.waiting.append(letter)
        self.dispatch()

    def get(self) -> Letter | None:
        """Take the next message out by hand; it is unacknowledged then."""
        self._drop_expired()
        if not self.waiting:
            return None
        self.unacked += 1
        return self.waiting.popleft()

    def subscribe(self, subscriber: Subscriber) -> None:
        """Let a consumer have its share."""
        self.subscribers.append(subscriber)
        self.dispatch()

    def unsubscribe(self, subscriber: Subscriber) -> None:
        """Give a consumer nothing more; an expiring queue that loses its last one goes after its time."""
        if subscriber in self.subscribers:
            self.subscribers.remove(subscriber)
        expires = self.arguments.get("x-expires")
        if expires and not self.subscribers:
            eventlet.spawn_after(int(expires) / MS, self._expire_queue)

    def ack(self, letter: Letter) -> None:
        """The message is dealt with."""
        self.unacked -= 1
        self.post.count_out(self.name, letter)

    def back(self, letter: Letter) -> None:
        """The message was not dealt with: first in line again, or dead when it came back too often."""
        self.unacked -= 1
        letter.deliveries += 1
        limit = self.arguments.get("x-delivery-limit")
        if limit is not None and letter.deliveries > int(limit):
            self._bury(letter, "delivery_limit")
            return
        self.waiting.appendleft(letter)

    def reject(self, letter: Letter) -> None:
        """The message is refused: to the dead letters if the queue has them, else gone."""
        self.unacked -= 1
        self._bury(letter, "rejected")

    def purge(self) -> int:
        """Throw away what waits; return how much it was."""
        thrown = len(self.waiting)
        while self.waiting:
            self.post.count_out(self.name, self.waiting.popleft())
        return thrown

    def dispatch(self) -> None:
        """Hand out what waits, in turn, to those who take more; watch the time of what stays."""
        self._drop_expired()
        while self.waiting and (subscriber := self._next_ready()) is not None:
            subscriber.held += 1
            self.unacked += 1
            subscriber.deliver(self.waiting.popleft(), self, subscriber)
        self._watch_time()

    def _next_ready(self) -> Subscriber | None:
        for _ in range(len(self.subscribers)):
            self.subscribers.rotate(-1)
            if self.subscribers[-1].ready:
                return self.subscribers[-1]
        return None

    def _limit_life(self, letter: Letter) -> None:
        ttl = self.arguments.get("x-message-ttl")
        if ttl is not None:
            end = monotonic() + int(ttl) / MS
            letter.expires_at = end if letter.expires_at is None else min(end, letter.expires_at)

    def _drop_expired(self) -> None:
        now = monotonic()
        while self.waiting and (self.waiting[0].expires_at or now + 1) <= now:
            self._bury(self.waiting.popleft(), "expired")

    def _watch_time(self) -> None:
        until = self.waiting[0].expires_at if self.waiting else None
        if until is not None and until < self._alarm_at:
            self._alarm_at = until
            eventlet.spawn_after(max(0.0, until - monotonic()), self._time_is_up, until)

    def _time_is_up(self, until: float) -> None:
        if until == self._alarm_at:
            self._alarm_at = inf
        self.dispatch()

    def _bury(self, letter: Letter, reason: str) -> None:
        exchange = self.arguments.get("x-dead-letter-exchange")
        if exchange is not None:
            self.post.route(self._dead_copy(letter, str(exchange), reason))
        self.post.count_out(self.name, letter)

    def _dead_copy(self, letter: Letter, exchange: str, reason: str) -> Letter:
        key = self.arguments.get("x-dead-letter-routing-key", letter.routing_key)
        death = {"queue": self.name, "reason": reason, "count": 1}
        headers = {**letter.headers, "x-death": [death, *letter.headers.get("x-death", [])]}
        properties = {name: value for name, value in letter.properties.items() if name != "expiration"}
        return Letter(letter.body, properties, headers, exchange, str(key))

    def _expire_queue(self) -> None:
        if not self.subscribers:
            self.post.delete_queue(self.name)
