"""Refused rows of an import: counted, the first ones listed, each handed over whole for who corrects it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pyarrow.compute as pc

from shouwang.department.parsing import Problem
from shouwang.department.sheets import Chunk

LISTED: Final = 500  # problems in a report; `rejected_rows` counts all of them
KEPT: Final = 100_000
"""Rows handed over whole. A file with more refused rows is corrected where it comes from, not row by row."""
TOGETHER: Final = 500

Note = dict[str, Any]
Place = Callable[[int], dict[str, Any]]


@dataclass
class Rejected:
    """What was refused so far. send: takes {rejected: [{number, row, sheet?, problems, cells}]}.

    Cells go there and nowhere else: neither into a report nor into a message.
    """

    send: Callable[[dict[str, Any]], None]
    rows: int = 0
    kept: int = 0
    first: list[tuple[int, Note]] = field(default_factory=list)
    doubles: list[tuple[int, Note]] = field(default_factory=list)

    def add(self, chunk: Chunk, problems: Iterable[Problem], place: Place) -> None:
        """Note the problems of a chunk: one for each row and heading."""
        found = _by_row(problems)
        for at in sorted(found):
            self.rows += 1
            if len(self.first) < LISTED:
                number = chunk.numbers[at]
                self.first += [(number, _note(place(number), one)) for one in found[at].values()]
        self._hand_over(_whole(chunk, at, found[at].values(), place) for at in sorted(found))

    def add_double(self, number: int, label: str, text: str, place: Place) -> None:
        """Note a row whose key stands in an earlier one."""
        self.rows += 1
        if len(self.doubles) < LISTED:
            note = {**place(number), "column": label, "problem": text, "code": "row.duplicate"}
            self.doubles.append((number, note))

    def hand_over_doubles(self, rows: Iterable[dict[str, Any]]) -> None:
        """Hand over rows, made whole again, whose key stands in an earlier one."""
        self._hand_over(rows)

    def listed(self) -> list[Note]:
        """Return the first problems in the order of the file."""
        found = sorted([*self.first, *self.doubles], key=lambda one: one[0])
        return [note for _, note in found[:LISTED]]

    def not_kept(self) -> list[dict[str, str]]:
        """Return a warning where rows were refused that nobody can get whole, with what to do."""
        if self.rows == self.kept:
            return []
        text = (
            f"被拒 {self.rows} 行，整行只留存了 {self.kept} 行，其余只计了数。"
            "这么多行多半同一个原因：请看列出的问题，在来源系统里改好，重新导出整个文件再导入；只改留存的那些行，其余的人仍不在表里。"
        )
        return [{"code": "rejected_not_kept", "text": text}]

    def _hand_over(self, rows: Iterable[dict[str, Any]]) -> None:
        for batch in _batches(rows):
            fitting = batch[: KEPT - self.kept]
            if fitting:
                self.kept += len(fitting)
                self.send({"rejected": fitting})


def whole_row(chunk: Chunk, at: int, problems: list[str], place: Place) -> dict[str, Any]:
    """Return a row with its place, its problems and its cells as they were in the file."""
    cells = {label: values[at] for label, values in chunk.cells.items()}
    number = chunk.numbers[at]
    return {"number": number, **place(number), "problems": problems, "cells": cells}


def _whole(chunk: Chunk, at: int, problems: Iterable[Problem], place: Place) -> dict[str, Any]:
    return whole_row(chunk, at, [problem.text for problem in problems], place)


def _note(where: dict[str, Any], problem: Problem) -> Note:
    return {**where, "column": problem.label, "problem": problem.text, "code": problem.code}


def _by_row(problems: Iterable[Problem]) -> dict[int, dict[str, Problem]]:
    found: dict[int, dict[str, Problem]] = {}
    for problem in problems:
        for at in pc.indices_nonzero(pc.fill_null(problem.rows, False)).to_pylist():
            found.setdefault(at, {}).setdefault(problem.label, problem)
    return found


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == TOGETHER:
            yield batch
            batch = []
    if batch:
        yield batch
