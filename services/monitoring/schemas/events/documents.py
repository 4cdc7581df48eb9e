"""The forms and ledgers as documents. Events."""

from __future__ import annotations

from typing import Any, Final

EVENTS: Final[dict[str, Any]] = {}
