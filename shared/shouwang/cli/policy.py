"""`shouwang policy`: what holds on a day in a region, and the document that says so. Needs no suite."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from shouwang.cli import arguments
from shouwang.cli.figures import installed
from shouwang.cli.policy_gaps import Lacking, lacking, print_lacking
from shouwang.cli.policy_template import write_templates
from shouwang.cli.printing import console
from shouwang.clock import SystemClock
from shouwang.errors import BadRequest, NotFound
from shouwang.policy import Policy
from shouwang.policy.reading import TO_FILL
from shouwang.settings import Settings
from shouwang.suggestions import did_you_mean

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def policy(
    name: Annotated[
        str | None, typer.Argument(metavar="名称", help="如 monitoring_line；不写列出全部")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help="哪一天，默认今天")] = None,
    region: Annotated[str | None, typer.Option("--region", help="区划代码，默认本县")] = None,
    unknown: Annotated[
        bool,
        typer.Option("--unknown", help="只列当日没有现行数值的：写在哪里、上一次的数值、什么在等它、怎样补"),
    ] = False,
    write: Annotated[
        Path | None, typer.Option("--write", help="连同 --unknown：把缺的各行写成待填的文件，放进这个目录")
    ] = None,
) -> int:
    """查询政策参数当日的数值、单位和出处；过期未复核的回答“未知”。"""
    settings = Settings.from_env()
    day, place = arguments.day(on) or SystemClock().today(), region or settings.county
    found = list(installed(settings))
    known = sorted({each for one in found for each in one.policy.names()})
    if name is not None and name not in known:
        raise NotFound(f"没有政策参数“{name}”", code="policy.no_such_name", remedy=did_you_mean(name, known))
    if write is not None and not unknown:
        raise BadRequest("--write 只与 --unknown 同用", code="cli.argument", remedy="请加上 --unknown。")
    if unknown:
        return _unknown(lacking(found, name, day, place), day, place, write)
    _show([row for one in found for row in _rows(one.name, one.policy, name, day, place)], day, place)
    return 0


def _unknown(found: list[Lacking], day: date, region: str, write: Path | None) -> int:
    if write is None:
        print_lacking(found, day, region)
        return 0
    for path in write_templates(found, write, day, region):
        print(f"已写出 {path}，请填好其中的“{TO_FILL}”")
    return 0


def _rows(
    service: str, policy: Policy, name: str | None, day: date, region: str
) -> Iterator[tuple[str, ...]]:
    wanted = [each for each in policy.names() if name in (None, each)]
    yield from (_row(service, policy, each, day, region) for each in wanted)


def _row(service: str, policy: Policy, name: str, day: date, region: str) -> tuple[str, ...]:
    parameter = policy.parameter(name)
    found: Any = parameter.on(day, region)
    if not found.known:
        return service, name, parameter.title, "未知", found.reason
    text = f"代码表 {len(found.value)} 项" if parameter.unit == "code_table" else found.text
    return service, name, parameter.title, text, f"{found.source}（自 {found.since}）"


def _show(rows: list[tuple[str, ...]], day: date, region: str) -> None:
    table = Table(title=f"{day} {region} 的政策参数")
    for heading in ("服务", "名称", "参数", "数值", "出处"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*row)
    console().print(table)
