"""Indexes are declared where the repository is declared, and made by `Database.ensure_indexes`."""

from __future__ import annotations

from dataclasses import dataclass

REGION = "region"
ID = "_id"
AT = "at"
"""When a document was last saved (real time, UTC): what keeps a read model asks for what is newer."""


@dataclass(frozen=True, slots=True, init=False)
class Index:
    """Fields of one ascending index, by stored path: `Index("region", "state.category", unique=False)`.

    In the store `region` stands behind the other fields, because it is asked for by prefix (a range) and they
    by equality; `_id` closes a non-unique index, for paging.
    """

    fields: tuple[str, ...]
    unique: bool

    def __init__(self, *fields: str, unique: bool = False) -> None:
        object.__setattr__(self, "fields", tuple(stored_path(field) for field in fields))
        object.__setattr__(self, "unique", unique)

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields in the order in which the store keeps them."""
        if self.unique:
            return self.fields
        others = tuple(field for field in self.fields if field not in (REGION, ID))
        return (*others, *((REGION,) if REGION in self.fields else ()), ID)


def stored_path(name: str) -> str:
    """Return the stored path of a field; a bare name (not `region`, `_id`, `at` …) stands under `state`."""
    if name in (ID, REGION, AT, "v", "schema") or name.startswith(("state.", "blind.")):
        return name
    return f"state.{name}"
