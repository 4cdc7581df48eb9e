"""`shouwang token`: issue tokens and make keys, on the machine of the issuer only."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, cast

import typer

from shouwang.access import Actor, Level, load_issuer
from shouwang.access.keys import PRIVATE
from shouwang.files import write_private
from shouwang.settings import Settings

app = typer.Typer(add_completion=False, rich_markup_mode=None, help="签发令牌，生成密钥。只在签发机上使用。")

Hours = Annotated[float, typer.Option("--hours", help="有效小时数，最多 720")]


@app.command()
def issue(
    actor: Annotated[str, typer.Option("--actor", help="操作人编号（不要用姓名、身份证号）")],
    level: Annotated[str, typer.Option("--level", help="household village town county department platform")],
    region: Annotated[str, typer.Option("--region", help="区划代码，6、9 或 12 位")],
    roles: Annotated[str, typer.Option("--roles", help="角色，以逗号分隔")],
    org: Annotated[str, typer.Option("--org", help="单位代码；默认同区划")] = "",
    hours: Hours = 8,
    audience: Annotated[list[str] | None, typer.Option("--for", help="只对这些服务有效")] = None,
    on_behalf_of: Annotated[str | None, typer.Option("--on-behalf-of", help="代谁办理")] = None,
    save: Annotated[bool, typer.Option("--save", help="存入令牌文件，供本机命令使用")] = False,
) -> None:
    """签发一个令牌并打印（或用 --save 存入令牌文件）。"""
    settings = Settings.from_env()
    given = tuple(role.strip() for role in roles.split(",") if role.strip())
    who = Actor(actor, org or region, cast(Level, level), region, given, on_behalf_of)
    issuer = load_issuer(settings.keys_dir / PRIVATE)
    token = issuer.issue(who, int(hours * 3600), **({"audience": audience} if audience else {}))
    if save:
        _save(settings.token_file, token)
        print(f"令牌已存入 {settings.token_file}（{hours:g} 小时）。")
    else:
        print(token)


@app.command()
def keys(
    services: Annotated[
        list[str] | None, typer.Argument(metavar="服务 …", help="默认全部已安装的服务")
    ] = None,
) -> None:
    """生成签发密钥和每个服务的密钥环；已有的不动。"""
    from shouwang.service.discovery import DEPARTMENTS, SERVICES, named  # noqa: PLC0415
    from shouwang.service.keyfiles import issuer_of, ring_of  # noqa: PLC0415

    settings = Settings.from_env()
    settings.keys_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    issuer_of(settings.keys_dir)
    for name in services or [*named(SERVICES), *named(DEPARTMENTS)]:
        ring_of(settings.keys_dir, name)
    print(f"密钥在 {settings.keys_dir}。issuer.pem 只留在签发机上；各服务只取 verifier.pem 和自己的目录。")


@app.command()
def service(
    name: Annotated[str, typer.Argument(help="服务名")],
    hours: Hours = 24 * 7,
) -> None:
    """为一个服务签发它自己的令牌，写入其密钥目录；运行中的服务自动读取新令牌。"""
    from shouwang.service.keyfiles import service_actor, write_service_token  # noqa: PLC0415

    settings = Settings.from_env()
    issuer = load_issuer(settings.keys_dir / PRIVATE)
    actor = service_actor(name, settings.county)
    path = write_service_token(settings.keys_dir, issuer, actor, int(hours * 3600))
    print(f"已写入 {path}（{hours:g} 小时）。")


def _save(path: Path, token: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_private(path, token.encode())
