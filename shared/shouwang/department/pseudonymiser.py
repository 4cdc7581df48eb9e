"""A column of ID numbers becomes pseudonyms: each number of a chunk is checked and turned once.

Who is who is kept as 34 bytes a person (16 of the pseudonym, 18 of the number), so that millions of rows need
tens of megabytes; nothing of it is written to disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from shouwang.department.columns import IdNumberColumn
from shouwang.department.parsing import LOST_DIGITS, Parsed, Problem, required
from shouwang.department.pseudonyms import BYTES, as_text, pseudonym_bytes
from shouwang.department.sound_numbers import sound
from shouwang.errors import BadRequest
from shouwang.identity import ID_LENGTH, parse_id

AS_NUMBER: Final = (
    "identity.as_number",
    "身份证号被存成了数字，后几位已丢失；请把该列设为文本后重新导出",
)
PAIR: Final = pa.binary(BYTES + ID_LENGTH)
NAME: Final = pa.binary(BYTES)
COMPACTED_AT: Final = 1_000_000
"""Pairs after which those that stand there twice are dropped."""


class Pseudonymiser:
    """Turns ID numbers into pseudonyms and remembers which belongs to which, for the vault."""

    def __init__(self, key: bytes, on: date) -> None:
        self._key, self._on = key, on
        self._pairs: list[pa.Array] = []
        self._fresh = 0

    def parse(self, column: IdNumberColumn, cells: pa.Array) -> Parsed:
        """Return pseudonyms as text (NULL where the number is wrong) and the problems by kind."""
        encoded = pc.dictionary_encode(cells)
        numbers = encoded.dictionary
        good = sound(numbers, self._on).to_pylist()
        found = [self._one(*one) for one in zip(numbers.to_pylist(), good, strict=True)]
        self._remember([pair for pair, _ in found if pair is not None])
        names = pa.array([as_text(pair[:BYTES]) if pair else None for pair, _ in found], pa.string())
        wrong = pa.array([code for _, code in found], pa.string())
        problems = _by_kind(column.label, pc.take(wrong, encoded.indices), found)
        return Parsed(pc.take(names, encoded.indices), [*required(column, column.label, cells), *problems])

    def persons(self, wanted: Iterable[pa.Array], size: int) -> Iterator[tuple[dict[str, str], float]]:
        """Yield pseudonym -> ID number of those `wanted` (16 bytes each), in order, `size` at a time.

        Beside each part the share of all, 0 to 1, that is told with it.
        """
        self._compact()
        pairs = pc.take(self._all(), pc.sort_indices(self._all()))
        known = pa.Array.from_buffers(NAME, len(pairs), [None, _names(pairs)])
        asked = _unique(NAME, wanted)
        there = pc.filter(pairs, pc.is_in(known, value_set=asked))
        for at in range(0, len(there), size):
            part = dict(_told(raw) for raw in there.slice(at, size).to_pylist())
            yield part, min(1.0, (at + size) / len(there))

    def _one(self, text: str, good: bool) -> tuple[bytes | None, str | None]:
        if good:
            return self._pair(text), None
        if LOST_DIGITS.match(text):
            return None, "\n".join(AS_NUMBER)
        try:
            number = parse_id(text, on=self._on).value
        except BadRequest as error:
            return None, f"{error.code}\n{error.message}"
        return self._pair(number), None

    def _pair(self, number: str) -> bytes:
        return pseudonym_bytes(self._key, number) + number.encode("ascii")

    def _remember(self, pairs: list[bytes]) -> None:
        self._pairs.append(pa.array(pairs, PAIR))
        self._fresh += len(pairs)
        if self._fresh > COMPACTED_AT:
            self._compact()

    def _compact(self) -> None:
        self._pairs, self._fresh = [_unique(PAIR, self._pairs)], 0

    def _all(self) -> pa.Array:
        return self._pairs[0]


def _unique(kind: pa.DataType, arrays: Iterable[pa.Array]) -> pa.Array:
    return pc.unique(pa.chunked_array(list(arrays), kind))


def _names(pairs: pa.Array) -> pa.Buffer:
    """Return the pseudonyms of pairs one behind the other."""
    raw = pairs.buffers()[1]
    start, width = pairs.offset, BYTES + ID_LENGTH
    whole = memoryview(raw)[start * width : (start + len(pairs)) * width]
    return pa.py_buffer(b"".join(whole[at : at + BYTES] for at in range(0, len(whole), width)))


def _told(raw: bytes) -> tuple[str, str]:
    return as_text(raw[:BYTES]), raw[BYTES:].decode("ascii")


def _by_kind(label: str, wrong: pa.Array, found: Sequence[tuple[Any, str | None]]) -> list[Problem]:
    kinds = dict.fromkeys(kind for _, kind in found if kind is not None)
    return [_problem(label, wrong, kind) for kind in kinds]


def _problem(label: str, wrong: pa.Array, kind: str) -> Problem:
    code, _, text = kind.partition("\n")
    return Problem(pc.equal(wrong, kind), label, code, text.rstrip("。"))
