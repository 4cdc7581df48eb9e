"""`shouwang verify`: was anything altered behind our back? Reads every database, changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from shouwang.cli.printing import console
from shouwang.errors import ConfigurationError
from shouwang.service.base import Service
from shouwang.settings import Settings

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def verify(
    service: Annotated[list[str] | None, typer.Argument(metavar="服务 …", help="默认全部")] = None,
    roots: Annotated[
        Path | None, typer.Option("--roots", help="每日根的目录；默认数据目录下的 roots")
    ] = None,
) -> int:
    """核对每个库的历史链、发件箱、查阅记录和每日根；发现改动、或有服务没有核对成时退出码为 1。"""
    from shouwang.service.discovery import find  # noqa: PLC0415

    settings = Settings.from_env()
    asked = find(service)
    held = [one for one in asked if (settings.keys_dir / one.name).is_dir()]
    if not held:
        raise _nothing(settings)
    with _store(settings) as uri:
        reports = [
            (one.name, _verify(one, uri, settings, roots or settings.var_dir / "roots")) for one in held
        ]
    unchecked = [one.name for one in asked if one not in held]
    _show(reports, unchecked)
    _tell(unchecked, settings)
    return 0 if all(report.ok for _, report in reports) and not unchecked else 1


def _nothing(settings: Settings) -> ConfigurationError:
    """Nothing looked at is no "nothing found"."""
    return ConfigurationError(
        "这里没有任何服务的密钥，什么也没有核对。",
        code="verify.nothing",
        where=str(settings.keys_dir),
        remedy="请在部署目录执行，或设 SHOUWANG_VAR_DIR、SHOUWANG_KEYS_DIR。",
    )


def _verify(service: type[Service], uri: str, settings: Settings, roots: Path) -> Any:
    from shouwang.service.days import COLLECTION, KIND  # noqa: PLC0415
    from shouwang.store import Database, KeyRing, verify  # noqa: PLC0415

    keys = KeyRing.from_dir(settings.keys_dir / service.name)
    db = Database(uri, service.name, keys, settings.make_clock())
    try:
        if service.store is not None:
            service.store(db)
        db.repository(COLLECTION, kind=KIND)
        return verify(db, roots if (roots / service.name).is_dir() else None)
    finally:
        db.close()


@contextmanager
def _store(settings: Settings) -> Iterator[str]:
    """Give the address of the store: a real one, the running suite's, or an embedded one started here."""
    door = settings.var_dir / "door.json"
    if settings.mongo_uri is not None:
        yield settings.mongo_uri
    elif door.exists():
        yield str(json.loads(door.read_text(encoding="ascii"))["store"])
    else:
        from shouwang.store import EmbeddedMongo  # noqa: PLC0415

        with EmbeddedMongo(settings.var_dir / "store") as store:
            yield store.uri


def _show(reports: list[tuple[str, Any]], unchecked: list[str]) -> None:
    table = Table(title="存储核对")
    for heading in ("服务", "文档", "每日根", "结果"):
        table.add_column(heading)
    for name, report in reports:
        result = "未发现改动" if report.ok else f"发现 {len(report.findings)} 处"
        table.add_row(name, str(sum(report.checked.values())), report.root or "没有", result)
    for name in unchecked:
        table.add_row(name, "", "", "没有核对")
    out = console()
    out.print(table)
    for name, report in reports:
        for finding in report.findings:
            out.print(f"{name}：{finding}", highlight=False)


def _tell(unchecked: list[str], settings: Settings) -> None:
    """Say what was left out and why: without its keys a service's history says nothing."""
    if unchecked:
        console().print(
            f"{'、'.join(unchecked)}：{settings.keys_dir} 中没有密钥，没有核对。装了的，请找回密钥再核对；"
            "没有装的，请只写要核对的服务：shouwang verify 服务 …",
            highlight=False,
        )
