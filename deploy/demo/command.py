"""`shouwang demo`: generate a town, start the suite, live the year, check it, sum it up."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from shouwang.settings import Settings

from deploy.demo import checker
from deploy.demo.cast import Cast
from deploy.demo.suite_process import SuiteProcess, running
from deploy.demo.summary import collect, show
from deploy.demo.world import World
from deploy.demo.year import Year
from deploy.synth.calendar import Calendar
from deploy.synth.command import write
from deploy.synth.plan import Plan, read_rates

app = typer.Typer(add_completion=False, rich_markup_mode=None, help="一镇一年：全程演示。")
console = Console()
VIOLATIONS_FOUND = 3
START, MONTHS = "2021-06", 12

Json = dict[str, Any]


@app.callback(invoke_without_command=True)
def demo(
    folder: Annotated[Path, typer.Option(help="写到哪里；演示每次重来，里面旧的演示数据会清空")] = Path(
        "var/demo"
    ),
    households: Annotated[int, typer.Option(min=1, help="户数")] = 3000,
    size: Annotated[str, typer.Option(help="town 一个乡镇，village 一个村")] = "town",
    seed: Annotated[int, typer.Option(help="种子：同样的种子得到同样的数字")] = 7,
) -> int:
    """一个乡镇过一年：名册和部门表进来，风险被发现、核实、公示、审定、帮扶、消除；项目成资产，收益给有风险的户。"""
    started = time.monotonic()
    _clear(folder)
    console.print(f"① 生成 {households:,} 户（全为虚构）……")
    world = _generate(folder / "town", size, households, seed)
    summary, explanation = _live(folder, world, started)
    (folder / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=1), encoding="utf-8")
    show(summary, console)
    console.print(f"\n[bold]一户的认定理由[/bold]（{explanation['case']}）\n{explanation['sentence']}\n")
    console.print(f"汇总 {folder / 'summary.json'}；真相 {folder / 'town' / 'truth.json'}")
    return VIOLATIONS_FOUND if summary["violations"] else 0


def _generate(folder: Path, size: str, households: int, seed: int) -> World:
    write(Plan(seed, size, households, Calendar.parse(START, MONTHS), read_rates(None), ""), folder)
    return World(folder)


def _live(folder: Path, world: World, started: float) -> tuple[Json, Json]:
    console.print("② 启动全部服务（内置模式）……")
    with running(folder / "suite", world.first_day) as (process, settings):
        os.environ["SHOUWANG_VAR_DIR"] = str(settings.var_dir)
        cast = Cast(settings)
        console.print("③ 过一年（只用公开的命令和调用）：")
        year = _year(world, settings, cast, process)
        summary = collect(year, world, cast)
        explanation = _explain(cast, year)
        letters = cast.send(cast.platform(), "/deadletters", {"action": "list"})["result"]
    console.print("④ 服务已停；独立的核查程序直接读库核对……")
    violations = checker.check(settings, letters)
    summary["violations"] = len(violations)
    summary["violation_list"] = violations
    summary["calls"] = cast.calls
    summary["seconds"] = round(time.monotonic() - started, 1)
    summary["peak_rss_mb"] = process.peak_rss_mb
    return summary, explanation


def _year(world: World, settings: Settings, cast: Cast, process: SuiteProcess) -> Year:
    total = (world.last_day - world.first_day).days + 1
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not sys.stdout.isatty()) as progress:
        task = progress.add_task("", total=total)
        month = [""]

        def said(day: date, text: str) -> None:
            progress.update(task, advance=1, description=f"{day} {text}")
            if not sys.stdout.isatty() and month[0] != day.isoformat()[:7]:
                month[0] = day.isoformat()[:7]
                console.print(f"   {month[0]} {text}")

        year = Year(world, settings, cast, said)
        year.live(process.measure)
    return year


def _explain(cast: Cast, year: Year) -> Json:
    """Return the explanation of the first household that was included."""
    included = sorted(case["case"] for case in year.cases.ended.values() if case["status"] == "included")
    if not included:
        return {"case": "无", "sentence": "本年没有纳入的户。"}
    answer: Json = cast.call(cast.county(), "monitoring", "explain", case=included[0])
    return answer


def _clear(folder: Path) -> None:
    """Start anew: only what an earlier demo made is removed."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("town", "suite"):
        if (folder / name).exists():
            shutil.rmtree(folder / name)
    (folder / "summary.json").unlink(missing_ok=True)
