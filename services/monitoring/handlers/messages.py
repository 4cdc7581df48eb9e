"""Telling people what concerns them: asks notify for a message (N-03); no personal data."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.service import Context
from shouwang.store import Aggregate, Event


def message(
    ctx: Context, about: Aggregate, role: str, title: str, text: str, due: date | None = None, mark: str = ""
) -> Event:
    """Return the request for one message about an aggregate; the same key is delivered once.

    `mark` tells apart several messages about the same thing.
    """
    subject: dict[str, Any] = {"service": ctx.service, "kind": about.kind, "id": about.id}
    data = {
        "key": "/".join(filter(None, [about.kind, about.id, role, mark])),
        "role": role,
        "region": about.region,
        "title": title,
        "text": text,
        "due": due.isoformat() if due else None,
        "subject": subject,
    }
    event: Event = ctx.event("message.requested", data)
    return event
