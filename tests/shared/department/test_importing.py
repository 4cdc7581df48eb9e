"""Files into the lake: what comes in, what is refused and where, what is never kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from shouwang.department.importing import Staged
from shouwang.department.lake import Lake
from shouwang.department.plugin import Plugin
from shouwang.department.pseudonyms import pseudonym
from shouwang.errors import BadRequest

from tests.shared.department.conftest import KEY
from tests.shared.department.water import HEADINGS, id_number, row, write_csv, write_xlsx

Stage = Callable[..., Staged]
BringIn = Callable[..., dict[str, Any]]


def rows_of(lake: Lake, plugin: Plugin, period: str = "2021-06") -> list[dict[str, Any]]:
    table = plugin.tables["water_tests"]
    return pq.read_table(lake.file(table, table.feed.parse(period))).to_pylist()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_csv_in_the_encodings_of_offices(encoding: str, stage: Stage, tmp_path: Path) -> None:
    report = stage(write_csv(tmp_path / "a.csv", [row()], encoding, title="样县水质检测表")).report
    assert (report["rows"], report["accepted"], report["rejected"]) == (1, 1, [])
    assert report["ignored"] == ["姓名"]


def test_rows_become_typed_columns(bring_in: BringIn, lake: Lake, plugin: Plugin, tmp_path: Path) -> None:
    bring_in(write_csv(tmp_path / "a.csv", [row(身份证号=f" '{id_number(1).lower()} ")]))
    (kept,) = rows_of(lake, plugin)
    assert kept.pop("person").hex == pseudonym(KEY, id_number(1)).replace("-", "")
    assert kept == {
        "sample": "W1",
        "village": "430426106001",
        "tested_on": date(2021, 6, 10),
        "turbidity": 9,
        "safe": False,
        "kind": "tap",
        "fee": 1250,
        "due": 100000,
    }


def test_a_workbook_with_a_title_date_cells_and_numbers(stage: Stage, tmp_path: Path) -> None:
    cells = row(检测日期=date(2021, 6, 10), 浑浊度=9, 检测费=12.5, 应收=1000, 附加=0.1)
    book = write_xlsx(tmp_path / "a.xlsx", [["水质检测表"], HEADINGS, [cells[name] for name in HEADINGS]])
    staged = stage(book)
    assert staged.report["rejected"] == []
    kept = pq.read_table(staged.path).to_pylist()[0]
    assert (kept["tested_on"], kept["fee"], kept["due"]) == (date(2021, 6, 10), 1250, 100010)


def test_parquet_comes_in_too(stage: Stage, tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_pylist([row(检测日期=date(2021, 6, 10))]), tmp_path / "a.parquet")
    assert stage(tmp_path / "a.parquet").report["accepted"] == 1


def test_an_alias_stands_for_the_heading(stage: Stage, tmp_path: Path) -> None:
    rows = [{("公民身份号码" if name == "身份证号" else name): cell for name, cell in row().items()}]
    assert stage(write_csv(tmp_path / "a.csv", rows)).report["accepted"] == 1


def test_refused_rows_are_named_as_in_a_spreadsheet(stage: Stage, tmp_path: Path) -> None:
    rows = [
        row(1),
        row(2, 身份证号=id_number(2)[:-1] + ("0" if id_number(2)[-1] != "0" else "1")),
        dict.fromkeys(HEADINGS, ""),
        row(3, 浑浊度="很浑", 检测日期="2021-06-31"),
        row(1, 身份证号=id_number(4)),
        row(5, 检测费="1000.01"),
        row(6),
    ]
    report = stage(write_csv(tmp_path / "a.csv", rows, title="表")).report
    assert (report["rows"], report["accepted"], report["rejected_rows"]) == (6, 2, 4)
    found = [(one["row"], one["column"], one["code"]) for one in report["rejected"]]
    assert found == [
        (4, "身份证号", "identity.checksum"),
        (6, "检测日期", "date.form"),
        (6, "浑浊度", "whole.form"),
        (7, "样品编号", "row.duplicate"),
        (8, "检测费", "money.exceeds"),
    ]
    assert "第 3 行" in report["rejected"][3]["problem"]


def test_a_number_cell_that_lost_its_digits_is_not_taken_for_an_id(stage: Stage, tmp_path: Path) -> None:
    cells = [row(1), row(2, 身份证号=430426199001011234.0)]
    book = write_xlsx(tmp_path / "a.xlsx", [HEADINGS, *([one[name] for name in HEADINGS] for one in cells)])
    assert [one["code"] for one in stage(book).report["rejected"]] == ["identity.as_number"]


def test_nothing_of_a_person_is_kept_in_the_file_or_the_report(
    bring_in: BringIn, lake: Lake, plugin: Plugin, tmp_path: Path
) -> None:
    report = bring_in(write_csv(tmp_path / "a.csv", [row(1), row(2, 身份证号=id_number(2)[:-1])]))
    kept = lake.file(
        plugin.tables["water_tests"], plugin.tables["water_tests"].feed.parse("2021-06")
    ).read_bytes()
    for secret in (id_number(1), id_number(2)[:-1], "某人"):
        assert secret.encode() not in kept
        assert secret not in str(report)


def test_a_period_is_replaced_exactly(bring_in: BringIn, lake: Lake, plugin: Plugin, tmp_path: Path) -> None:
    bring_in(write_csv(tmp_path / "a.csv", [row(1), row(2)]))
    bring_in(write_csv(tmp_path / "b.csv", [row(3)]))
    assert [one["sample"] for one in rows_of(lake, plugin)] == ["W3"]
    assert not list(lake.staging().iterdir()), "nothing unfinished is left"


def test_the_same_file_gives_the_same_bytes(stage: Stage, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "a.csv", [row(number) for number in range(1, 50)])
    first, again = stage(file), stage(file)
    assert first.path.read_bytes() == again.path.read_bytes()
    assert first.report["digest"] == again.report["digest"]


def test_persons_are_handed_over_for_the_vault(stage: Stage, tmp_path: Path) -> None:
    parts: list[dict[str, Any]] = []
    rows = [row(1), row(2), row(3, 身份证号=id_number(1)), row(4, 检测日期="昨天")]
    stage(write_csv(tmp_path / "a.csv", rows), send=parts.append)
    (persons,) = (part["persons"] for part in parts if "persons" in part)
    assert persons == {pseudonym(KEY, id_number(number)): id_number(number) for number in (1, 2)}
    assert list(persons) == sorted(persons), "in the order of the vault's buckets"


def _without(heading: str) -> list[dict[str, Any]]:
    return [{name: cell for name, cell in row().items() if name != heading}]


def test_a_missing_column_is_named_with_what_is_there(stage: Stage, tmp_path: Path) -> None:
    rows = [{**_without("浑浊度")[0], "浑浊": "9"}]
    with pytest.raises(BadRequest, match=r"浑浊度.*是否为 “浑浊”") as refused:
        stage(write_csv(tmp_path / "a.csv", rows))
    assert refused.value.code == "import.missing_column"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "import.empty"),
        ("a.csv", "，".join(HEADINGS).encode(), "import.delimiter"),
        ("a.csv", ",".join(HEADINGS).encode(), "import.empty"),
        ("a.csv", b"\xff\xfe\x00\xd8\xff", "import.encoding"),
        ("a.xlsx", b"no workbook", "import.unreadable"),
        ("a.parquet", b"no parquet", "import.unreadable"),
        ("a.pdf", b"%PDF", "import.kind"),
    ],
)
def test_a_wrong_file_is_refused_as_a_whole(
    name: str, content: bytes, code: str, stage: Stage, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadRequest) as refused:
        stage(tmp_path / name)
    assert refused.value.code == code


def test_a_file_that_is_not_there(stage: Stage, tmp_path: Path) -> None:
    with pytest.raises(BadRequest) as refused:
        stage(tmp_path / "none.csv")
    assert refused.value.code == "import.no_file"


def test_the_same_heading_twice_is_not_guessed(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(",".join([*HEADINGS, "公民身份号码"]) + "\n", encoding="utf-8")
    with pytest.raises(BadRequest) as refused:
        stage(tmp_path / "a.csv")
    assert refused.value.code == "import.double_column"


def test_a_file_without_any_good_row_does_not_wipe_the_period(
    bring_in: BringIn, lake: Lake, plugin: Plugin, tmp_path: Path
) -> None:
    bring_in(write_csv(tmp_path / "a.csv", [row(1)]))
    with pytest.raises(BadRequest) as refused:
        bring_in(write_csv(tmp_path / "b.csv", [row(2, 检测日期="昨天")]))
    assert refused.value.code == "import.nothing_accepted"
    assert [one["sample"] for one in rows_of(lake, plugin)] == ["W1"]
