"""New keys for a service: a new generation, then everything that an older one wrote is written anew.

On the machine that holds the secrets, as root:  .venv/bin/python -m deploy.tools.rotate new monitoring data
Then restart the service, and in its container:  python -m deploy.tools.rotate rewrite monitoring
"""

from __future__ import annotations

import os
from pathlib import Path

import typer
from shouwang.clock import SystemClock
from shouwang.errors import BadRequest, ConfigurationError
from shouwang.service import Service
from shouwang.service.discovery import find
from shouwang.settings import Settings
from shouwang.store import Database, KeyRing
from shouwang.store.keys import PURPOSES
from shouwang.store.maintenance import rotate

from deploy.tools.secrets import FOLDER, hand_over

app = typer.Typer(add_completion=False, rich_markup_mode=None, help="更换服务的密钥。")


@app.command()
def new(service: str, purpose: str) -> None:
    """给一个服务加一代新密钥（data、blind 或 mac）；旧的一代留着，用来读旧数据。"""
    generation = new_generation(FOLDER, service, purpose)
    if os.geteuid() == 0:
        hand_over(FOLDER)
    print(f"{service} 的 {purpose} 密钥已有第 {generation} 代。请重启该服务，再在其容器内执行 rewrite。")


@app.command("rewrite")
def rewrite_command(service: str) -> None:
    """在服务自己的容器内执行：用最新一代密钥改写旧密文和旧索引，可与运行中的服务并行。"""
    settings = Settings.from_env()
    if settings.mongo_uri is None:
        raise ConfigurationError("没有数据库地址", code="settings.value", where="MONGO_URI")
    keys = KeyRing.from_dir(settings.keys_dir / service)
    print(f"已改写 {rewrite(find([service])[0], settings.mongo_uri, keys)} 份文档。")


def new_generation(folder: Path, service: str, purpose: str) -> int:
    """Add a generation of one purpose to a service's ring; return its number."""
    if purpose not in PURPOSES:
        raise BadRequest(
            f"没有“{purpose}”这种密钥", code="rotate.purpose", remedy=f"可用：{'、'.join(PURPOSES)}。"
        )
    ring = KeyRing.from_dir(folder / "keys" / service / service)
    return ring.rotate(purpose).newest(purpose)


def rewrite(service: type[Service], uri: str, keys: KeyRing) -> int:
    """Rewrite every repository of a service with its newest keys; return how many documents changed."""
    db = Database(uri, service.name, keys, SystemClock())
    try:
        service.store(db)
        return sum(rotate(repo) for repo in db.repositories.values())
    finally:
        db.close()


if __name__ == "__main__":
    app()
