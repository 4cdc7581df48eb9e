"""Regional and large-scale risk: signals, warnings, joint study. Events."""

from __future__ import annotations

from typing import Any, Final

EVENTS: Final[dict[str, Any]] = {}
