"""Rejected rows (being written)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from shouwang.store.database import Database


class PrivateRows:
    """Rows of a file that were refused: encrypted, private, with an expiry date."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def keep(self, batch: str, rows: Sequence[Mapping[str, Any]], expires: date) -> None:
        """Store the rows of one batch; the same batch again replaces nothing twice."""
        raise NotImplementedError

    def rows(self, batch: str) -> list[dict[str, Any]]:
        """Read the rows of one batch."""
        raise NotImplementedError

    def purge(self, today: date) -> int:
        """Delete what expired before `today`; returns how many rows."""
        raise NotImplementedError
