"""Events of monitoring by topic: each topic's EVENTS is type → schema of its data."""

from typing import Any, Final

from shouwang.service.case_schemas import MessageRequested

from services.monitoring.schemas.events import (
    care,
    documents,
    finding,
    income,
    portrait,
    proceedings,
    regional,
    registry,
    reports,
)

TOPICS: Final = (registry, income, finding, regional, proceedings, care, portrait, documents, reports)
EVENTS: Final[dict[str, Any]] = {"message.requested": MessageRequested}
for _topic in TOPICS:
    EVENTS.update(_topic.EVENTS)
"""Schema of the data of every event that monitoring emits."""
