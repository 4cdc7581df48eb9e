"""Queries of the portable subset, each on a declared index."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from shouwang.errors import ConfigurationError
from shouwang.store.declaration import Declaration
from shouwang.store.index import ID, REGION, stored_path

VILLAGE_DIGITS: Final = 12
IN_VALUES: Final = 16  # values of one `$in`
LAST: Final = "\uffff"
Query = dict[str, Any]


def build(
    declaration: Declaration,
    where: Mapping[str, Any] | None,
    region: str | None,
    after: str | None = None,
    blind: tuple[str, Any] | None = None,
    until: str | None = None,
) -> Query:
    """Return the filter: equalities first, then the range of the region, then the page.

    ConfigurationError `store.no_index` when no declared index begins with one of its fields.
    """
    query = {stored_path(name): value for name, value in (where or {}).items()}
    query = dict(sorted(query.items(), key=lambda item: isinstance(item[1], Mapping)))
    if blind is not None:
        query = {**_blind(declaration, *blind), **query}
    if region:
        query[REGION] = region_filter(region)
    _require_index(declaration, query)
    page = {"$gt": after, "$lte": until}
    bounds = {name: id for name, id in page.items() if id is not None}
    return {**query, ID: bounds} if bounds else query


def split(query: Query, most: int = IN_VALUES) -> list[Query]:
    """Return the query, or several that together ask for a long `$in`: some servers compare all with all."""
    for name, value in query.items():
        if isinstance(value, Mapping) and len(value.get("$in", ())) > most:
            wanted = list(dict.fromkeys(value["$in"]))
            chunks = [wanted[start : start + most] for start in range(0, len(wanted), most)]
            return [{**query, name: {**value, "$in": chunk}} for chunk in chunks]
    return [query]


def region_filter(region: str) -> Any:
    """Return the condition for everything within a division: a village exactly, others by prefix."""
    return region if len(region) == VILLAGE_DIGITS else {"$gte": region, "$lt": region + LAST}


def _blind(declaration: Declaration, name: str, values: list[str]) -> Query:
    if name not in declaration.blind:
        raise _no_index(declaration, f"blind.{name}", f"blind={{{name!r}: 路径}}")
    return {f"blind.{name}": values[0] if len(values) == 1 else {"$in": values}}


def _require_index(declaration: Declaration, query: Query) -> None:
    leading = {index.keys[0] for index in declaration.indexes} | {ID}
    if query and not leading & set(query):
        fields = "、".join(query)
        raise _no_index(declaration, fields, f"indexes=[Index({next(iter(query))!r})]")


def _no_index(declaration: Declaration, fields: str, remedy: str) -> ConfigurationError:
    return ConfigurationError(
        f"没有以 {fields} 开头的索引，查找会扫全表",
        code="store.no_index",
        where=f"repository({declaration.collection!r})",
        remedy=f"在声明中加上 {remedy}。",
    )
