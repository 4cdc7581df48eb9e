"""From the outside: `shouwang import anew` and `shouwang national` against running services (I-05, I-06)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from shouwang.sealing import seal
from shouwang.testing.suite import EmbeddedSuite

from services.monitoring.service import Monitoring
from tests.services.monitoring.proceedings.test_list_anew import HEADINGS as OLD
from tests.services.monitoring.proceedings.test_list_anew import row
from tests.services.monitoring.proceedings.test_national import HEADINGS, MINE, PLACE
from tests.services.monitoring.sheet import VILLAGE, household, id_number
from tests.services.monitoring.steps import CADRE, COUNTY
from tests.shared.cli.kit import shouwang

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedSuite]:
    with EmbeddedSuite(tmp_path_factory.mktemp("lists"), [Monitoring], day=date(2021, 7, 5)) as running:
        given = {"village": VILLAGE, "file": "名册.xlsx", "digest": "ab" * 8, "batch": 1, "batches": 1}
        key = running.call(CADRE, "monitoring", "public_key")["key"]
        given |= {"as_of": "2021-07-05", "sealed": seal(key, household(1, 2) + household(2, 5))}
        running.call(CADRE, "monitoring", "import_roster", **given)
        yield running


def written(path: Path, headings: list[str], *rows: list[str]) -> str:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([headings, *rows])
    return str(path)


@pytest.mark.e2e
@pytest.mark.rule("I-06")
def test_a_list_of_before_is_imported_and_told_row_by_row(
    suite: EmbeddedSuite, capsys: Capture, tmp_path: Path
) -> None:
    who = ("--village", VILLAGE, "--as", f"village_cadre@{VILLAGE}")
    file = written(tmp_path / "原对象.csv", OLD, row("1"), row("2", risks="穷"))
    ran = shouwang(capsys, "import", "anew", file, *who)
    assert ran.code == 2 and "新立案 1" in ran.out and "第 3 行" in ran.out, ran
    file = written(tmp_path / "原对象.csv", OLD, row("1"), row("2"))
    ran = shouwang(capsys, "import", "anew", file, *who)
    assert ran.code == 0 and "新立案 1，已立案 1，有误 0" in ran.out
    assert len(suite.call(COUNTY, "monitoring", "cases", region=VILLAGE)) == 2


@pytest.mark.e2e
@pytest.mark.rule("I-05")
def test_a_list_of_the_national_system_is_compared_and_the_result_is_its_owners(
    suite: EmbeddedSuite, capsys: Capture, tmp_path: Path
) -> None:
    file = written(tmp_path / "导出.csv", HEADINGS, MINE, ["N-2", "4.30426E+17", *MINE[2:]])
    asked = ("national", "reconcile", file, "--region", PLACE, "--as", f"town_officer@{PLACE}")
    ran = shouwang(capsys, *asked)
    assert ran.code == 2, ran.err
    assert "第 3 行" in ran.out and "文本格式" in ran.out and id_number(10) not in ran.out
    (report,) = suite.settings.var_dir.rglob("national-*.csv")
    assert report.stat().st_mode & 0o777 == 0o600
    assert "国家系统有、本系统无" in report.read_text(encoding="utf-8-sig")
    (kept,) = suite.call(COUNTY, "monitoring", "reconciliations", region=PLACE)
    assert (kept["rows"], kept["open"], len(kept["problems"])) == (2, 1, 1)


@pytest.mark.e2e
@pytest.mark.usefixtures("suite")
def test_what_cannot_be_done_is_one_chinese_line(capsys: Capture, tmp_path: Path) -> None:
    who = ("--as", f"town_officer@{PLACE}")
    ran = shouwang(capsys, "national", "confirm", f"{VILLAGE}-0009-I1", "N-1", "--on", "2021-07-05", *who)
    assert ran.code == 1 and "没有" in ran.err
    ran = shouwang(capsys, "national", "reconcile", str(tmp_path / "无"), "--region", PLACE, *who)
    assert ran.code == 1 and "没有这个文件" in ran.err
