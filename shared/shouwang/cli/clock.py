"""`shouwang clock`: let the days of a simulated clock pass (embedded suite only)."""

from __future__ import annotations

from typing import Annotated

import typer

from shouwang.access.roles import PLATFORM
from shouwang.cli.arguments import day
from shouwang.cli.session import DoorSession, door_url, token_for
from shouwang.settings import Settings

app = typer.Typer(add_completion=False, rich_markup_mode=None)

PATIENCE = 3600.0


@app.command()
def clock(to: Annotated[str, typer.Argument(metavar="日期", help="推进到这一天，如 2021-06-30")]) -> None:
    """逐日推进模拟时钟：每天等待全部事件处理完，再办各服务的当日事项。"""
    settings = Settings.from_env()
    day(to)
    session = DoorSession(door_url(settings), token_for(settings, None, PLATFORM), PATIENCE)
    answer = session.send("POST", "/clock", {"to": to})
    print(f"过了 {len(answer['days'])} 天，今天是 {answer['today']}。")
