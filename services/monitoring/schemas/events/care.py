"""Care of monitored households: contact persons, evaluation, problems, worklists. Events."""

from __future__ import annotations

from typing import Any, Final

EVENTS: Final[dict[str, Any]] = {}
