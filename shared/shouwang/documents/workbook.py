"""A ledger as xlsx: Chinese headings, filter, frozen header, totals, 不详 where nothing is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any, Final

from shouwang.documents.spoken import chinese_date

UNKNOWN: Final = "不详"
FEN_A_YUAN: Final = 100
PLAIN_WIDTH: Final = 14
A3, A4 = 8, 9
A4_CHARACTERS: Final = 150
"""Width up to which a ledger is still read on A4; a wider one is printed on A3."""
LINE: Final = 14
"""Points of a line. The height is set here: not every program opens a row as high as its text."""
WIDE: Final = 0x2E80
"""From here on a character is as wide as two."""
HEADER: Final = 2
"""Rows above the data: title and headings."""


def render(
    title: str, said: str, columns: Sequence[Mapping[str, Any]], rows: Iterable[Mapping[str, Any]]
) -> bytes:
    """Return the workbook of a ledger.

    said: the line beside the title (place, day). columns: {name, heading, kind, width, total}; kinds text,
    number, yuan (fen in, yuan shown), date (ISO in).
    """
    import xlsxwriter  # noqa: PLC0415 - only who prints needs it

    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(title[:31])
        formats = _formats(book)
        _head(sheet, formats, f"{title}（{said}）", columns)
        shown = list(rows)
        for at, row in enumerate(shown, HEADER):
            _row(sheet, formats, at, columns, row)
        _foot(sheet, formats, columns, shown)
    return target.getvalue()


def plain(title: str, headings: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return one sheet of headings and rows, every cell as text: a number of a person is no amount."""
    import xlsxwriter  # noqa: PLC0415 - only who prints needs it

    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        sheet = book.add_worksheet(title[:31])
        text = book.add_format({"num_format": "@"})
        lines = [dict(zip(headings, headings, strict=True)), *rows]
        for number, line in enumerate(lines):
            for place, heading in enumerate(headings):
                sheet.write_string(number, place, line[heading], text)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(headings) - 1, PLAIN_WIDTH)
    return target.getvalue()


def _formats(book: Any) -> dict[str, Any]:
    base = {"font_name": "宋体", "font_size": 10, "border": 1, "valign": "vcenter", "text_wrap": True}
    return {
        "title": book.add_format({"font_name": "宋体", "font_size": 16, "bold": True, "align": "center"}),
        "heading": book.add_format({**base, "bold": True, "align": "center", "bg_color": "#E7E6E6"}),
        "text": book.add_format(base),
        "number": book.add_format({**base, "num_format": "#,##0"}),
        "yuan": book.add_format({**base, "num_format": "#,##0.00"}),
        "date": book.add_format({**base, "num_format": "yyyy-mm-dd", "align": "center"}),
        "total": book.add_format({**base, "bold": True, "num_format": "#,##0.##"}),
    }


def _head(sheet: Any, formats: Mapping[str, Any], title: str, columns: Sequence[Mapping[str, Any]]) -> None:
    sheet.merge_range(0, 0, 0, len(columns) - 1, title, formats["title"])
    sheet.set_row(0, 28)
    for at, column in enumerate(columns):
        sheet.write_string(1, at, column["heading"], formats["heading"])
        sheet.set_column(at, at, column["width"])
    sheet.freeze_panes(HEADER, 0)
    sheet.set_landscape()
    wide = sum(column["width"] for column in columns) > A4_CHARACTERS
    sheet.set_paper(A3 if wide else A4)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _row(
    sheet: Any,
    formats: Mapping[str, Any],
    at: int,
    columns: Sequence[Mapping[str, Any]],
    row: Mapping[str, Any],
) -> None:
    sheet.set_row(at, LINE * max(_lines(column, row.get(column["name"])) for column in columns) + 4)
    for place, column in enumerate(columns):
        value = row.get(column["name"])
        if value is None:
            sheet.write_string(at, place, UNKNOWN, formats["text"])
        elif value == "":  # not yet
            sheet.write_blank(at, place, None, formats[column["kind"]])
        else:
            _WRITE[column["kind"]](sheet, at, place, value, formats[column["kind"]])


def _lines(column: Mapping[str, Any], value: Any) -> int:
    """Return how many lines a text takes in its column."""
    if column["kind"] != "text" or not value:
        return 1
    taken = sum(2 if ord(one) > WIDE else 1 for one in str(value))
    return max(1, -(-taken // (int(column["width"]) - 1)))


def _text(sheet: Any, row: int, column: int, value: Any, look: Any) -> None:
    sheet.write_string(row, column, str(value), look)


def _number(sheet: Any, row: int, column: int, value: Any, look: Any) -> None:
    sheet.write_number(row, column, value, look)


def _yuan(sheet: Any, row: int, column: int, value: int, look: Any) -> None:
    sheet.write_number(row, column, value / FEN_A_YUAN, look)


def _date(sheet: Any, row: int, column: int, value: str, look: Any) -> None:
    sheet.write_datetime(row, column, date.fromisoformat(value), look)


_WRITE: Final = {"text": _text, "number": _number, "yuan": _yuan, "date": _date}


def _foot(
    sheet: Any,
    formats: Mapping[str, Any],
    columns: Sequence[Mapping[str, Any]],
    rows: Sequence[Mapping[str, Any]],
) -> None:
    """Totals below the data, outside the filter, so that sorting leaves them where they are.

    Each stands with its value: not every program computes a sheet when it opens it.
    """
    if not rows:
        return
    last = HEADER + len(rows)
    sheet.autofilter(1, 0, last - 1, len(columns) - 1)
    sheet.write_string(last, 0, f"合计（{len(rows)} 行）", formats["heading"])
    for place, column in enumerate(columns):
        if column.get("total"):
            letter = _letter(place)
            formula = f"=SUBTOTAL(109,{letter}{HEADER + 1}:{letter}{last})"
            sheet.write_formula(last, place, formula, formats["total"], _total(column, rows))


def _total(column: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> float:
    total = sum(int(row.get(column["name"]) or 0) for row in rows)
    return total / FEN_A_YUAN if column["kind"] == "yuan" else total


def _letter(place: int) -> str:
    from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415

    return str(xl_col_to_name(place))


def said_of(region: str, on: str) -> str:
    """Return the line beside a title: place and day."""
    return f"{region}，{chinese_date(on)}"
