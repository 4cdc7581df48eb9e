"""Indexes are declared where the repository is declared, and made by `Database.ensure_indexes`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, init=False)
class Index:
    """Fields of one ascending index, by stored path: `Index("region", "state.category", unique=False)`."""

    fields: tuple[str, ...]
    unique: bool

    def __init__(self, *fields: str, unique: bool = False) -> None:
        object.__setattr__(self, "fields", fields)
        object.__setattr__(self, "unique", unique)
