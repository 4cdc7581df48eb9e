"""`shouwang plugin`: the department plugins that are installed, and whether one holds together."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.table import Table

from shouwang.cli.printing import console
from shouwang.cli.problems import say
from shouwang.errors import ConfigurationError
from shouwang.settings import Settings

app = typer.Typer(add_completion=False, rich_markup_mode=None, help="部门插件。")


@app.command("list")
def list_() -> None:
    """列出已安装的部门插件：代码、单位、契约版本、数据表、措施。"""
    table = Table(title="部门插件")
    for heading in ("代码", "名称", "负责单位", "契约", "数据表", "筛查规则", "措施"):
        table.add_column(heading, overflow="fold")
    for folder in _installed().values():
        table.add_row(*_row(folder))
    console().print(table)


@app.command()
def check(
    plugin: Annotated[str, typer.Argument(metavar="代码或目录", help="已安装的代码，或插件文件夹")],
    as_json: Annotated[bool, typer.Option("--json", help="以 JSON 打印问题")] = False,
) -> int:
    """按契约检查一个插件，列出每一处问题（文件:行）；有问题时退出码为 1。"""
    problems = _problems(_folder(plugin))
    if as_json:
        print(json.dumps([problem.to_dict() for problem in problems], ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            say(problem)
    if not problems:
        print(f"插件 {plugin} 没有发现问题。")
    return 1 if problems else 0


@app.command()
def new(
    code: Annotated[str, typer.Argument(metavar="代码", help="部门在总线上的名字，如 water_quality")],
    title: Annotated[str, typer.Option("--title", help="部门名称，如 水利局")],
    owner: Annotated[str, typer.Option("--owner", help="负责单位，如 样县水利局")],
    region: Annotated[str, typer.Option("--region", help="县的 6 位区划代码")],
    into: Annotated[Path, typer.Option("--into", help="写到哪个目录下")] = Path("."),
) -> None:
    """写出一个新的部门插件：能通过契约检查的一整套文件，按部门实际去改。"""
    from shouwang.scaffold import write_plugin  # noqa: PLC0415

    written = write_plugin(into, code, title, owner, region)
    for path in written:
        print(path)
    print(f"已写出 {len(written)} 个文件。接着：cd {into / code} && pip install -e '.[test]' && pytest")


def _problems(folder: Path) -> list[ConfigurationError]:
    from shouwang.department.contract import check as check_contract  # noqa: PLC0415 - brings DuckDB
    from shouwang.department.expressions import Duck  # noqa: PLC0415
    from shouwang.department.plugin import Plugin  # noqa: PLC0415
    from shouwang.service.loading import county_figures  # noqa: PLC0415

    try:
        loaded = Plugin.load(folder, county_figures(Settings.from_env()))
    except ConfigurationError as error:
        return [error]
    with TemporaryDirectory() as scratch:
        return check_contract(loaded, Duck(Path(scratch)))


def _row(folder: Path) -> list[str]:
    from shouwang.department.manifest import load_manifest  # noqa: PLC0415

    manifest = load_manifest(folder)
    offers = (manifest.feeds, manifest.offers["screening"], manifest.offers["measures"])
    return [manifest.code, manifest.title, manifest.owner, manifest.contract, *map("、".join, offers)]


def _installed() -> dict[str, Path]:
    from shouwang.service.discovery import DEPARTMENTS, named, package_folder  # noqa: PLC0415

    return {name: package_folder(entry) for name, entry in named(DEPARTMENTS).items()}


def _folder(plugin: str) -> Path:
    installed = _installed()
    if plugin in installed:
        return installed[plugin]
    folder = Path(plugin)
    if not folder.is_dir():
        raise ConfigurationError(
            f"没有插件“{plugin}”，也没有这个目录",
            code="plugin.unknown",
            remedy=f"已安装：{'、'.join(installed) or '无'}。",
        )
    return folder
