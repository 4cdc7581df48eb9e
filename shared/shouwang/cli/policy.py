"""`shouwang policy`: what holds on a day in a region, and the document that says so. Needs no suite."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.table import Table

import shouwang
from shouwang.cli import arguments
from shouwang.cli.printing import console
from shouwang.clock import SystemClock
from shouwang.errors import NotFound
from shouwang.policy import Policy
from shouwang.settings import Settings
from shouwang.suggestions import did_you_mean

app = typer.Typer(add_completion=False, rich_markup_mode=None)

OF_ALL_DEPARTMENTS: Final = Path(shouwang.__file__).parent / "department" / "policy"
"""Figures that hold for every department whose own policy says nothing."""


@app.command()
def policy(
    name: Annotated[
        str | None, typer.Argument(metavar="名称", help="如 monitoring_line；不写列出全部")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help="哪一天，默认今天")] = None,
    region: Annotated[str | None, typer.Option("--region", help="区划代码，默认本县")] = None,
) -> int:
    """查询政策参数当日的数值、单位和出处；过期未复核的回答“未知”。"""
    settings = Settings.from_env()
    day, place = arguments.day(on) or SystemClock().today(), region or settings.county
    policies = list(_policies())
    rows = [row for service, policy in policies for row in _rows(service, policy, name, day, place)]
    if not rows and name is not None:
        known = sorted({each for _, policy in policies for each in policy.names()})
        raise NotFound(f"没有政策参数“{name}”", code="policy.no_such_name", remedy=did_you_mean(name, known))
    _show(rows, day, place)
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


def _policies() -> Iterator[tuple[str, Policy]]:
    from shouwang.service.discovery import find  # noqa: PLC0415
    from shouwang.service.loading import load_policy  # noqa: PLC0415

    yield "department", Policy.load([OF_ALL_DEPARTMENTS])
    for service in find():
        loaded = load_policy(service)
        if loaded is not None:
            yield service.name, loaded


def _show(rows: list[tuple[str, ...]], day: date, region: str) -> None:
    table = Table(title=f"{day} {region} 的政策参数")
    for heading in ("服务", "名称", "参数", "数值", "出处"):
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*row)
    console().print(table)
