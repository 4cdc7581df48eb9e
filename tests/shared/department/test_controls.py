"""Cells with characters that nobody sees: refused by row, whatever kind of file they come in."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from shouwang.department.importing import Staged

from tests.shared.department.water import HEADINGS, row, write_csv, write_xlsx

pytestmark = pytest.mark.rule("S-03")
Stage = Callable[..., Staged]
Write = Callable[[Path, list[dict[str, Any]]], Path]
MARKER = "ZZZ"


def parquet(path: Path, rows: list[dict[str, Any]]) -> Path:
    pq.write_table(pa.table({name: [str(one[name]) for one in rows] for name in rows[0]}), path)
    return path


def csv(path: Path, rows: list[dict[str, Any]]) -> Path:
    return write_csv(path, rows)


def xlsx(path: Path, rows: list[dict[str, Any]]) -> Path:
    """Write a workbook, control characters as Excel writes them: _x0000_."""
    return write_xlsx(path, [HEADINGS, *([one[name] for name in HEADINGS] for one in rows)])


def problems(report: dict[str, Any]) -> list[tuple[int, str, str]]:
    return [(one["row"], one["column"], one["code"]) for one in report["rejected"]]


@pytest.mark.parametrize("write", [csv, xlsx, parquet])
@pytest.mark.parametrize("unseen", ["\x00", "\x07", "\x1b", "\x7f", "\u0085", "\u202e"])
def test_a_cell_with_a_character_that_nobody_sees_refuses_its_row(
    write: Write, unseen: str, stage: Stage, tmp_path: Path
) -> None:
    rows = [row(1), row(2, 样品编号=f"W{unseen}2"), row(3)]
    staged = stage(write(tmp_path / f"a.{write.__name__}", rows))
    assert problems(staged.report) == [(3, "样品编号", "cell.control")]
    assert unseen not in staged.report["rejected"][0]["problem"]
    assert sorted(pq.read_table(staged.path)["sample"].to_pylist()) == ["W1", "W3"]


@pytest.mark.parametrize("write", [csv, xlsx, parquet])
def test_line_breaks_and_tabs_are_what_people_type(write: Write, stage: Stage, tmp_path: Path) -> None:
    staged = stage(write(tmp_path / f"a.{write.__name__}", [row(1, 样品编号="W1\t甲\n乙")]))
    assert problems(staged.report) == []


def test_a_workbook_with_a_raw_control_character_is_no_workbook(stage: Stage, tmp_path: Path) -> None:
    """XML does not allow it: the file was made by a program that writes no XML."""
    whole, spoilt = xlsx(tmp_path / "a.xlsx", [row(1, 样品编号=MARKER), row(2)]), tmp_path / "b.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(spoilt, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(MARKER.encode(), b"W\x001"))
    staged = stage(spoilt)
    assert problems(staged.report) == [(2, "样品编号", "cell.control")]
