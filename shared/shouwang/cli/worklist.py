"""`shouwang worklist`: what is due goes out as a workbook, is filled in on site, and is read back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.table import Table

from shouwang.access.roles import TOWN_OFFICER
from shouwang.cli.arguments import ActingAs
from shouwang.cli.printing import console
from shouwang.cli.roster_import import private_csv
from shouwang.cli.session import open_session
from shouwang.cli.worklist_book import write_book
from shouwang.cli.worklist_file import KINDS, read_book
from shouwang.errors import BadRequest
from shouwang.files import write_private
from shouwang.sealing import KeyPair, open_sealed, seal
from shouwang.settings import Settings

app = typer.Typer(add_completion=False, rich_markup_mode=None, help="入户工作清单：导出填写，读回入库。")

NOT_ALL_IN: Final = 2
SHOWN: Final = 20
TIMEOUT: Final = 120.0
STATUSES: Final = {
    "taken": "入库",
    "unchanged": "已读入过",
    "blank": "未填",
    "refused": "有误",
    "conflicts": "冲突",
}
WORDS: Final = {"refused": "有误", "conflict": "冲突", "unchanged": "已读入过"}


@app.command("export")
def export_sheet(
    village: Annotated[str, typer.Option("--village", help="12 位村码")],
    out: Annotated[Path, typer.Option("--out", help="写到哪个 xlsx 文件（仅本人可读）")],
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help=f"{'、'.join(KINDS)}；可多次，默认全部")
    ] = None,
    quarter: Annotated[
        str | None, typer.Option("--quarter", help="收入采集的季度，如 2021Q2；默认刚结束的季度")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="文件已存在时覆盖")] = False,
    acting_as: ActingAs = None,
) -> int:
    """导出一个村的待办清单。含姓名电话：按村镇权限制作，逐户留查阅记录，过期作废。"""
    _check_free(out, force)
    pair = KeyPair.generate()
    wanted = _wanted(kind, quarter)
    with open_session(Settings.from_env(), acting_as, TIMEOUT, usual=TOWN_OFFICER) as session:
        made = session.call("monitoring", "make_sheet", village=village, key=pair.public_text, **wanted)
    book = open_sealed(pair.private, made["sealed"])
    write_private(out, write_book(book))
    counted = "，".join(f"{one['title']} {len(one['rows'])} 行" for one in book["kinds"])
    print(f"已写出 {out}：{counted}。有效期至 {made['expires_on']}。文件含个人信息，仅本人可读，用毕删除。")
    return 0


def _wanted(kinds: list[str] | None, quarter: str | None) -> dict[str, Any]:
    """Return what is asked of monitoring: kinds by their title or code."""
    asked = {"kinds": [KINDS.get(one, one) for one in kinds]} if kinds else {}
    return asked | ({"quarter": quarter} if quarter else {})


def _check_free(out: Path, force: bool) -> None:
    """Refuse a place where nothing can be written before anybody's name is asked for."""
    if not out.parent.is_dir():
        raise BadRequest(
            "没有这个目录", code="worklist.folder", where=str(out.parent), remedy="请先建立目录。"
        )
    if out.exists() and not force:
        remedy = "换一个文件名，或加 --force。"
        raise BadRequest("文件已存在", code="worklist.exists", where=str(out), remedy=remedy)


@app.command("import")
def import_sheet(
    file: Annotated[Path, typer.Argument(help="填好的 xlsx")],
    use_sheet: Annotated[
        list[str] | None, typer.Option("--use-sheet", help="冲突行以表为准，如 走访:6")
    ] = None,
    acting_as: ActingAs = None,
) -> int:
    """读回填好的清单：逐行报告；系统里已变动的列出两边的值，不覆盖。

    退出码：0 全部入库；2 有行有误或冲突（见报告），其余已入库。
    """
    settings = Settings.from_env()
    sheet, rows = read_book(file)
    pair = KeyPair.generate()
    with open_session(settings, acting_as, TIMEOUT, usual=TOWN_OFFICER) as session:
        key = session.call("monitoring", "public_key")["key"]
        given = {
            "sheet": sheet,
            "sealed": seal(key, rows),
            "decided": [decision(one) for one in use_sheet or ()],
        }
        report = session.call("monitoring", "read_sheet", key=pair.public_text, **given)
    return show(settings.var_dir, report, open_sealed(pair.private, report["sealed"]))


def decision(text: str) -> dict[str, Any]:
    """Return {kind, row} of "走访:6"."""
    title, _, row = text.replace("：", ":").partition(":")
    if title not in KINDS or not row.isdecimal():
        remedy = f"应如 走访:6；工作表有 {'、'.join(KINDS)}。"
        raise BadRequest(f"--use-sheet “{text}”不成立", code="cli.argument", remedy=remedy)
    return {"kind": KINDS[title], "row": int(row)}


def show(var_dir: Path, report: dict[str, Any], conflicts: list[dict[str, Any]]) -> int:
    """Print what became of the rows, write the whole report for its owner alone; return the exit code."""
    out = console()
    summary = Table(title=f"工作清单 {report['sheet']} 读回")
    for label in STATUSES.values():
        summary.add_column(label)
    summary.add_row(*(str(report[name]) for name in STATUSES))
    out.print(summary)
    lines = _lines(report["rows"], conflicts)
    if lines:
        path = private_csv(var_dir, f"worklist-{report['sheet']}.csv", HEADINGS, lines)
        out.print(_table(report["rows"]))
        out.print(f"逐行报告（含冲突两边的值，仅本人可读）：{path}")
    return NOT_ALL_IN if report["refused"] or report["conflicts"] else 0


HEADINGS: Final = ("工作表", "行", "结果", "列", "问题", "怎么办", "表中所填", "系统现值", "代码")


def _lines(rows: list[dict[str, Any]], conflicts: list[dict[str, Any]]) -> list[list[Any]]:
    both = {(one["kind"], one["row"]): one for one in conflicts}
    return [_line(one, both.get((one["kind"], one["row"]), {})) for one in rows]


def _line(row: dict[str, Any], both: dict[str, Any]) -> list[Any]:
    told = [row[name] for name in ("column", "problem", "remedy")]
    values = [both.get("in_sheet", ""), both.get("in_system", "")]
    return [_title(row["kind"]), row["row"], WORDS[row["status"]], *told, *values, row["code"]]


def _title(kind: str) -> str:
    return next((title for title, code in KINDS.items() if code == kind), kind)


def _table(rows: list[dict[str, Any]]) -> Table:
    shown = Table(title=f"没有入库的行（{len(rows)} 行，列出前 {min(SHOWN, len(rows))} 行）")
    for heading in ("工作表", "行", "结果", "列", "问题", "怎么办"):
        shown.add_column(heading)
    for one in rows[:SHOWN]:
        told = [one[name] for name in ("column", "problem", "remedy")]
        shown.add_row(_title(one["kind"]), str(one["row"]), WORDS[one["status"]], *told)
    return shown
