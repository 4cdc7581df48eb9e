"""More refused rows than are kept whole: the report says how many are missing, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from shouwang.department import rejecting
from shouwang.department.importing import Staged

from tests.shared.department.water import row, write_csv

pytestmark = pytest.mark.rule("S-03")
Stage = Callable[..., Staged]


@pytest.fixture
def three_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rejecting, "KEPT", 3)


def write(folder: Path, wrong: int) -> Path:
    rows = [row(0), *(row(number, 浑浊度="很浑") for number in range(1, wrong + 1))]
    return write_csv(folder / "a.csv", rows)


@pytest.mark.usefixtures("three_kept")
def test_rows_that_are_only_counted_are_told_with_what_to_do(stage: Stage, tmp_path: Path) -> None:
    report = stage(write(tmp_path, 5)).report
    assert (report["rejected_rows"], report["rejected_kept"]) == (5, 3)
    (warning,) = report["warnings"]
    assert warning["code"] == "rejected_not_kept"
    assert "被拒 5 行，整行只留存了 3 行" in warning["text"] and "重新导出整个文件" in warning["text"]


@pytest.mark.usefixtures("three_kept")
def test_where_all_are_kept_nothing_is_said(stage: Stage, tmp_path: Path) -> None:
    report = stage(write(tmp_path, 3)).report
    assert (report["rejected_kept"], report["warnings"]) == (3, [])
