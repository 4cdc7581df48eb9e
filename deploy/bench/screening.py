"""Screening with every rule of both departments by their warm workers, against the same conditions in SQL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

from shouwang.decision.codec import decode
from shouwang.department.child import Child
from shouwang.department.expressions import THREADS

from deploy.bench.figures import AT_MOST, Figure, compared
from deploy.bench.lake_sql import QUERIES, Bare, Query, Row, folder_of
from deploy.bench.lake_tables import COUNTY, MONTH, Writer
from deploy.bench.place import Place
from deploy.bench.sizes import Sizes
from deploy.bench.turns import in_turns
from services.assistance.departments import civil_affairs, health_insurance

DEPARTMENTS: Final[Mapping[str, Any]] = {
    "health_insurance": health_insurance,
    "civil_affairs": civil_affairs,
}
Found = dict[str, list[Row]]


def bench(place: Place, sizes: Sizes) -> list[Figure]:
    """Write the tables, see that both find the same, then measure; RowsDiffer when they do not."""
    root = place.folder / "lake"
    Writer(root, sizes.persons, sizes.claims_a_month).write()
    with _workers(root) as children, _bare(root) as bare:
        clues = same_rows(screen(children), bare.screen())
        seconds = in_turns(
            sizes.screening_rounds, {"ours": lambda: screen_only(children), "peer": bare.screen}
        )
    what = f"screening, {sizes.persons} persons, {clues} found"
    return [compared("screening", what, "s", "DuckDB SQL", seconds["ours"], seconds["peer"], AT_MOST, 1.5)]


def screen(children: Mapping[str, Child]) -> Found:
    """Have every worker screen the month; rule → rows in the form of the queries."""
    found: Found = {}
    for child in children.values():
        for part in screened(child):
            query = _query(part["rule"])
            found.setdefault(query.rule, []).extend(_row(query, hit) for hit in part["hits"])
    return found


def screen_only(children: Mapping[str, Child]) -> int:
    """Do what a department does each month: every rule, every hit with its decision received."""
    return sum(len(part["hits"]) for child in children.values() for part in screened(child))


def screened(child: Child) -> list[dict[str, Any]]:
    """Return the parts of one screening; ValueError when a rule knew nothing (its data would be missing)."""
    parts: list[dict[str, Any]] = []
    answers = child.ask("screen", on_part=parts.append, period=str(MONTH))
    unknown = [answer["rule"] for answer in answers if answer["verdict"] == "unknown"]
    if unknown:
        raise ValueError(f"rules without an answer: {unknown}")
    return parts


class RowsDiffer(Exception):
    """The rule and its SQL do not find the same: then nothing is compared."""


def same_rows(ours: Found, bare: Found) -> int:
    """Return how many rows both found; RowsDiffer names the rule and an example of what differs."""
    for query in QUERIES:
        mine, theirs = set(ours.get(query.rule, [])), {_plain(row) for row in bare[query.rule]}
        if mine != theirs:
            only = sorted(map(str, mine ^ theirs))[:2]
            raise RowsDiffer(f"{query.rule}: {len(mine)} rows by the rule, {len(theirs)} by SQL, e.g. {only}")
        if not mine or len(mine) != len(bare[query.rule]):
            raise RowsDiffer(f"{query.rule}: no row, or one twice: nothing is shown by that")
    return sum(len(rows) for rows in bare.values())


def _row(query: Query, hit: Mapping[str, Any]) -> Row:
    grounds = {ground["name"]: ground["value"] for ground in hit["decision"]["grounds"]}
    return _plain((hit["person"], *(grounds[name] for name in query.shows)))


def _plain(row: Row) -> Row:
    return tuple(str(decode(value)) for value in row)


def _query(rule: str) -> Query:
    return next(query for query in QUERIES if query.rule == rule)


@contextmanager
def _workers(root: Path) -> Iterator[dict[str, Child]]:
    with ExitStack() as ends:
        children = {code: Child(folder_of(one), root / code, COUNTY) for code, one in DEPARTMENTS.items()}
        for child in children.values():
            ends.callback(child.stop)
        yield children


@contextmanager
def _bare(root: Path) -> Iterator[Bare]:
    bare = Bare(root, THREADS)
    try:
        yield bare
    finally:
        bare.close()
