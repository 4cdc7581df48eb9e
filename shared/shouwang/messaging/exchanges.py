"""Exchanges of the embedded broker: who gets a copy of a message."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kombu.exceptions import ChannelError

WORD = {"*": r"[^.]+", "#": r".*"}


@dataclass(slots=True)
class Exchange:
    """One exchange: its type, its alternate, and the queues bound to it."""

    type: str
    alternate: str = ""
    bindings: dict[tuple[str, str], re.Pattern[str]] = field(default_factory=dict)

    def lookup(self, routing_key: str) -> list[str]:
        """Return the names of the queues that the routing key reaches, each once."""
        if self.type == "fanout":
            return list(dict.fromkeys(queue for queue, _ in self.bindings))
        reached = (queue for (queue, _), pattern in self.bindings.items() if pattern.fullmatch(routing_key))
        return list(dict.fromkeys(reached))

    def bind(self, queue: str, key: str) -> None:
        """Let the queue have what comes with this routing key (a pattern on a topic exchange)."""
        self.bindings[queue, key] = _pattern(key) if self.type == "topic" else re.compile(re.escape(key))


class Exchanges:
    """All exchanges of one broker; the nameless one leads to the queue that the routing key names."""

    def __init__(self) -> None:
        self._exchanges: dict[str, Exchange] = {}

    def declare(self, name: str, type: str, alternate: str = "") -> None:
        """Make the exchange if it is not there."""
        self._exchanges.setdefault(name, Exchange(type, alternate))

    def bind(self, name: str, queue: str, key: str) -> None:
        """Bind a queue."""
        self._get(name).bind(queue, key)

    def unbind(self, name: str, queue: str, key: str) -> None:
        """Undo one binding."""
        self._get(name).bindings.pop((queue, key), None)

    def unbind_all(self, queue: str) -> None:
        """Undo every binding of a queue."""
        for exchange in self._exchanges.values():
            for binding in [each for each in exchange.bindings if each[0] == queue]:
                del exchange.bindings[binding]

    def delete(self, name: str) -> None:
        """Remove the exchange."""
        self._exchanges.pop(name, None)

    def lookup(self, name: str, routing_key: str) -> list[str]:
        """Return the queues reached; when there is none, those of the alternate exchange."""
        if not name:
            return [routing_key]
        exchange = self._get(name)
        found = exchange.lookup(routing_key)
        if not found and exchange.alternate in self._exchanges:
            return self.lookup(exchange.alternate, routing_key)
        return found

    def exists(self, name: str) -> bool:
        """Say whether the exchange is there."""
        return name in self._exchanges

    def _get(self, name: str) -> Exchange:
        if name not in self._exchanges:
            raise ChannelError(f"NOT_FOUND - no exchange '{name}'")
        return self._exchanges[name]


def _pattern(key: str) -> re.Pattern[str]:
    words = [WORD.get(word, re.escape(word)) for word in key.split(".")]
    return re.compile(r"\.".join(words))
