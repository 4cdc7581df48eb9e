"""Writes a worklist as xlsx: Chinese headings, locked known cells, yellow cells to fill in, drop-downs.

What stands on the sheets comes from monitoring; only the form is known here. The first column holds the token
of the row, hidden; reading back goes by it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, Final

TOKEN: Final = "行标识（勿改）"
GUIDE: Final = "填表说明"
LISTS: Final = "代码表"
HEADING_ROW: Final = 3
"""0-based row of the headings; above stand title and instructions."""
INLINE_MOST: Final = 200
"""Characters of a drop-down that may stand in the cell itself (the format allows 255)."""
GUIDE_WIDTH: Final = 76
ROOM: Final = 26
"""Points of a row at least: a sheet is also printed and written on by hand."""
Json = Mapping[str, Any]


def write_book(book: Json) -> bytes:
    """Return the workbook of an opened sheet: {sheet, village, made_on, expires_on, how, kinds}."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - only for this command

    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as workbook:
        forms = _Forms(workbook)
        _guide(workbook, forms, book)
        lists = _Lists(workbook)
        for kind in book["kinds"]:
            _Page(workbook, forms, lists, book, kind).write()
        lists.hide()
    return target.getvalue()


class _Forms:
    """The formats of the workbook."""

    def __init__(self, workbook: Any) -> None:
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "text_wrap": True}
        box = {**base, "border": 1, "border_color": "#7F7F7F"}
        self.title = workbook.add_format({**base, "bold": True, "font_size": 16, "text_wrap": False})
        self.plain = workbook.add_format({**base, "font_size": 10, "text_wrap": False})
        self.known = workbook.add_format({**box, "bg_color": "#F2F2F2", "num_format": "@"})
        self.fill = workbook.add_format({**box, "bg_color": "#FFF9DB", "locked": False, "num_format": "@"})
        self.day = workbook.add_format(
            {**box, "bg_color": "#FFF9DB", "locked": False, "num_format": "yyyy-mm-dd"}
        )
        self.amount = workbook.add_format(
            {**box, "bg_color": "#FFF9DB", "locked": False, "num_format": "#,##0.00"}
        )
        head = {**box, "bold": True, "align": "center"}
        self.known_head = workbook.add_format({**head, "bg_color": "#D9D9D9"})
        self.fill_head = workbook.add_format({**head, "bg_color": "#FFD966"})


class _Lists:
    """Long choices stand on a hidden sheet, each list once."""

    def __init__(self, workbook: Any) -> None:
        self._page = workbook.add_worksheet(LISTS)
        self._known: dict[tuple[str, ...], str] = {}

    def source(self, choices: tuple[str, ...]) -> list[str] | str:
        """Return what a drop-down shows: the choices, or where they stand."""
        if len(",".join(choices)) <= INLINE_MOST:
            return list(choices)
        if choices not in self._known:
            column = len(self._known)
            self._page.write_column(0, column, choices)
            self._known[choices] = _range(column, len(choices))
        return self._known[choices]

    def hide(self) -> None:
        """Put the sheet out of sight."""
        self._page.protect()
        self._page.hide()


def _range(column: int, rows: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell  # noqa: PLC0415

    first, last = (xl_rowcol_to_cell(row, column, True, True) for row in (0, rows - 1))
    return f"='{LISTS}'!{first}:{last}"


def _guide(workbook: Any, forms: _Forms, book: Json) -> None:
    page = workbook.add_worksheet(GUIDE)
    page.hide_gridlines(2)
    page.set_column(0, 0, GUIDE_WIDTH)
    page.write_string(0, 0, "入户工作清单", forms.title)
    lines = [
        f"行政村：{book['village']}　清单编号：{book['sheet']}",
        f"导出日期：{book['made_on']}　有效期至：{book['expires_on']}（含当日），过期作废",
        *(f"{number}. {line}" for number, line in enumerate(book["how"], 1)),
        *(line for kind in book["kinds"] for line in _of_kind(kind)),
    ]
    pieces = (piece for line in lines for piece in _broken(line))
    for row, piece in enumerate(pieces, 2):
        page.write_string(row, 0, piece, forms.plain)
    page.protect()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _broken(line: str) -> list[str]:
    """Return a line in pieces that fit the page, broken where one choice ends."""
    pieces = [""]
    for word in line.split(" / "):
        joined = f"{pieces[-1]} / {word}" if pieces[-1] else word
        if pieces[-1] and _width(joined) > GUIDE_WIDTH:
            pieces.append(f"        {word}")
        else:
            pieces[-1] = joined
    return pieces


def _of_kind(kind: Json) -> list[str]:
    """Return how many rows there are, and what may be written where: for who fills in on paper first."""
    chosen = [one for one in kind["columns"] if one["fill"] and one["choices"]]
    told = [f"    {one['heading']}：{' / '.join(one['choices'])}" for one in chosen]
    return ["", f"【{kind['title']}】共 {len(kind['rows'])} 行", *told]


class _Page:
    """One kind of duty: title, headings, a row for each thing to be done."""

    def __init__(self, workbook: Any, forms: _Forms, lists: _Lists, book: Json, kind: Json) -> None:
        self.page = workbook.add_worksheet(kind["title"])
        self.forms, self.lists, self.book, self.kind = forms, lists, book, kind
        self.known = [one for one in kind["columns"] if not one["fill"]]
        self.columns = kind["columns"]

    def write(self) -> None:
        """Write the sheet."""
        self._frame()
        self._headings()
        for number, row in enumerate(self.kind["rows"], HEADING_ROW + 1):
            self._row(number, row)
        self.page.protect("", {"format_columns": True, "format_rows": True})

    def _frame(self) -> None:
        page = self.page
        page.write_string(0, 1, f"{self.kind['title']}（{self.book['village']}）", self.forms.title)
        told = f"清单 {self.book['sheet']}，有效期至 {self.book['expires_on']}。只填黄色格，没办的整行留空。"
        page.write_string(1, 1, told if self.kind["rows"] else "目前没有待办。", self.forms.plain)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
        page.repeat_rows(HEADING_ROW)
        page.set_footer("&C第 &P 页，共 &N 页&R含个人信息，用毕删除")
        page.freeze_panes(HEADING_ROW + 1, 3)
        page.set_row(0, 26)

    def _headings(self) -> None:
        self.page.set_column(0, 0, None, None, {"hidden": True})
        self.page.write_string(HEADING_ROW, 0, TOKEN, self.forms.known_head)
        self.page.set_row(HEADING_ROW, 34)
        for place, column in enumerate(self.columns, 1):
            form = self.forms.fill_head if column["fill"] else self.forms.known_head
            self.page.write_string(HEADING_ROW, place, column["heading"], form)
            self.page.set_column(place, place, column["width"])

    def _row(self, number: int, row: Json) -> None:
        self.page.write_string(number, 0, row["token"])
        for place, text in enumerate(row["cells"], 1):
            self.page.write_string(number, place, text, self.forms.known)
        for place, column in enumerate(self.columns, 1):
            if column["fill"]:
                self._fill(
                    number,
                    place,
                    {**column, **{key: row[key] for key in ("kind", "choices") if key in row}},
                    row,
                )
        self.page.set_row(number, max(ROOM, 15 * self._lines(row) + 6))

    def _lines(self, row: Json) -> int:
        """Return how many lines the fullest cell takes: a Chinese character is two wide."""
        widths = [int(column["width"]) - 1 for column in self.columns]
        return max(
            [1, *(-(-_width(text) // width) for text, width in zip(row["cells"], widths, strict=False))]
        )

    def _fill(self, number: int, place: int, column: Json, row: Json) -> None:
        form = {"date": self.forms.day, "yuan": self.forms.amount}.get(column["kind"], self.forms.fill)
        self.page.write_blank(number, place, None, form)
        rule = self._rule(column, row.get("hint", ""))
        if rule:
            self.page.data_validation(number, place, number, place, rule)

    def _rule(self, column: Json, hint: str) -> dict[str, Any]:
        told = {"input_title": column["heading"][:30], "input_message": hint[:250]} if hint else {}
        if column["choices"]:
            wrong = {"error_title": "请从下拉中选", "error_message": "只能填下拉中的内容。"}
            return {
                "validate": "list",
                "source": self.lists.source(tuple(column["choices"])),
                **wrong,
                **told,
            }
        if column["kind"] == "date":
            wrong = {"error_title": "日期", "error_message": "请填日期，如 2021-09-10。"}
            return {"validate": "date", "criteria": ">=", "value": _first_day(self.book), **wrong, **told}
        if column["kind"] == "yuan":
            wrong = {"error_title": "金额", "error_message": "请填不小于 0 的数，单位为元；没有的填 0。"}
            return {"validate": "decimal", "criteria": ">=", "value": 0, **wrong, **told}
        return {"validate": "any", **told} if told else {}


def _first_day(book: Json) -> Any:
    from datetime import date  # noqa: PLC0415

    return date(date.fromisoformat(book["made_on"]).year - 1, 1, 1)


def _width(text: str) -> int:
    return sum(2 if ord(one) > 0x2E80 else 1 for one in text)
