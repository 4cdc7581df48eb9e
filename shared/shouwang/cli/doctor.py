"""`shouwang doctor`: is everything there that the suite needs?"""

from __future__ import annotations

import typer
from rich.table import Table

from shouwang.cli.checks import ALL
from shouwang.cli.printing import console
from shouwang.settings import Settings

app = typer.Typer(add_completion=False, rich_markup_mode=None)

MARKS = {"ok": "正常", "note": "提示", "bad": "有问题"}


@app.command()
def doctor() -> int:
    """检查运行环境；有问题时逐项说明怎么办，退出码为 1。"""
    settings = Settings.from_env()
    findings = [finding for check in ALL for finding in check(settings)]
    table = Table(title="环境检查")
    for heading in ("项目", "状态", "情况", "怎么办"):
        table.add_column(heading, overflow="fold")
    for one in findings:
        table.add_row(one.subject, MARKS[one.state], one.text, one.remedy)
    console().print(table)
    return 1 if any(one.state == "bad" for one in findings) else 0
