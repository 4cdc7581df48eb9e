"""`shouwang synth OUT_DIR`: write a county with known truth."""

from __future__ import annotations

import shutil
import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from deploy.synth.calendar import Calendar
from deploy.synth.county import County
from deploy.synth.errors import SynthError
from deploy.synth.geography import Village
from deploy.synth.manifest import PARTS, begin, is_ours
from deploy.synth.plan import HOUSEHOLDS, Plan, read_rates

app = typer.Typer(add_completion=False, help="生成一个真相已知的县：名册、部门表、一年的事件，全为虚构。")
console = Console()
WRONG_INPUT = 2


class SizeOption(StrEnum):
    """How much of the county."""

    VILLAGE = "village"
    TOWN = "town"
    COUNTY = "county"


@app.command()
def synth(
    out_dir: Annotated[Path, typer.Argument(help="写到哪个文件夹（空的，或上次生成的）")],
    size: Annotated[SizeOption, typer.Option(help="一个村、一个乡镇、全县")] = SizeOption.TOWN,
    households: Annotated[int | None, typer.Option(min=1, help="户数，默认 200 / 3000 / 300000")] = None,
    seed: Annotated[int, typer.Option(help="种子：同样的种子写出同样的文件")] = 7,
    start: Annotated[str, typer.Option(help="起始月")] = "2021-06",
    months: Annotated[int, typer.Option(help="月数")] = 12,
    place: Annotated[str, typer.Option(help="乡镇（9 位）或村（12 位）代码，默认归阳镇")] = "",
    rates: Annotated[Path | None, typer.Option(help="TOML，改各项比率，见 docs/synth.md")] = None,
) -> None:
    """写出一个真相已知的县。"""
    started = time.perf_counter()
    try:
        calendar = Calendar.parse(start, months)
        wanted = households if households is not None else HOUSEHOLDS[size.value]
        plan = Plan(seed, size.value, wanted, calendar, read_rates(rates), place)
        county = write(plan, out_dir)
    except SynthError as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(WRONG_INPUT) from problem
    _say(county, out_dir, time.perf_counter() - started)


def write(plan: Plan, out_dir: Path) -> County:
    """Write the county of a plan into a folder, empty or holding an earlier one; SynthError otherwise."""
    _clear(out_dir)
    county = County(plan, out_dir)
    with console.status("正在生成……") as status:

        def progress(village: Village, households: int) -> None:
            status.update(f"{village.town_name}{village.name}：{households} 户，累计 {county.households} 户")

        county.write(progress)
    return county


def _clear(folder: Path) -> None:
    """Remove an earlier county by the names it is made of; what else stands there is never touched."""
    folder.mkdir(parents=True, exist_ok=True)
    if not any(folder.iterdir()):
        begin(folder)
        return
    if not is_ours(folder):
        raise SynthError(f"文件夹 {folder} 不是空的，也不是以前生成的县；请换一个，或自己清空。")
    for name in PARTS:
        child = folder / name
        if child.is_dir():
            shutil.rmtree(child)
        else:
            child.unlink(missing_ok=True)
    begin(folder)


def _say(county: County, folder: Path, seconds: float) -> None:
    counts = county.truth.whole({})["counts"]
    console.print(
        f"已写到 {folder}：{county.households} 户 {county.persons} 人；"
        f"风险 {counts['planted']}（应识别 {counts['expected_identified']}），"
        f"假象 {counts['false_friends']}，脏行 {counts['dirty_rows']}；{seconds:.1f} 秒"
    )
