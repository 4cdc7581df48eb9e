"""`shouwang import`: 附件2 workbooks into the registry, department tables into their department."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from shouwang.access.roles import VILLAGE_CADRE
from shouwang.cli import arguments, table_import, table_rows
from shouwang.cli.arguments import ActingAs
from shouwang.cli.printing import console
from shouwang.cli.problems import say
from shouwang.cli.roster_file import RosterFile, read_roster
from shouwang.cli.roster_import import OUTCOMES, Report, held_before, import_roster, write_report
from shouwang.cli.sealed_file import sealed_file
from shouwang.cli.session import business_date, open_session
from shouwang.errors import BadRequest
from shouwang.settings import Settings

app = typer.Typer(add_completion=False, rich_markup_mode=None, help="导入附件2 登记表或部门数据表。")

app.command("table")(table_import.table)
app.command("rejected")(table_rows.rejected)
app.command("mapping")(table_rows.mapping)
app.command("progress")(table_rows.progress)

WRONG_FILE = 2
SHOWN = 20
TIMEOUT = 300.0

AsOf = Annotated[str | None, typer.Option("--as-of", help="登记表的日期，如 2021-06-01；默认业务日期")]


@app.command()
def roster(
    files: Annotated[list[Path], typer.Argument(help="每村一个 xlsx 工作簿")],
    as_of: AsOf = None,
    only_rejected: Annotated[bool, typer.Option("--only-rejected", help="只导入上次暂存的户")] = False,
    acting_as: ActingAs = None,
) -> int:
    """导入附件2 登记表。有错的行连同整户暂存待改，其余入库；逐行报告写入数据目录（仅本人可读）。

    退出码：0 已导入（可能有暂存户，见报告）；2 有文件不是登记表。
    """
    settings = Settings.from_env()
    on = arguments.day(as_of)
    rosters, wrong = _readable(files)
    if only_rejected:
        rosters = [held_before(settings.var_dir, one.village, one) for one in rosters]
    if rosters:
        _show(settings, _import_all(settings, rosters, on, acting_as))
    return WRONG_FILE if wrong else 0


@app.command()
def anew(
    file: Annotated[
        Path, typer.Argument(help="xlsx 或 csv，一行一户，列名见 docs/services/monitoring/proceedings.md")
    ],
    village: Annotated[str, typer.Option("--village", help="12 位村码")],
    acting_as: ActingAs = None,
) -> int:
    """原系统监测对象重新核定：每行立一案。有误的行逐行报告，其余照办；改好后整表再导入不会重复。

    退出码：0 全部立案；2 有行有误。
    """
    with open_session(Settings.from_env(), acting_as, TIMEOUT, usual=VILLAGE_CADRE) as session:
        given = {"village": village, "sealed": sealed_file(session, file)}
        told = session.call("monitoring", "verify_anew_list", **given)
    print(f"{told['rows']} 行：新立案 {told['opened']}，已立案 {told['unchanged']}，有误 {told['refused']}。")
    for one in told["report"]:
        if one["status"] == "refused":
            print(f"第 {one['row']} 行：{one['problem']}。{one['remedy']}")
    return WRONG_FILE if told["refused"] else 0


def _readable(files: Sequence[Path]) -> tuple[list[RosterFile], bool]:
    found, wrong = [], False
    for file in files:
        try:
            found.append(read_roster(file))
        except BadRequest as error:
            say(error)
            wrong = True
    return found, wrong


def _import_all(
    settings: Settings, rosters: Sequence[RosterFile], on: date | None, acting_as: str | None
) -> list[Report]:
    batches = sum(len(roster.batches()) for roster in rosters)
    with (
        open_session(settings, acting_as, TIMEOUT) as session,
        Progress(console=Console(stderr=True), transient=True) as progress,
    ):
        key = session.call("monitoring", "public_key")["key"]
        day = on or business_date(session)
        task = progress.add_task("导入登记表", total=batches)
        return [import_roster(session, key, one, day, lambda: progress.advance(task)) for one in rosters]


def _show(settings: Settings, reports: Sequence[Report]) -> None:
    out = console()
    summary = Table(title="登记表导入")
    for heading in ("行政村", "文件", "入库户", "入库人", "行数", "暂存户", "问题行报告"):
        summary.add_column(heading)
    for report in reports:
        path = write_report(settings.var_dir, report)
        counts = [str(report.counts[name]) for name in ("households", "persons", "rows", "held_households")]
        summary.add_row(report.village, report.file, *counts, str(path) if report.rejected else "无")
    out.print(summary)
    out.print(_outcomes_table(reports))
    rejected = [(report.file, one) for report in reports for one in report.rejected]
    if rejected:
        out.print(_rejected_table(rejected))


def _outcomes_table(reports: Sequence[Report]) -> Table:
    """What the files changed; row by row it stands in the report beside the rejected rows."""
    shown = Table(title="名册带来的变化（逐行见 roster-*.rows.csv）")
    for heading in ("文件", *OUTCOMES.values()):
        shown.add_column(heading)
    for report in reports:
        shown.add_row(report.file, *(str(report.outcomes[name]) for name in OUTCOMES))
    return shown


def _rejected_table(rejected: Sequence[tuple[str, dict[str, object]]]) -> Table:
    shown = Table(title=f"有问题的行（{len(rejected)} 处，列出前 {min(SHOWN, len(rejected))} 处）")
    for heading in ("文件", "行", "列", "问题"):
        shown.add_column(heading)
    for file, one in rejected[:SHOWN]:
        shown.add_row(file, str(one["row"]), str(one["column"]), str(one["problem"]))
    return shown
