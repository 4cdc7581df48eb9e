"""`shouwang up`: everything embedded; or one service on real servers (--only); or one process per service."""

from __future__ import annotations

import shouwang.cli.green  # noqa: F401 - first of all: what is imported below must meet green threads

# isort: split
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import eventlet
import typer

from shouwang.cli.figures import SHOWN_BY, warning
from shouwang.cli.stopping import StopSignal
from shouwang.cli.supervisor import supervise
from shouwang.policy import Policy
from shouwang.settings import Settings
from shouwang.telemetry import configure

if TYPE_CHECKING:
    from shouwang.service.process import ServiceProcess

app = typer.Typer(add_completion=False, rich_markup_mode=None)

Only = Annotated[list[str] | None, typer.Option("--only", help="只启动这个服务（一个进程一个服务）")]
Departments = Annotated[
    str | None, typer.Option("--departments", help="内置运行时只启动这些部门，以逗号分隔；默认全部已安装的")
]
Day = Annotated[datetime | None, typer.Option("--day", formats=["%Y-%m-%d"], help="用模拟时钟，从这一天开始")]


class Runs(Protocol):
    """A suite or a single service."""

    @property
    def url(self) -> str: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...

    def wait(self) -> None: ...


@app.command()
def up(only: Only = None, departments: Departments = None, day: Day = None) -> int:
    """启动服务并保持运行，Ctrl-C 或 SIGTERM 结束。

    不设 AMQP_URI：全部服务内置运行，回环门口供命令行和浏览器使用。
    设了 AMQP_URI 和 MONGO_URI：每个服务一个进程。
    """
    settings = Settings.from_env()
    if day is not None:
        settings = replace(settings, clock=f"simulated:{day.date().isoformat()}")
    if only:
        return _run_one(settings, only)
    if settings.embedded_broker:
        return _run_suite(settings, departments)
    return supervise(settings)


def _run_suite(settings: Settings, departments: str | None) -> int:
    from shouwang.service.discovery import SERVICES, find, named  # noqa: PLC0415
    from shouwang.service.lock import FolderLock  # noqa: PLC0415
    from shouwang.service.suite import LOCK, Suite  # noqa: PLC0415

    FolderLock(settings.var_dir / LOCK).probe()
    log = _log_file(settings)
    with log.open("a", encoding="utf-8") as stream:
        configure("suite", stream=stream)
        chosen = None if departments is None else [*named(SERVICES), *departments.split(",")]
        suite = Suite(settings, find(chosen))
        return _keep(suite, lambda: _welcome(suite, settings, log))


def _run_one(settings: Settings, only: list[str]) -> int:
    from shouwang.service.discovery import find  # noqa: PLC0415
    from shouwang.service.process import ServiceProcess, site_of  # noqa: PLC0415

    if len(only) != 1:
        raise typer.BadParameter("--only 一次只能启动一个服务")
    configure(only[0])
    site = site_of(settings, only[0])
    process = ServiceProcess(settings, site, find(only)[0])
    return _keep(process, lambda: _welcome_one(process, only[0], settings))


def _welcome_one(process: ServiceProcess, name: str, settings: Settings) -> None:
    print(f"{name} 已启动，健康与指标：{process.url}/health", flush=True)
    _warn(process.policies, settings.make_clock().today(), settings)


def _warn(policies: list[Policy], on: date, settings: Settings) -> None:
    """Say which figures the services go without; nothing is said where all are in force."""
    if told := warning(policies, on, settings.county):
        print(f"警告：{told}。查看：{SHOWN_BY}", flush=True)


def _keep(running: Runs, welcome: Callable[[], None]) -> int:
    """Start, say so, wait for a signal or for a service to die, stop."""
    stop = StopSignal()
    running.start()
    try:
        welcome()
        watcher = eventlet.spawn(_watch, running, stop)
        stop.wait()
    finally:
        running.stop()
    return int(watcher.wait())


def _watch(running: Runs, stop: StopSignal) -> int:
    try:
        running.wait()
    finally:
        stop.send()
    return 0


def _welcome(suite: Any, settings: Settings, log: Path) -> None:
    print(f"守望已启动（{suite.clock.today()}）：{'、'.join(runtime.name for runtime in suite.runtimes)}")
    print(f"门口 {suite.url}（仅本机）；数据目录 {settings.var_dir}；日志 {log}")
    _warn(suite.group.policies, suite.clock.today(), settings)
    print(f"另开终端试试：shouwang call {_first_call(suite, settings)}", flush=True)


def _first_call(suite: Any, settings: Settings) -> str:
    """Return a call that answers: of the county where it is there, else of the department that runs alone."""
    names = [runtime.name for runtime in suite.runtimes]
    return f"monitoring.figures region={settings.county}" if "monitoring" in names else f"{names[0]}.describe"


def _log_file(settings: Settings) -> Path:
    folder = settings.var_dir / "log"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / "suite.log"
