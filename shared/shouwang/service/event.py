"""An event as a handler gets it: CloudEvents attributes, data already loaded by the handler's schema."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any


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
