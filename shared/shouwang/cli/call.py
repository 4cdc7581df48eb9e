"""`shouwang call`: one call to one method of one service."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from shouwang.cli.arguments import ActingAs, json_object, key_values
from shouwang.cli.sealed_file import sealed_arguments
from shouwang.cli.session import DEFAULT_TIMEOUT, open_session
from shouwang.errors import BadRequest
from shouwang.settings import Settings

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def call(
    target: Annotated[str, typer.Argument(metavar="SERVICE.METHOD", help="如 monitoring.figures")],
    arguments: Annotated[list[str] | None, typer.Argument(metavar="名称=值 …")] = None,
    body: Annotated[str | None, typer.Option("--json", help="全部参数，一个 JSON 对象")] = None,
    seal: Annotated[
        list[str] | None, typer.Option("--seal", help="名称=文件.json：内容以该服务的公钥密封后传入")
    ] = None,
    acting_as: ActingAs = None,
    timeout: Annotated[float, typer.Option(help="最多等待的秒数")] = DEFAULT_TIMEOUT,
) -> None:
    """调用一个方法，结果以 JSON 打印。也可写作 call 服务 方法 名称=值。"""
    service, method, pairs = _target(target, list(arguments or []))
    args = {**(json_object(body) if body else {}), **key_values(pairs)}
    with open_session(Settings.from_env(), acting_as, timeout, department=service) as session:
        args |= sealed_arguments(session, service, list(seal or []))
        result = session.call(service, method, **args)
    print(json.dumps(result, ensure_ascii=False, indent=2))


def _target(target: str, rest: list[str]) -> tuple[str, str, list[str]]:
    service, dot, method = target.partition(".")
    if not dot and rest and "=" not in rest[0]:
        return target, rest[0], rest[1:]
    if not service or not method:
        raise BadRequest(f"“{target}”应写作 服务.方法", code="cli.argument", remedy="如 monitoring.figures。")
    return service, method, rest
