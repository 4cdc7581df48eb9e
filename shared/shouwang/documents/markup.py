"""Documents as Typst markup; every text goes in as a string literal and is never read as markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final
from unicodedata import east_asian_width

from shouwang.documents import fonts
from shouwang.documents.model import Block, Cell, Chart, Document, Gap, Para, Row, Run, Table

SMALL: Final = 0.86
HEADING: Final = 1.0
TITLE: Final = 18
_WIDE: Final = ("W", "F", "A")
_ALIGN: Final = {"left": "left", "center": "center", "right": "right", "justify": "left"}
_PREAMBLE: Final = f"""
#set text(font: ("{fonts.SERIF}", "{fonts.BOXES}"), lang: "zh", region: "cn", fallback: false)
#set par(leading: 0.62em, spacing: 0.75em)
#let blank(w, body) = box(width: w, stroke: (bottom: 0.5pt), outset: (bottom: 2.5pt), align(center, body))
#let line-under(body) = underline(offset: 2.5pt, stroke: 0.5pt, body)
#let record(body) = text(size: 0.78em, body)
"""


def markup(documents: Sequence[Document], charts: Sequence[str]) -> str:
    """Return the source of one PDF of these documents; `charts`: a file name for each chart in order."""
    pictures = iter(charts)
    return _PREAMBLE + "".join(_document(one, pictures) for one in documents)


def charts_of(documents: Sequence[Document]) -> list[Chart]:
    """Return the charts of these documents in the order in which they stand."""
    return [block for one in documents for block in one.blocks if isinstance(block, Chart)]


def _document(one: Document, pictures: Iterator[str]) -> str:
    margin = "(x: 15mm, y: 14mm)" if one.landscape else "(x: 23mm, top: 22mm, bottom: 20mm)"
    foot = f"[#align(center, text(size: 9pt)[{_foot(one)}])]"
    page = (
        f'#set page(paper: "a4", flipped: {str(one.landscape).lower()}, margin: {margin}, footer: {foot})\n'
    )
    body = "".join(_block(block, pictures) for block in one.blocks)
    return f"{page}#counter(page).update(1)\n#set text(size: {one.size}pt)\n{_head(one)}{body}"


def _foot(one: Document) -> str:
    """The page number, and what stands beside it (where the document comes from)."""
    said = f"#{_text(one.foot)}　" if one.foot else ""
    return f'{said}#context counter(page).display("— 1 —")'


def _head(one: Document) -> str:
    above = ""
    if one.number or one.mark:
        above = f"#grid(columns: (1fr, auto), [#{_text(one.number)}], [#{_text(one.mark)}])\n"
    title = f'#align(center, text(size: {TITLE}pt, weight: "bold", {_text(one.title)}))\n'
    return f"{above}#v(1mm)\n{title}#v(2mm)\n"


def _block(block: Block, pictures: Iterator[str]) -> str:
    if isinstance(block, Para):
        return _para(block) + "\n"
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Gap):
        return f"#v({block.height}mm)\n"
    return _chart(block, next(pictures))


def _chart(chart: Chart, picture: str) -> str:
    shown = f'#align(center, image("{picture}", width: 92%))'
    return f"#block(breakable: false)[{shown}\n#align(center, text(size: 0.9em, {_text(chart.title)}))]\n"


def _para(para: Para) -> str:
    size = {"body": 1.0, "small": SMALL, "heading": HEADING}[para.size]
    body = "".join(_run(run) for run in para.runs)
    indent = "first-line-indent: (amount: 2em, all: true), " if para.indent else ""
    justify = f"justify: {str(para.align == 'justify').lower()}"
    text = f"#text(size: {size}em)[#par({indent}{justify})[{body}]]"
    return f"#block({_spacing(para)}width: 100%)[#align({_ALIGN[para.align]})[{text}]]"


def _spacing(para: Para) -> str:
    """Notes stand closer together; a heading or title of a table stays with what follows it."""
    usual = 0.62 if para.size == "small" else 0.75
    sticky = "sticky: true, " if para.leads else ""
    return f"{sticky}above: {usual}em + {para.space}mm, "


def _run(run: Run) -> str:
    if run.style == "blank":
        return _blank(run)
    if run.style == "bold":
        return f'#text(weight: "bold", {_text(run.text)})'
    if run.style == "record":
        return f"#record({_text(run.text)})"
    return f"#{_text(run.text)}"


def _blank(run: Run) -> str:
    """A value on its line; one that is longer than the line may break."""
    needed = width_of(run.text)
    if needed > max(run.width, 16):
        return f"#line-under({_text(run.text)})"
    return f"#blank({max(run.width, needed + 0.6)}em, {_text(run.text)})"


def width_of(text: str) -> float:
    """Return the width of a text in Chinese characters."""
    return sum(1.0 if east_asian_width(one) in _WIDE else 0.5 for one in text)


def _table(table: Table) -> str:
    widths = ", ".join(f"{width}fr" for width in table.widths)
    heights = ", ".join(_height(row) for row in table.rows)
    cells = [[_cell(cell, row) for cell in row.cells] for row in table.rows]
    head = "".join(
        f"table.header(repeat: true, {', '.join(row)}),\n"
        for row in [list(chain.from_iterable(cells[: table.header]))]
        if row
    )
    rest = "".join(f"{', '.join(row)},\n" for row in cells[table.header :])
    given = f"columns: ({widths},), rows: ({heights},), stroke: 0.5pt, inset: (x: 1.2mm, y: 1.6mm)"
    size = f"#set text(size: {table.size}pt)\n" if table.size else ""
    return f"#[{size}#table({given},\n{head}{rest})]\n"


def _height(row: Row) -> str:
    return "auto"


def _cell(cell: Cell, row: Row) -> str:
    body = "\n".join(_para(para) for para in cell.paras)
    if row.height:
        body = _at_least(row.height, body, cell.middle)
    place = "horizon" if cell.middle else "top"
    return f"table.cell(colspan: {cell.span}, rowspan: {cell.down}, align: {place})[{body}]"


def _at_least(height: float, body: str, middle: bool) -> str:
    """A cell that keeps room for what is written by hand, and grows when there is more."""
    place = "horizon" if middle else "top"
    strut = f"box(width: 0pt, height: {height}mm)"
    return f"#grid(columns: (0pt, 1fr), align: {place}, {strut}, [{body}])"


def _text(text: str) -> str:
    """Return a Typst string literal inside a content call."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
