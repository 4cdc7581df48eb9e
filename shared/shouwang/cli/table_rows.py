"""`shouwang import rejected | mapping | progress`: what stands around the import of a department's table."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from shouwang.access.roles import DEPARTMENT_OFFICER
from shouwang.cli.arguments import ActingAs
from shouwang.cli.session import Session, open_session
from shouwang.cli.table_import import STAGES, mapping_text
from shouwang.department.refused_sheet import NUMBER, PLACE, PROBLEMS, SOURCE
from shouwang.errors import BadRequest
from shouwang.files import write_private
from shouwang.sealing import KeyPair, open_sealed
from shouwang.settings import Settings

SHEET: Final = "被拒的行"
WIDTH: Final = 18
Json = dict[str, Any]
Department = Annotated[str, typer.Argument(help="部门代码，如 health_insurance")]
TableName = Annotated[str, typer.Argument(metavar="TABLE", help="表名，见 shouwang plugin list")]
OfPeriod = Annotated[str, typer.Option("--period", help="数据所属期，如 2021-05 或 2021Q2")]


def rejected(
    department: Department,
    name: TableName,
    period: OfPeriod,
    out: Annotated[Path, typer.Option("--out", help="写到哪个 xlsx 文件（仅本人可读）")],
    force: Annotated[bool, typer.Option("--force", help="文件已存在时覆盖")] = False,
    acting_as: ActingAs = None,
) -> int:
    """取出一期里被拒的整行：行号、问题、原单元格。改好后连同原文件用 import table --corrections 导入。"""
    if out.exists() and not force:
        raise BadRequest(
            "文件已存在", code="import.exists", where=str(out), remedy="换一个文件名，或加 --force。"
        )
    acting: Any = {"usual": DEPARTMENT_OFFICER, "department": department}
    with open_session(Settings.from_env(), acting_as, **acting) as session:
        pages = list(_pages(session, department, {"table": name, "period": period}))
    first = pages[0][0]
    rows = [row for _, opened in pages for row in opened]
    write_private(out, _book(first["headings"], first["source"], rows))
    print(
        f"已写出 {out}：{len(rows)} 行，系统留存至 {first['expires']}。文件含个人信息，仅本人可读，用毕删除。"
    )
    return 0


def mapping(
    department: Department,
    name: TableName,
    file: Annotated[Path | None, typer.Argument(help="列名对照文件；不写则显示现用的")] = None,
    drop: Annotated[bool, typer.Option("--drop", help="不再使用对照")] = False,
    acting_as: ActingAs = None,
) -> int:
    """查看、更换或停用一张表的列名对照；更换后以后各期沿用，有误的指出第几行。"""
    acting: Any = {"usual": DEPARTMENT_OFFICER, "department": department}
    with open_session(Settings.from_env(), acting_as, **acting) as session:
        if file is None and not drop:
            told = session.call(department, "mapping", table=name)
        else:
            given = {"file": "", "text": None} if drop else _text_of(file)
            told = session.call(department, "set_mapping", table=name, **given)
    text = told.pop("text", None)
    print(text.rstrip() if text else json.dumps(told, ensure_ascii=False, indent=2))
    return 0


def progress(department: Department, name: TableName, period: OfPeriod, acting_as: ActingAs = None) -> int:
    """看一个正在进行的导入到了哪一步。"""
    acting: Any = {"usual": DEPARTMENT_OFFICER, "department": department}
    with open_session(Settings.from_env(), acting_as, **acting) as session:
        told = session.call(department, "import_progress", table=name, period=period)
    if not told["running"]:
        print("没有正在进行的导入。")
        return 0
    print(f"{STAGES[told['stage']]} {told['percent']}%，已读 {told['rows']:,} 行。")
    return 0


def _pages(session: Session, department: str, place: Json) -> Iterator[tuple[Json, list[Json]]]:
    """Yield the answers with their rows opened; each page is sealed to a key made for this command."""
    pair, start = KeyPair.generate(), 0
    while start is not None:
        told = session.call(department, "rejected_rows", **place, key=pair.public_text, start=start)
        yield told, open_sealed(pair.private, told["sealed"])
        start = told["next"]


def _book(headings: list[str], source: str, rows: Iterable[Json]) -> bytes:
    """Return the workbook; every cell is text, so that no ID number loses its digits."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - only for this command

    target = io.BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet(SHEET)
        text = book.add_format({"num_format": "@"})
        sheet.set_column(0, len(headings) + 3, WIDTH, text)
        sheet.write_row(0, 0, [NUMBER, SOURCE, PLACE, PROBLEMS, *headings])
        for at, row in enumerate(rows, 1):
            known = [str(row["number"]), source, _place(row), "；".join(row["problems"])]
            for column, cell in enumerate([*known, *(row["cells"].get(name, "") for name in headings)]):
                sheet.write_string(at, column, cell, text)
        sheet.freeze_panes(1, 0)
    return target.getvalue()


def _place(row: Json) -> str:
    sheet = f"工作表“{row['sheet']}”" if "sheet" in row else ""
    return f"{sheet}第 {row['row']} 行"


def _text_of(file: Path | None) -> Json:
    if file is None or not file.is_file():
        raise BadRequest("没有这个文件", code="import.file", where=str(file), remedy="请核对路径。")
    return mapping_text(file)
