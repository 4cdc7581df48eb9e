"""Structured logs: one JSON object a line, with service, call and event ids, and no personal data."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

import structlog
from structlog.contextvars import bound_contextvars, merge_contextvars
from structlog.stdlib import BoundLogger, ProcessorFormatter
from structlog.types import EventDict, Processor

from shouwang.telemetry.privacy import redact

_SHARED: tuple[Processor, ...] = (
    merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.format_exc_info,
)


def configure(service: str, *, level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send every log of this process, also those of libraries, to `stream` (stderr) as JSON lines.

    Call it once, when a process starts; `service` stands on every line unless a call bound another.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_formatter(service))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *_SHARED, ProcessorFormatter.wrap_for_formatter],
        wrapper_class=BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def get_logger(name: str) -> BoundLogger:
    """Return a logger: `log.info("clue.opened", clue=clue_id)`; ids and counts only, never a person."""
    logger: BoundLogger = structlog.stdlib.get_logger(name)
    return logger


@contextmanager
def bind(**ids: str | None) -> Iterator[None]:
    """Put ids (call_id, event_id, request_id, service …) on every line inside the block, none after."""
    given = {name: value for name, value in ids.items() if value is not None}
    with bound_contextvars(**given):
        yield


def bound() -> dict[str, Any]:
    """Return the ids that are bound here, to hand them on with a call."""
    return dict(structlog.contextvars.get_contextvars())


def _formatter(service: str) -> ProcessorFormatter:
    def name_service(_logger: Any, _method: str, event: EventDict) -> EventDict:
        event.setdefault("service", service)
        return event

    return ProcessorFormatter(
        foreign_pre_chain=list(_SHARED),
        processors=[
            ProcessorFormatter.remove_processors_meta,
            name_service,
            redact,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
