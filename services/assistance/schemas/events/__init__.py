"""Events of assistance by topic: what it hears, and in EVENTS the schema of everything that it emits."""

from typing import Any, Final

from shouwang.service.case_schemas import MessageRequested, NoticeRequested

from services.assistance.schemas.events import planning, society, tasks

EVENTS: Final[dict[str, Any]] = {
    "message.requested": MessageRequested,
    "notice.requested": NoticeRequested,
    **planning.EVENTS,
    **tasks.EVENTS,
    **society.EVENTS,
}
"""Schema of the data of every event that assistance emits."""
