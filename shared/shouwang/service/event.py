"""An event as a handler gets it: CloudEvents attributes, data already loaded by the handler's schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from shouwang.errors import BadRequest


@dataclass(frozen=True)
class IncomingEvent:
    """One event of another service.

    source: name of the service; type: "case.opened" (without prefix); subject: id of the aggregate it is
    about; sequence: version of that aggregate (for reordering); on: business date; actor: who caused it.
    """

    id: str
    source: str
    type: str
    subject: str
    sequence: int
    on: date
    region: str
    actor: dict[str, Any]
    data: dict[str, Any]

    def with_data(self, data: Mapping[str, Any]) -> IncomingEvent:
        """Return the same event with its data loaded."""
        return replace(self, data=dict(data))


def business_date(text: str) -> date:
    """Return the day of the envelope's `businessdate`; BadRequest when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadRequest(
            "事件的 businessdate 不是日期",
            code="bus.businessdate",
            remedy="请由发出方改正：businessdate 写成 2021-06-30。",
        ) from None
