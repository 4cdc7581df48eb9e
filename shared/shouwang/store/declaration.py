"""What a repository declares about its aggregates, checked when it is declared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shouwang.errors import ConfigurationError
from shouwang.store.index import REGION, Index
from shouwang.store.paths import Node, compile_patterns

State = dict[str, Any]
Migration = Callable[[State], State]


@dataclass(frozen=True, slots=True)
class Declaration:
    """Collection, kind, schema and rules of one repository; see `Database.repository`."""

    collection: str
    kind: str
    schema_version: int
    fields: Node
    blind: Mapping[str, tuple[str, ...]]
    indexes: tuple[Index, ...]
    migrations: Mapping[int, Migration]

    @property
    def segments(self) -> str:
        """The collection that holds older history."""
        return f"{self.collection}_segments"


def declare(
    collection: str,
    kind: str,
    schema_version: int,
    encrypted: Sequence[str],
    public: Sequence[str],
    blind: Mapping[str, str],
    indexes: Sequence[Index],
    migrations: Mapping[int, Migration],
) -> Declaration:
    """Return the declaration; ConfigurationError when it contradicts itself."""
    fields = compile_patterns(encrypted, public)
    _check_indexes(collection, fields, indexes)
    _check_migrations(collection, schema_version, migrations)
    lookups = tuple(Index(f"blind.{name}") for name in blind)
    every = dict.fromkeys((Index(REGION), *lookups, *indexes))
    paths = {name: tuple(pattern.split(".")) for name, pattern in blind.items()}
    return Declaration(collection, kind, schema_version, fields, paths, tuple(every), migrations)


def _check_indexes(collection: str, fields: Node, indexes: Sequence[Index]) -> None:
    for path in (path for index in indexes for path in index.fields if path.startswith("state.")):
        node = fields
        for part in path.split(".")[1:]:
            node = node.at(part)
            if node.encrypted:
                raise _wrong(collection, f"索引字段 {path} 是加密字段", "查找加密字段请用 blind={…}。")


def _check_migrations(collection: str, version: int, migrations: Mapping[int, Migration]) -> None:
    missing = [number for number in range(1, version) if number not in migrations]
    if missing:
        steps = "、".join(f"{number}→{number + 1}" for number in missing)
        raise _wrong(collection, f"缺少结构迁移 {steps}", "在 migrations={旧版本: 函数} 中补上。")


def _wrong(collection: str, message: str, remedy: str) -> ConfigurationError:
    return ConfigurationError(
        message, code="configuration.repository", where=f"repository({collection!r})", remedy=remedy
    )
