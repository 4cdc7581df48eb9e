"""`shouwang deadletters`: what could not be handled: look, send back, or drop with a reason on record."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer
from rich.table import Table

from shouwang.access.roles import PLATFORM
from shouwang.cli.printing import console
from shouwang.cli.session import DEFAULT_TIMEOUT, DoorSession, door_url, token_for
from shouwang.settings import Settings

app = typer.Typer(add_completion=False, rich_markup_mode=None, help="未能处理的消息（死信）。")

Queue = Annotated[str | None, typer.Argument(metavar="队列", help="如 monitoring.receive_clues；默认全部")]
Id = Annotated[str, typer.Argument(metavar="编号", help="见 list")]


@app.command("list")
def list_(queue: Queue = None) -> int:
    """列出死信（不显示内容）；有死信时退出码为 1。"""
    letters = _ask(action="list", queue=queue)
    table = Table(title=f"死信 {len(letters)} 封")
    for heading in ("队列", "编号", "事件", "对象", "原因", "次数", "时间"):
        table.add_column(heading, overflow="fold")
    for one in letters:
        shown = ("queue", "id", "event", "subject", "reason", "attempts", "died_at")
        table.add_row(*(str(one[name]) for name in shown))
    console().print(table if letters else "没有死信。")
    return 1 if letters else 0


@app.command()
def show(
    queue: Annotated[str, typer.Argument(metavar="队列")],
    id: Id,
    data: Annotated[bool, typer.Option("--data", help="连同内容（可能涉及个人，谨慎）")] = False,
) -> None:
    """显示一封死信的信封。"""
    print(json.dumps(_ask(action="show", queue=queue, id=id, with_data=data), ensure_ascii=False, indent=2))


@app.command()
def redrive(queue: Queue = None, id: Annotated[str | None, typer.Argument(metavar="编号")] = None) -> None:
    """送回原队列重新处理：一封、一个队列的，或全部。"""
    print(f"已送回 {_ask(action='redrive', queue=queue, id=id)} 封。")


@app.command()
def drop(
    queue: Annotated[str, typer.Argument(metavar="队列")],
    id: Id,
    reason: Annotated[str, typer.Option("--reason", help="作废理由，留档")],
) -> None:
    """作废一封；谁、何时、为何，都留档。"""
    told = _ask(action="drop", queue=queue, id=id, reason=reason)
    print(f"已作废 {told['queue']} 的 {told['id']}（{reason}）。")


def _ask(**body: Any) -> Any:
    settings = Settings.from_env()
    if settings.embedded_broker:
        session = DoorSession(door_url(settings), token_for(settings, None, PLATFORM), DEFAULT_TIMEOUT)
        return session.send("POST", "/deadletters", body)["result"]
    from getpass import getuser  # noqa: PLC0415

    from shouwang.service.letters import handle  # noqa: PLC0415 - nameko only where a broker is used

    return handle(settings.amqp_uri, body, f"cli:{getuser()}")
