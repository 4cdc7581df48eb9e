"""Income: collections of each quarter, growth, plausibility. Events."""

from __future__ import annotations

from typing import Any, Final

EVENTS: Final[dict[str, Any]] = {}
