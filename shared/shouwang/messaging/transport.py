"""The in-process kombu transport `embedded`, for a suite without a broker."""

from __future__ import annotations


def reset(amqp_uri: str) -> None:
    """Forget everything this embedded broker holds (tests)."""


def idle(amqp_uri: str) -> bool:
    """Say whether all its queues (dead letters aside) are empty and nothing is unacknowledged."""
    raise NotImplementedError


def wait_idle(amqp_uri: str, timeout: float) -> None:
    """Wait until idle; Unavailable `bus.not_idle` names the queues that are not, when the time is over."""
    raise NotImplementedError
