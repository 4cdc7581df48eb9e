"""Documents as docx, to be corrected by hand: the same blocks as the PDF, in official fonts."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

from shouwang.documents.markup import SMALL, TITLE, width_of
from shouwang.documents.model import Block, Cell, Chart, Document, Gap, Para, Row, Run, Table

BODY_FONT: Final = "仿宋"
TITLE_FONT: Final = "方正小标宋简体"
LATIN: Final = "Times New Roman"
PAGE: Final = (210, 297)
KEPT_TOGETHER: Final = 3
"""A table of so few rows does not break over two pages."""


def render(documents: Sequence[Document]) -> bytes:
    """Return one docx of these documents, each beginning on a page of its own."""
    from docx import Document as Word  # noqa: PLC0415 - only who prints needs it

    word = Word()
    _style(word)
    for number, one in enumerate(documents):
        _section(word, one, first=number == 0)
        _head(word, one)
        for block in one.blocks:
            _block(word, block, one.size)
    target = BytesIO()
    word.save(target)
    return target.getvalue()


def _style(word: Any) -> None:
    from docx.shared import Pt  # noqa: PLC0415

    style = word.styles["Normal"]
    style.font.size = Pt(12)
    _set_font(style.element.get_or_add_rPr(), BODY_FONT)
    style.paragraph_format.space_after = Pt(2)
    style.paragraph_format.space_before = Pt(0)


def _set_font(properties: Any, name: str) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415

    fonts = properties.get_or_add_rFonts()
    for part, font in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", name)):
        fonts.set(qn(f"w:{part}"), font)


def _section(word: Any, one: Document, *, first: bool) -> None:
    from docx.enum.section import WD_ORIENT, WD_SECTION  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    section = word.sections[0] if first else word.add_section(WD_SECTION.NEW_PAGE)
    wide, high = sorted(PAGE, reverse=one.landscape)
    section.orientation = WD_ORIENT.LANDSCAPE if one.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(wide), Mm(high)
    side, end = (15, 14) if one.landscape else (23, 20)
    section.left_margin = section.right_margin = Mm(side)
    section.top_margin = section.bottom_margin = Mm(end)
    section.footer.is_linked_to_previous = False
    _foot(section.footer.paragraphs[0], one.foot)


def _foot(paragraph: Any, said: str) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    paragraph.alignment = 1
    if said:
        paragraph.add_run(f"{said}　")
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text or None
        run._r.append(element)


def _head(word: Any, one: Document) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT  # noqa: PLC0415
    from docx.shared import Mm  # noqa: PLC0415

    if one.number or one.mark:
        above = word.add_paragraph()
        wide = max(PAGE) - 30 if one.landscape else min(PAGE) - 46
        above.paragraph_format.tab_stops.add_tab_stop(Mm(wide), WD_TAB_ALIGNMENT.RIGHT)
        _add_run(above, Run(f"{one.number}\t{one.mark}" if one.mark else one.number), one.size)
    title = word.add_paragraph()
    title.alignment = 1
    _set_font(_add_run(title, Run(one.title, "bold"), TITLE)._r.get_or_add_rPr(), TITLE_FONT)


def _block(word: Any, block: Block, size: float) -> None:
    if isinstance(block, Para):
        _para(word.add_paragraph(), block, size)
    elif isinstance(block, Table):
        _table(word, block, block.size or size)
    elif isinstance(block, Gap):
        _gap(word, block)
    else:
        _chart(word, block, size)


def _gap(word: Any, block: Gap) -> None:
    from docx.shared import Mm  # noqa: PLC0415

    word.add_paragraph().paragraph_format.space_before = Mm(block.height)


def _chart(word: Any, chart: Chart, size: float) -> None:
    from docx.shared import Mm  # noqa: PLC0415

    from shouwang.documents.charts import draw  # noqa: PLC0415

    picture = word.add_paragraph()
    picture.alignment = 1
    picture.paragraph_format.keep_with_next = True
    picture.add_run().add_picture(BytesIO(draw(chart)), width=Mm(150))
    _para(word.add_paragraph(), Para((Run(chart.title),), "center", "small"), size)


def _para(paragraph: Any, para: Para, size: float) -> None:
    from docx.shared import Mm, Pt  # noqa: PLC0415

    points = size * SMALL if para.size == "small" else size
    paragraph.alignment = {"left": 0, "center": 1, "right": 2, "justify": 3}[para.align]
    if para.indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * points)
    if para.space:
        paragraph.paragraph_format.space_before = Mm(para.space)
    if para.leads:
        paragraph.paragraph_format.keep_with_next = True
    for run in para.runs:
        _add_run(paragraph, run, points)


def _add_run(paragraph: Any, run: Run, points: float) -> Any:
    from docx.shared import Pt  # noqa: PLC0415

    added = paragraph.add_run(_padded(run) if run.style == "blank" else run.text)
    added.font.size = Pt(round(points * (0.8 if run.style == "record" else 1) * 2) / 2)
    added.bold = run.style == "bold" or None
    added.underline = run.style == "blank" or None
    _set_font(added._r.get_or_add_rPr(), BODY_FONT)
    return added


def _padded(run: Run) -> str:
    """A value with blanks on both sides, so that the line under it is as long as the form's."""
    missing = max(run.width - width_of(run.text), 0)
    side = " " * round(missing)
    return f"{side}{run.text}{side}" if missing else f" {run.text} "


def _table(word: Any, table: Table, size: float) -> None:
    columns = len(table.widths)
    made = word.add_table(rows=len(table.rows), cols=columns, style="Table Grid")
    made.autofit = False
    _widths(word, made, table)
    grid = _grid(made, columns)
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(table.rows):
        _row(made._tbl.tr_lst[number], grid, number, row, taken, size)
        if number < table.header:
            _repeat(made._tbl.tr_lst[number])
        if number + 1 < len(table.rows) <= KEPT_TOGETHER:
            _keep_with_next(made._tbl.tr_lst[number])


def _grid(made: Any, columns: int) -> list[list[Any]]:
    """Return the cells by row and column, read once: asking the table for each walks all of them."""
    cells = made._cells
    return [cells[start : start + columns] for start in range(0, len(cells), columns)]


def _widths(word: Any, made: Any, table: Table) -> None:
    section = word.sections[-1]
    room = section.page_width - section.left_margin - section.right_margin
    widths = [int(room * width / sum(table.widths)) for width in table.widths]
    for column, width in zip(made._tbl.tblGrid.gridCol_lst, widths, strict=True):
        column.w = width
    for row in made._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = width


def _row(
    element: Any, grid: list[list[Any]], number: int, row: Row, taken: set[tuple[int, int]], size: float
) -> None:
    from docx.shared import Mm  # noqa: PLC0415

    if row.height:
        element.trHeight_val = Mm(row.height)
    at = 0
    for cell in row.cells:
        while (number, at) in taken:
            at += 1
        taken |= {(number + down, at + right) for down in range(cell.down) for right in range(cell.span)}
        first, last = grid[number][at], grid[number + cell.down - 1][at + cell.span - 1]
        _cell(first if first is last else first.merge(last), cell, size)
        at += cell.span


def _cell(target: Any, cell: Cell, size: float) -> None:
    target.vertical_alignment = 1 if cell.middle else 0
    for number, para in enumerate(cell.paras):
        paragraph = target.paragraphs[0] if number == 0 else target.add_paragraph()
        _para(paragraph, para, size)


def _repeat(row: Any) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415

    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_with_next(row: Any) -> None:
    for cell in row.tc_lst:
        for paragraph in cell.p_lst:
            paragraph.get_or_add_pPr().get_or_add_keepNext().val = True
