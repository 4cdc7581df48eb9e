"""Telling people what concerns them: asks notify for a message (N-03); no personal data."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.store import Aggregate


def message(
    service: str,
    about: Aggregate,
    role: str,
    title: str,
    text: str,
    due: date | None = None,
    mark: str = "",
) -> dict[str, Any]:
    """Return the data of message.requested about an aggregate; the same key is delivered once.

    `mark` tells apart several messages about the same thing.
    """
    return {
        "key": "/".join(filter(None, [about.kind, about.id, role, mark])),
        "role": role,
        "region": about.region,
        "title": title,
        "text": text,
        "due": due.isoformat() if due else None,
        "subject": {"service": service, "kind": about.kind, "id": about.id},
    }
