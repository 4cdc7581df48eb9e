"""`shouwang rules`: every rule of the register with its code, its cases, and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from shouwang.cli.printing import console
from shouwang.cli.register import BUILT, Line, find_root, locate, read_register

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def rules(
    number: Annotated[str | None, typer.Argument(metavar="编号", help="规则编号；不写列出全部")] = None,
    missing: Annotated[bool, typer.Option("--missing", help="只列缺口；有缺口时退出码为 1")] = False,
) -> int:
    """规则登记簿：每条规则的出处、代码、测试和用例。"""
    root = find_root(Path.cwd())
    lines = read_register(root)
    strange = locate(root, lines)
    chosen = [line for line in lines.values() if number in (None, line.number)]
    if missing:
        return _gaps(chosen, strange)
    _show(chosen, whole=number is not None)
    return 0


def _gaps(lines: Iterable[Line], strange: list[str]) -> int:
    gaps = [(line, line.missing()) for line in lines if line.missing()]
    for line, lacking in gaps:
        print(f"{line.number} {line.text}：缺{'、'.join(lacking)}")
    for place in strange:
        print(f"登记簿没有的编号：{place}")
    if not gaps and not strange:
        print("登记为已建或部分建成的规则，都有代码和测试。")
    return 1 if gaps or strange else 0


def _show(lines: list[Line], *, whole: bool) -> None:
    table = Table(show_lines=whole)
    for heading in ("编号", "规则", "服务", "状态", "代码", "测试", "用例", "缺口"):
        table.add_column(heading, overflow="fold")
    for line in lines:
        left = "、".join([*line.missing(), *([line.left] if line.left else [])])
        places = (_places(found, whole) for found in (line.code, line.tests, line.cases))
        text = f"{line.text}\n{line.source}" if whole else line.text
        table.add_row(line.number, text, line.service, BUILT[line.built], *places, left)
    out = console()
    out.print(table)
    counted = Counter(BUILT[line.built] for line in lines)
    out.print("，".join(f"{state} {count} 条" for state, count in counted.items()) + "。")


def _places(found: list[str], whole: bool) -> str:
    return "\n".join(found) if whole else str(len(found) or "")
