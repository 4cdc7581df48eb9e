"""The example plugin of the SDK page, written out whole or with one thing wrong; files to import."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from shouwang.identity import check_character

EXAMPLE = Path(__file__).parents[3] / "docs/sdk/examples/water"
FILES = {
    path.relative_to(EXAMPLE).as_posix(): path.read_text(encoding="utf-8")
    for path in sorted(EXAMPLE.rglob("*"))
    if path.suffix in {".py", ".yaml"}
}
HEADINGS = [
    "样品编号",
    "身份证号",
    "姓名",
    "村居代码",
    "检测日期",
    "浑浊度",
    "是否合格",
    "水源",
    "检测费",
    "应收",
    "附加",
]


def write_plugin(folder: Path, *changes: tuple[str, str, str], without: Sequence[str] = ()) -> Path:
    """Write the plugin; each change replaces a text in a file, which must be there."""
    texts = dict(FILES)
    for file, old, new in changes:
        assert old in texts.get(file, "") or not old, f"{old!r} is not in {file}"
        texts[file] = texts[file].replace(old, new) if old else new
    for name, text in texts.items():
        if name not in without:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return folder


def id_number(number: int) -> str:
    """Return a valid ID number of nobody (division 439999 does not exist)."""
    first = (
        f"439999197{number // 336 % 10}{1 + number // 28 % 12:02d}{1 + number % 28:02d}{number % 1000:03d}"
    )
    return first + check_character(first)


def row(number: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a good row by heading, with changes."""
    good = {
        "样品编号": f"W{number}",
        "身份证号": id_number(number),
        "姓名": "某人",
        "村居代码": "430426106001",
        "检测日期": "2021-06-10",
        "浑浊度": "9",
        "是否合格": "否",
        "水源": "自来水",
        "检测费": "12.50",
        "应收": "1,000.00",
        "附加": "",
    }
    assert not set(changes) - set(good), "no such heading"
    return {**good, **changes}


def write_csv(path: Path, rows: Sequence[dict[str, Any]], encoding: str = "utf-8", title: str = "") -> Path:
    """Write rows as csv, a title line above the headings if wanted."""
    with path.open("w", encoding=encoding, newline="") as file:
        if title:
            file.write(f"{title}\r\n")
        writer = csv.DictWriter(file, list(rows[0]) if rows else HEADINGS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_xlsx(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """Write rows of cells as a workbook; dates as date cells."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for at, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write(at, column, cell)
    return path
