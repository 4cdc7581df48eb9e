"""Whether a department is there: silent after some days without a heartbeat, gone after more (A-09)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

PRESENT, SILENT, GONE = "present", "silent", "gone"
LABELS: Final = {PRESENT: "在", SILENT: "未报到", GONE: "已离开"}


def presence(department: Mapping[str, Any], on: date, silent_days: int | None, gone_days: int | None) -> str:
    """Return "present", "silent" or "gone"; who was deregistered is gone at once.

    `department`: {last_heard_on, left_on}. Both limits are full days without a heartbeat;
    one that is not known (None) makes nobody silent or gone: who might be there is asked.
    """
    if department["left_on"] is not None:
        return GONE
    quiet = (on - date.fromisoformat(department["last_heard_on"])).days
    if gone_days is not None and quiet > gone_days:
        return GONE
    return SILENT if silent_days is not None and quiet > silent_days else PRESENT
