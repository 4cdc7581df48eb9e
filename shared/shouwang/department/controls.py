"""Cells with characters that nobody sees: a NUL ends the text for the next program that reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from shouwang.department.parsing import Problem
from shouwang.unseen import UNSEEN


def unseen(cells: Mapping[str, Sequence[str]]) -> list[Problem]:
    """Return a problem for each heading under which a cell, as it stands in the file, holds one."""
    found = ((label, _holding(values)) for label, values in cells.items())
    return [
        Problem(rows, label, "cell.control", f"“{label}”里有看不见的控制字符（如 NUL）；请重新输入这一格")
        for label, rows in found
        if pc.any(rows).as_py()
    ]


def _holding(values: Sequence[str]) -> pa.BooleanArray:
    return pc.fill_null(pc.match_substring_regex(pa.array(values, pa.string()), UNSEEN), False)
