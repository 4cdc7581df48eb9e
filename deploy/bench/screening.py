"""Screening with every rule of every department by their warm workers, against the same conditions in SQL.

What is counted: persons' rows of the newest period of every table that a rule reads, of all departments; the
windows (months before it) and tables about places come on top. A round asks one worker after another and gets
every hit with its decision. The queries run one after another in one DuckDB and give the same rows in one
order; their answers are compared before anything is measured.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from shouwang.children.parent import Part
from shouwang.decision.codec import decode
from shouwang.department.child import Child
from shouwang.department.expressions import LIMITS

from deploy.bench.bulk.departments import COUNTY, MONTH, Department, departments
from deploy.bench.bulk.queries import Bare, Row
from deploy.bench.bulk.writing import Writer
from deploy.bench.figures import AT_MOST, Figure, compared
from deploy.bench.memory import Memory
from deploy.bench.place import Place
from deploy.bench.sizes import Sizes
from deploy.bench.turns import in_turns

Found = dict[str, list[Row]]
PROMISED = "promised"
SECONDS, MEMORY_MB = 60.0, 4096.0


def bench(place: Place, sizes: Sizes) -> list[Figure]:
    """Write the tables, see that both find the same, then measure; RowsDiffer when they do not."""
    covered, lacking = departments()
    for line in lacking:
        print(f"not covered: {line}", file=sys.stderr, flush=True)
    root = place.folder / "lake"
    written = Writer(root, covered).write(sizes.persons)
    with _workers(root, covered) as children, _bare(root, covered) as bare:
        clues = same_rows(screen(children, covered), bare.screen())
        with Memory([child.pid for child in children.values() if child.pid]) as memory:
            works = {"ours": lambda: screen_only(children), "peer": bare.screen}
            seconds = in_turns(sizes.screening_rounds, works)
    rules = sum(len(one.plugin.rules) for one in covered)
    what = f"screening, {written.month} person rows (+ {written.besides}), {rules} rules, {clues} found"
    what += f", {len(lacking)} not covered" if lacking else ""
    ours, workers = seconds["ours"], f"memory of {len(children)} workers"
    return [
        compared("screening", what, "s", "DuckDB SQL", ours, seconds["peer"], AT_MOST, 1.5),
        compared("screening_seconds", "the same", "s", PROMISED, ours, SECONDS, AT_MOST, 1),
        compared("screening_memory", workers, "MB", PROMISED, memory.megabytes, MEMORY_MB, AT_MOST, 1),
    ]


def screen(children: Mapping[str, Child], covered: list[Department]) -> Found:
    """Have every worker screen the month; "department/rule" → rows in the form of the queries."""
    found: Found = {}
    for one in covered:
        parts: list[dict[str, Any]] = []
        screened(children[one.code], parts.append)
        for part in parts:
            shown = one.plugin.rules[part["rule"].partition(".")[2]].shows
            rows = found.setdefault(f"{one.code}/{part['rule']}", [])
            rows.extend(_row(list(shown), hit) for hit in part["hits"])
    return found


def screen_only(children: Mapping[str, Child]) -> int:
    """Do what a department does each month: every rule, every hit with its decision, part by part."""
    return sum(_counted(child) for child in children.values())


def _counted(child: Child) -> int:
    found = 0

    def count(part: dict[str, Any]) -> None:
        nonlocal found  # a part is let go once it is dealt with, as a department does
        found += len(part["hits"])

    screened(child, count)
    return found


def screened(child: Child, on_part: Part) -> None:
    """Screen once; ValueError when a rule knew nothing (its data would be missing)."""
    answers = child.screen(str(MONTH), on_part)
    unknown = [answer["rule"] for answer in answers if answer["verdict"] == "unknown"]
    if unknown:
        raise ValueError(f"rules without an answer: {unknown}")


class RowsDiffer(Exception):
    """The rule and its SQL do not find the same: then nothing is compared."""


def same_rows(ours: Found, bare: Found) -> int:
    """Return how many rows both found, in one order; RowsDiffer names the rule and an example."""
    for rule, rows in bare.items():
        mine, theirs = ours.get(rule, []), [_plain(row) for row in rows]
        if not mine or len(set(mine)) != len(mine):
            raise RowsDiffer(f"{rule}: no row, or one twice: nothing is shown by that")
        if mine != theirs:
            only = sorted(map(str, set(mine) ^ set(theirs)))[:2]
            raise RowsDiffer(f"{rule}: {len(mine)} rows by the rule, {len(theirs)} by SQL, e.g. {only}")
    return sum(len(rows) for rows in bare.values())


def _row(shown: list[str], hit: Mapping[str, Any]) -> Row:
    grounds = {ground["name"]: ground["value"] for ground in hit["decision"]["grounds"]}
    return _plain((hit["person"], *(grounds[name] for name in shown)))


def _plain(row: Row) -> Row:
    return tuple(str(decode(value)) for value in row)


@contextmanager
def _workers(root: Path, covered: list[Department]) -> Iterator[dict[str, Child]]:
    with ExitStack() as ends:
        children = {one.code: Child(one.plugin.folder, root / one.code, COUNTY) for one in covered}
        for child in children.values():
            ends.callback(child.stop)
        yield children


@contextmanager
def _bare(root: Path, covered: list[Department]) -> Iterator[Bare]:
    bare = Bare(root, covered, LIMITS)
    try:
        yield bare
    finally:
        bare.close()
