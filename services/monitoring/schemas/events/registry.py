"""What monitoring tells of the registry."""

from __future__ import annotations

from typing import Any, Final

EVENTS: Final[dict[str, Any]] = {}
