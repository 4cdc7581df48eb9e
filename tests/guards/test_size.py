"""Small pieces: functions of a few lines, files of one idea."""

from __future__ import annotations

from statistics import median

import pytest

from tests.guards.tree import CODE, ROOT, code, files, functions, length, place, text

LONGEST_FUNCTION = 50
LONGEST_FILE = 300
MEDIAN = 8


def test_no_file_is_long() -> None:
    lines = {str(path.relative_to(ROOT)): text(path).count("\n") for path in code()}
    assert not {path: count for path, count in lines.items() if count >= LONGEST_FILE}


def test_no_function_is_long() -> None:
    found = ((path, node) for path in code() for node in functions(path))
    assert not [f"{place(path, node)} {node.name}" for path, node in found if length(node) > LONGEST_FUNCTION]


@pytest.mark.parametrize("folder", CODE)
def test_functions_are_a_few_lines(folder: str) -> None:
    lengths = [length(node) for path in files(folder) for node in functions(path)]
    assert median(lengths) < MEDIAN
