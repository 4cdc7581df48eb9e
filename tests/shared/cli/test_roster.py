"""A 附件2 workbook from the file to monitoring: whole households, sealed, reported, privately."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shouwang.cli.roster_file import HOUSEHOLD, SHEET, VILLAGE, read_roster
from shouwang.cli.roster_import import OUTCOMES, Report, held_before, import_roster, write_report
from shouwang.errors import BadRequest
from shouwang.sealing import KeyPair, open_sealed
from xlsxwriter import Workbook

from tests.shared.cli.kit import shouwang

CODE = "430426100001"
HEADINGS = [VILLAGE, HOUSEHOLD, "姓名", "采集日期", "务工时间（月）"]


def write(path: Path, rows: list[list[Any]], headings: list[str] | None = None, sheet: str = SHEET) -> Path:
    book = Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
    page = book.add_worksheet(sheet)
    for number, row in enumerate([headings or HEADINGS, *rows]):
        page.write_row(number, 0, row)
    book.close()
    return path


def household(number: str, size: int = 2) -> list[list[Any]]:
    return [[CODE, number, f"测{place}", date(2021, 6, 3), 3.5] for place in range(size)]


class FakeMonitoring:
    """Opens what was sealed to it; holds the households it is told to."""

    def __init__(self, hold: tuple[str, ...] = ()) -> None:
        self.pair, self.hold = KeyPair.generate(), hold
        self.batches: list[dict[str, Any]] = []

    def call(self, service: str, method: str, /, **args: Any) -> Any:
        assert (service, method) == ("monitoring", "import_roster")
        rows = open_sealed(self.pair.private, args.pop("sealed"))
        self.batches.append({**args, "rows": rows})
        numbers = list(dict.fromkeys(row["cells"][HOUSEHOLD] for row in rows))
        held = [number for number in numbers if number in self.hold]
        bad = [row["row"] for row in rows if row["cells"][HOUSEHOLD] in held]
        return {
            "households": len(numbers) - len(held),
            "persons": len(rows) - len(bad),
            "rows": len(rows),
            "held_households": len(held),
            "held": [{"household": f"{CODE}-{number}", "rows": bad} for number in held],
            "rejected": [{"row": row, "column": "姓名", "problem": "不符", "code": "x"} for row in bad],
            **dict.fromkeys(OUTCOMES, 0),
            "changed": 1,
            "lines": [changed_line(rows[0]["row"])],
        }


def changed_line(row: int) -> dict[str, Any]:
    lists = {"joined": [f"{CODE}-0001-03"], "missing": [], "absent": [], "head_changed": False}
    clarify = [{"row": row, "code": "work.student", "message": "在校学生的务工月数应为 0。"}]
    fields = [{"row": row, "fields": ["health", "wages"]}]
    line = {"household": f"{CODE}-0001", "rows": [row, row + 1], "outcome": "changed"}
    return {**line, **lists, "fields": fields, "to_clarify": clarify}


def sent(monitoring: Any, path: Path) -> Report:
    roster = read_roster(path)
    return import_roster(monitoring, monitoring.pair.public_text, roster, date(2021, 6, 1), lambda: None)


def test_rows_keep_their_number_in_the_sheet_and_become_text(tmp_path: Path) -> None:
    roster = read_roster(write(tmp_path / "a.xlsx", household("1")))
    assert roster.village == CODE
    first = roster.households["1"][0]
    assert first == {
        "row": 2,
        "cells": {
            VILLAGE: CODE,
            HOUSEHOLD: "1",
            "姓名": "测0",
            "采集日期": "2021-06-03",
            "务工时间（月）": "3.5",
        },
    }


def test_numbers_and_booleans_are_read_as_people_wrote_them(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [[430426100001, 7, True, "2021-06", 3]])
    cells = read_roster(path).households["7"][0]["cells"]
    assert cells == {
        VILLAGE: CODE,
        HOUSEHOLD: "7",
        "姓名": "是",
        "采集日期": "2021-06",
        "务工时间（月）": "3",
    }


def test_a_household_never_lies_across_two_batches(tmp_path: Path) -> None:
    rows = [row for number in range(1, 501) for row in household(str(number), 4)]
    batches = read_roster(write(tmp_path / "a.xlsx", rows)).batches()
    assert len(batches) > 1 and sum(map(len, batches)) == 2000
    owners = [{row["cells"][HOUSEHOLD] for row in batch} for batch in batches]
    assert all(not one & other for place, one in enumerate(owners) for other in owners[place + 1 :])


def test_a_row_without_a_number_belongs_to_the_household_above(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [*household("1", 1), [CODE, "", "测9", "", ""], *household("2", 1)])
    assert [len(rows) for rows in read_roster(path).households.values()] == [2, 1]


def test_a_household_that_stands_apart_in_the_sheet_is_still_one(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [*household("1", 1), *household("2", 1), *household("1", 1)])
    assert [row["row"] for row in read_roster(path).households["1"]] == [2, 4]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda path: path, "没有这个文件"),
        (lambda path: path.write_text("name,id") and path, "不是可读的 xlsx"),
        (lambda path: write(path, [], sheet="Sheet1"), f"没有工作表“{SHEET}”"),
        (lambda path: write(path, household("1"), headings=["a", "b"]), VILLAGE),
        (lambda path: write(path, [["x", "1", "", "", ""]]), "十二位"),
    ],
)
def test_a_wrong_file_is_named_with_what_to_do(tmp_path: Path, make: Any, said: str) -> None:
    path = tmp_path / "甲村.xlsx"
    make(path)
    with pytest.raises(BadRequest) as caught:
        read_roster(path)
    assert said in str(caught.value) and caught.value.where == "甲村.xlsx" and caught.value.remedy


def test_what_is_sent_is_sealed_and_says_which_batch_it_is(tmp_path: Path) -> None:
    monitoring = FakeMonitoring()
    report = sent(monitoring, write(tmp_path / "a.xlsx", household("1") + household("2")))
    batch = monitoring.batches[0]
    assert (batch["village"], batch["batch"], batch["batches"], batch["as_of"]) == (CODE, 1, 1, "2021-06-01")
    assert len(batch["digest"]) == 64 and batch["file"] == "a.xlsx"
    assert report.counts == {"households": 2, "persons": 4, "rows": 4, "held_households": 0}


def test_the_report_by_row_is_private(tmp_path: Path) -> None:
    monitoring = FakeMonitoring(hold=("2",))
    report = sent(monitoring, write(tmp_path / "a.xlsx", household("1") + household("2")))
    path = write_report(tmp_path, report)
    assert path.stat().st_mode & 0o777 == 0o600
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            ["行", "列", "问题", "代码"],
            ["4", "姓名", "不符", "x"],
            ["5", "姓名", "不符", "x"],
        ]


def test_what_became_of_every_other_row_stands_beside_it(tmp_path: Path) -> None:
    report = sent(FakeMonitoring(), write(tmp_path / "a.xlsx", household("1")))
    assert report.outcomes == dict.fromkeys(OUTCOMES, 0) | {"changed": 1}
    path = write_report(tmp_path, report).with_suffix(".rows.csv")
    assert path.stat().st_mode & 0o777 == 0o600
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            ["行", "户编号", "结果", "说明"],
            ["2", f"{CODE}-0001", "有变更", ""],
            ["2", f"{CODE}-0001", "变更", "health、wages"],
            ["2", f"{CODE}-0001", "新成员", f"{CODE}-0001-03"],
            ["2", f"{CODE}-0001", "待核实", "在校学生的务工月数应为 0。"],
        ]


def test_only_what_was_held_is_sent_again(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", household("1") + household("2") + household("3"))
    write_report(tmp_path, sent(FakeMonitoring(hold=("2",)), path))
    again = held_before(tmp_path, CODE, read_roster(path))
    assert list(again.households) == ["2"]
    assert held_before(tmp_path / "elsewhere", CODE, read_roster(path)).households == {}


def test_a_held_row_without_a_number_is_known_by_its_place(tmp_path: Path) -> None:
    report = Report(CODE, "a.xlsx", held=[{"household": f"{CODE}-row4", "rows": [4, 5]}])
    write_report(tmp_path, report)
    path = write(tmp_path / "a.xlsx", household("1") + household("2"))
    assert list(held_before(tmp_path, CODE, read_roster(path)).households) == ["2"]


def test_a_wrong_file_exits_2_and_the_good_ones_are_still_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOUWANG_VAR_DIR", str(tmp_path))
    good, bad = write(tmp_path / "good.xlsx", household("1") + household("2")), tmp_path / "bad.xlsx"
    bad.write_text("no")
    monitoring = FakeMonitoring(hold=("2",))
    monkeypatch.setattr("shouwang.cli.importing.open_session", lambda *args, **options: Opened(monitoring))
    ran = shouwang(capsys, "import", "roster", str(bad), str(good), "--as-of", "2021-06-01")
    assert ran.code == 2 and "bad.xlsx" in ran.err
    assert CODE in ran.out and "不符" in ran.out and "有变更户" in ran.out
    assert shouwang(capsys, "import", "roster", str(good), "--as-of", "2021-06-01").code == 0
    ran = shouwang(capsys, "import", "roster", str(good), "--only-rejected", "--as-of", "2021-06-01")
    assert ran.code == 0
    assert {row["cells"][HOUSEHOLD] for row in monitoring.batches[-1]["rows"]} == {"2"}


class Opened:
    """A session on the fake."""

    def __init__(self, monitoring: FakeMonitoring) -> None:
        self._monitoring = monitoring

    def __enter__(self) -> Opened:
        return self

    def __exit__(self, *error: object) -> None:
        return None

    def call(self, service: str, method: str, /, **args: Any) -> Any:
        if method == "public_key":
            return {"key": self._monitoring.pair.public_text}
        return self._monitoring.call(service, method, **args)
