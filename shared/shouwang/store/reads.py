"""Read log (being written)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shouwang.store.database import Database


class ReadLog:
    """Every read of a person: who, whom, why, when."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def record(self, actor: Mapping[str, Any], subject_id: str, purpose: str, on: date) -> None:
        """Write one line; the read must not be answered when this raises."""
        raise NotImplementedError
