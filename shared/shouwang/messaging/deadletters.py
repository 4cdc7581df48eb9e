"""Dead letters: list, look, redrive, drop with a reason on record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class DeadLetter:
    """One dead letter, without its data."""

    queue: str
    id: str
    event: str
    subject: str
    reason: str
    error: str
    died_at: str
    attempts: int
    redriven: int


class DeadLetters:
    """The dead letters of all handlers, or of the `queues` named."""

    def __init__(
        self, amqp_uri: str, *, queues: Iterable[str] | None = None, management_url: str | None = None
    ) -> None:
        raise NotImplementedError
