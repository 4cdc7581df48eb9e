"""`shouwang snapshot`: the columnar snapshot of the registry, brought up to date, compared, recomputed on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.progress import Progress

from shouwang.cli.arguments import ActingAs
from shouwang.cli.session import Session, open_session
from shouwang.settings import Settings

app = typer.Typer(add_completion=False, rich_markup_mode=None, help="登记簿快照：更新、核对、重算。")

TIMEOUT: Final = 600.0
"""Seconds: the longest that the door waits; a county goes town by town."""
COUNTY_DIGITS: Final = 6
DIFFERS: Final = 1

InRegion = Annotated[str | None, typer.Option("--region", help="区划代码，默认本县")]


@app.command()
def refresh(
    region: InRegion = None,
    full: Annotated[bool, typer.Option("--full", help="全部重读，不只读改动过的")] = False,
    acting_as: ActingAs = None,
) -> int:
    """更新快照。全县逐乡镇进行并显示进度；中断后再次执行，从没有做完的乡镇接着做。"""
    return _by_town(region, acting_as, "更新登记簿快照", "refresh_snapshot", full=full)


@app.command()
def recompute(region: InRegion = None, acting_as: ActingAs = None) -> int:
    """重算收入、类型推算、应纳和等级，只写回有变化的。"""
    return _by_town(region, acting_as, "重算", "recompute_standings")


@app.command()
def status(region: InRegion = None, acting_as: ActingAs = None) -> int:
    """快照有多少村、多少户，截至何时；正在更新的显示进度。"""
    with _session(acting_as) as session:
        _print(session.call("monitoring", "snapshot", region=region or Settings.from_env().county))
    return 0


@app.command()
def verify(
    region: InRegion = None,
    sample: Annotated[int, typer.Option("--sample", help="抽查户数，0 为全部")] = 200,
    acting_as: ActingAs = None,
) -> int:
    """与登记簿逐户核对。退出码：0 一致；1 有不一致（列出户编号）。"""
    with _session(acting_as) as session:
        place = region or Settings.from_env().county
        answer = session.call("monitoring", "verify_snapshot", region=place, sample=sample)
    _print(answer)
    return 0 if answer["ok"] else DIFFERS


def _by_town(region: str | None, acting_as: str | None, title: str, method: str, **given: Any) -> int:
    total: dict[str, int] = {}
    with (
        _session(acting_as) as session,
        Progress(console=Console(stderr=True), transient=True) as progress,
    ):
        asked = region or Settings.from_env().county
        towns = session.call("monitoring", "snapshot", region=asked)["towns"]
        places = towns if len(asked) == COUNTY_DIGITS else [asked]
        for place in progress.track(places, description=title):
            _add(total, session.call("monitoring", method, region=place, **given))
    _print(total)
    return 0


def _add(total: dict[str, int], answer: Mapping[str, Any]) -> None:
    for name, value in answer.items():
        if isinstance(value, int) and not isinstance(value, bool):
            total[name] = total.get(name, 0) + value


@contextmanager
def _session(acting_as: str | None) -> Iterator[Session]:
    with open_session(Settings.from_env(), acting_as, TIMEOUT) as session:
        yield session


def _print(answer: Any) -> None:
    print(json.dumps(answer, ensure_ascii=False, indent=2))
