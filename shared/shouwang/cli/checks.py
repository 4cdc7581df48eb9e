"""What the doctor looks at. Each check returns findings and changes nothing; none of them shows a secret."""

from __future__ import annotations

import re
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Final

from shouwang.cli.feed_checks import feeds
from shouwang.cli.figure_checks import figures
from shouwang.cli.findings import Finding
from shouwang.errors import ConfigurationError, ShouwangError
from shouwang.settings import Settings

PYTHON: Final = ((3, 11), (3, 13))
REQUIREMENT: Final = re.compile(r"([\w.-]+)(?:==([\w.]+))?[^;]*")
"""A line without a marker: what belongs to an extra may be missing."""
LEAST_DISK: Final = 1024**3
"""Bytes free under the data folder."""
WRITTEN: Final = datetime(2024, 1, 1, tzinfo=UTC)
"""No machine whose clock is right shows a day before this."""


def python(settings: Settings) -> Iterator[Finding]:
    """The interpreter is one that the locked packages ran on."""
    del settings
    here = sys.version_info[:2]
    text = ".".join(map(str, sys.version_info[:3]))
    fits = PYTHON[0] <= here <= PYTHON[1]
    yield Finding("Python", "ok" if fits else "bad", text, "" if fits else "需要 3.11 至 3.13。")


def packages(settings: Settings) -> Iterator[Finding]:
    """Every package that the SDK names is there in a version that it accepts."""
    del settings
    needed = [found for line in requires("shouwang") or [] if (found := REQUIREMENT.fullmatch(line))]
    wrong = [problem for found in needed if (problem := _package(found[1], found[2]))]
    text = "；".join(wrong) or f"{len(needed)} 个都在，锁定的版本相符"
    yield Finding("软件包", "bad" if wrong else "ok", text, "请执行 make install。" if wrong else "")


def _package(name: str, pinned: str | None) -> str | None:
    try:
        found = version(name)
    except PackageNotFoundError:
        return f"缺少 {name}"
    return None if pinned in (None, found) else f"{name} 是 {found}，需要 {pinned}"


def ports(settings: Settings) -> Iterator[Finding]:
    """The ports that `up` will take are free, or taken by the running suite."""
    running = (settings.var_dir / "door.json").exists()
    for name, number in (("门口端口", settings.door_port), ("指标端口", settings.metrics_port)):
        if number == 0 or _free(number):
            yield Finding(name, "ok", f"{number} 可用")
        elif running:
            yield Finding(name, "ok", f"{number} 由正在运行的服务使用")
        else:
            yield Finding(name, "bad", f"{number} 已被别的程序占用", "请另设 SHOUWANG_DOOR_PORT 等。")


def _free(number: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except OSError:
            return False
    return True


def broker(settings: Settings) -> Iterator[Finding]:
    """The broker answers."""
    if settings.embedded_broker:
        yield Finding("消息代理", "note", "内置（进程结束即清空，不用于生产）")
        return
    from shouwang.service.broker import ping  # noqa: PLC0415

    yield _tried("消息代理", lambda: ping(settings.amqp_uri))


def store(settings: Settings) -> Iterator[Finding]:
    """The store answers, or its program is there."""
    if settings.mongo_uri is None:
        program = Path(sys.executable).parent / "secantusd-py"
        there = program.is_file()
        text = "内置（不用于生产）" if there else "没有安装内置数据库"
        remedy = "" if there else "请执行 pip install 'shouwang[embedded]'，或设 MONGO_URI。"
        yield Finding("数据库", "note" if there else "bad", text, remedy)
        return
    uri = settings.mongo_uri
    yield _tried("数据库", lambda: _ping_store(uri))


def _ping_store(uri: str) -> None:
    from pymongo import MongoClient  # noqa: PLC0415
    from pymongo.errors import PyMongoError  # noqa: PLC0415

    try:
        with MongoClient[dict[str, object]](uri, serverSelectionTimeoutMS=3000) as client:
            client.admin.command("ping")
    except PyMongoError as error:
        message = f"数据库没有应答（{type(error).__name__}）"
        raise ConfigurationError(message, remedy="请检查 MONGO_URI、网络和账号。") from None


def keys(settings: Settings) -> Iterator[Finding]:
    """Key files can be read by their owner only."""
    folder = settings.keys_dir
    if not folder.is_dir():
        yield Finding("密钥", "note", "还没有，首次 shouwang up 时生成")
        return
    secret = [path for path in folder.rglob("*") if path.is_file() and path.name != "verifier.pem"]
    open_ones = [str(path) for path in secret if path.stat().st_mode & 0o077]
    text = f"他人可读：{'、'.join(open_ones)}" if open_ones else f"{len(secret)} 个文件，仅本人可读"
    yield Finding("密钥", "bad" if open_ones else "ok", text, "请执行 chmod 600。" if open_ones else "")


def disk(settings: Settings) -> Iterator[Finding]:
    """There is room under the data folder."""
    folder = next(
        path for path in (settings.var_dir.absolute(), *settings.var_dir.absolute().parents) if path.exists()
    )
    free = shutil.disk_usage(folder).free
    fits = free >= LEAST_DISK
    text = f"{folder} 剩余 {free / 1024**3:.1f} GB"
    yield Finding("磁盘", "ok" if fits else "bad", text, "" if fits else "请清理，至少留出 1 GB。")


def clock(settings: Settings) -> Iterator[Finding]:
    """The machine knows what day it is."""
    now = datetime.now(UTC)
    right = now >= WRITTEN
    text = f"{now:%Y-%m-%d %H:%M} UTC，业务日期 {settings.make_clock().today()}"
    yield Finding("时钟", "ok" if right else "bad", text, "" if right else "机器时间不对，请校时。")


def _tried(subject: str, attempt: Callable[[], None]) -> Finding:
    try:
        attempt()
    except ShouwangError as error:
        return Finding(subject, "bad", error.message, error.remedy)
    return Finding(subject, "ok", "有应答")


ALL: Final = (python, packages, ports, broker, store, keys, disk, clock, figures, feeds)
