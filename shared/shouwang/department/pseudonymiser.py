"""A column of ID numbers becomes pseudonyms: each number is checked and turned once only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from shouwang.department.columns import IdNumberColumn
from shouwang.department.parsing import LOST_DIGITS, Parsed, Problem, required
from shouwang.department.pseudonyms import pseudonym
from shouwang.errors import BadRequest
from shouwang.identity import parse_id

AS_NUMBER: Final = (
    "identity.as_number",
    "身份证号被存成了数字，后几位已丢失；请把该列设为文本后重新导出",
)


class Pseudonymiser:
    """Turns ID numbers into pseudonyms and remembers which belongs to which, for the vault."""

    def __init__(self, key: bytes, on: date) -> None:
        self._key, self._on = key, on
        self._by_number: dict[str, str] = {}

    def parse(self, column: IdNumberColumn, cells: pa.Array) -> Parsed:
        """Return pseudonyms as text (NULL where the number is wrong) and the problems by kind."""
        encoded = pc.dictionary_encode(cells)
        found = [self._one(number) for number in encoded.dictionary.to_pylist()]
        names = pa.array([name for name, _ in found], pa.string())
        wrong = pa.array([code for _, code in found], pa.string())
        problems = _by_kind(column.label, pc.take(wrong, encoded.indices), found)
        return Parsed(pc.take(names, encoded.indices), [*required(column, column.label, cells), *problems])

    def persons(self, wanted: pa.Array) -> dict[str, str]:
        """Return pseudonym -> ID number of those among `wanted`."""
        by_name = {name: number for number, name in self._by_number.items()}
        return {name: by_name[name] for name in pc.unique(wanted).to_pylist() if name is not None}

    def _one(self, text: str) -> tuple[str | None, str | None]:
        if LOST_DIGITS.match(text):
            return None, "\n".join(AS_NUMBER)
        try:
            number = parse_id(text, on=self._on).value
        except BadRequest as error:
            return None, f"{error.code}\n{error.message}"
        if number not in self._by_number:
            self._by_number[number] = pseudonym(self._key, number)
        return self._by_number[number], None


def _by_kind(label: str, wrong: pa.Array, found: Sequence[tuple[Any, str | None]]) -> list[Problem]:
    kinds = dict.fromkeys(kind for _, kind in found if kind is not None)
    return [_problem(label, wrong, kind) for kind in kinds]


def _problem(label: str, wrong: pa.Array, kind: str) -> Problem:
    code, _, text = kind.partition("\n")
    return Problem(pc.equal(wrong, kind), label, code, text.rstrip("。"))
