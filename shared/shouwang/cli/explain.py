"""`shouwang explain`: why a case or a household was decided so, in one sentence with its grounds."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final

import typer
from rich.table import Table

from shouwang.cli import arguments
from shouwang.cli.arguments import ActingAs
from shouwang.cli.printing import console
from shouwang.cli.session import open_session
from shouwang.policy import show
from shouwang.settings import Settings

app = typer.Typer(add_completion=False, rich_markup_mode=None)

HOUSEHOLD: Final = re.compile(r"\d{12}-\d+", re.ASCII)
OWNERS: Final = {"input": "采集", "parameter": "政策", "decision": "认定"}


@app.command()
def explain(
    subject: Annotated[str, typer.Argument(metavar="案件或户编号")],
    as_of: Annotated[str | None, typer.Option("--as-of", help="截至哪一天，如 2021-09-30")] = None,
    about: Annotated[
        str, typer.Option("--about", help="case 案件认定；class 等级；category 类型推算（户编号）")
    ] = "case",
    acting_as: ActingAs = None,
) -> None:
    """说明认定的理由：一句话，及其每一项依据。"""
    day = arguments.day(as_of)
    asked = {"household" if HOUSEHOLD.fullmatch(subject) else "case": subject}
    asked |= {"as_of": day.isoformat()} if day else {}
    asked |= {"about": about} if about != "case" else {}
    with open_session(Settings.from_env(), acting_as) as session:
        answer = session.call("monitoring", "explain", **asked)
    out = console()
    out.print(answer["sentence"], soft_wrap=True, highlight=False)
    grounds = answer["decision"].get("grounds") or []
    if grounds:
        out.print(_table(grounds))


def _table(grounds: list[dict[str, Any]]) -> Table:
    table = Table(title="依据")
    for heading in ("类别", "项目", "数值", "提供者", "日期", "出处"):
        table.add_column(heading, overflow="fold")
    for ground in grounds:
        kind = OWNERS.get(str(ground.get("kind")), str(ground.get("kind")))
        cells = (ground.get(name) for name in ("owner", "on", "source"))
        value = show(ground.get("value"), str(ground.get("unit") or ""))
        table.add_row(
            kind, str(ground.get("label")), value, *("" if cell is None else str(cell) for cell in cells)
        )
    return table
