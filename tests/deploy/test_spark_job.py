"""The job of deploy/spark where there is no Spark: it says what lacks, and leaves nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from deploy.spark import __main__ as command

ASKED = ["--month", "2021-11", "--region", "430426", "--lake", "nowhere"]


def test_without_pyspark_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "shouwang.department.spark", raising=False)
    monkeypatch.setitem(sys.modules, "pyspark", None)
    out = tmp_path / "out"
    assert command.main(["--department", "financial_affairs", "--out", str(out), *ASKED]) == 1
    assert "make spark" in capsys.readouterr().err
    assert not out.exists()


def test_a_department_that_is_not_installed_is_named_with_those_that_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["--department", "finances", "--out", str(tmp_path / "out"), *ASKED]) == 1
    told = capsys.readouterr().err
    assert "finances" in told and "finance、" in told
