"""The portrait of a household, why, why not, and what if. Events."""

from __future__ import annotations

from typing import Any, Final

EVENTS: Final[dict[str, Any]] = {}
