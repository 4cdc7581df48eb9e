"""Verification (being written)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shouwang.store.database import Database


@dataclass(frozen=True, slots=True)
class Finding:
    """One alteration: stable code, collection, id and a Chinese sentence."""

    code: str
    collection: str
    id: str
    message: str


@dataclass(slots=True)
class Report:
    """What verify looked at and what it found."""

    checked: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Tell whether nothing was found."""
        return not self.findings


def verify(db: Database, roots: Path | str | None = None) -> Report:
    """Look for alterations in every aggregate; `roots` is the folder of daily roots."""
    raise NotImplementedError


def daily_root(db: Database, path: Path | str) -> Path:
    """Write the root of today's heads into the folder `path`, outside the database."""
    raise NotImplementedError
