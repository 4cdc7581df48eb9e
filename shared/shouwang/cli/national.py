"""`shouwang national`: what the town entered there is confirmed, and both lists are compared.

What is to be entered is printed by `shouwang documents national`.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.table import Table

from shouwang.access.roles import TOWN_OFFICER
from shouwang.cli.arguments import ActingAs
from shouwang.cli.printing import console
from shouwang.cli.roster_import import private_csv
from shouwang.cli.sealed_file import sealed_file
from shouwang.cli.session import open_session
from shouwang.settings import Settings

app = typer.Typer(add_completion=False, rich_markup_mode=None, help="全国系统：确认录入，核对两边清单。")

NOT_THE_SAME: Final = 2
TIMEOUT: Final = 300.0
KINDS: Final = {
    "only_here": "本系统有、国家系统无",
    "only_there": "国家系统有、本系统无",
    "differs": "两边所记不同",
    "twice": "国家系统重复",
}
HEADINGS: Final = ("序号", "问题", "户", "国家系统户编号", "本系统所记", "国家系统所记")


@app.command()
def confirm(
    case: Annotated[str, typer.Argument(help="案件编号，如 430426100001-0001-I1")],
    number: Annotated[str, typer.Argument(help="国家系统中的户编号")],
    on: Annotated[str, typer.Option("--on", help="录入日期，如 2021-09-15")],
    acting_as: ActingAs = None,
) -> int:
    """确认一个决定已录入国家系统（乡镇经办人员）。"""
    with open_session(Settings.from_env(), acting_as, TIMEOUT, usual=TOWN_OFFICER) as session:
        given = {"case": case, "number": number, "on": on}
        done = session.call("monitoring", "confirm_national_entry", **given)
    print(f"已确认：案件 {done['case']}，国家系统编号 {done['number']}，录入日期 {done['entered_on']}。")
    return 0


@app.command()
def reconcile(
    file: Annotated[Path, typer.Argument(help="国家系统导出的 xlsx 或 csv")],
    region: Annotated[str, typer.Option("--region", help="乡镇或村的区划代码")],
    acting_as: ActingAs = None,
) -> int:
    """与国家系统导出的清单核对：密封送入，证件号码只用于比对、不留存；逐项结果仅本人可读。

    退出码：0 两边一致；2 有不一致的项或读不懂的行（见报告）。
    """
    settings = Settings.from_env()
    with open_session(settings, acting_as, TIMEOUT, usual=TOWN_OFFICER) as session:
        given = {"region": region, "sealed": sealed_file(session, file)}
        found = session.call("monitoring", "reconcile_national", **given)
    return _show(settings, found)


def _show(settings: Settings, found: dict[str, Any]) -> int:
    out = console()
    counts = Counter(one["kind"] for one in found["matters"])
    summary = Table(title=f"核对 {found['reconciliation']}（{found['rows']} 行）")
    for heading in ("一致", *KINDS.values(), "读不懂的行"):
        summary.add_column(heading)
    summary.add_row(*map(str, (found["same"], *(counts[one] for one in KINDS), len(found["problems"]))))
    out.print(summary)
    for one in found["problems"]:
        print(f"第 {one['row']} 行：{one['problem']}")
    if found["matters"]:
        path = private_csv(
            settings.var_dir,
            f"national-{found['reconciliation']}.csv",
            HEADINGS,
            map(_line, found["matters"]),
        )
        out.print(f"逐项结果（仅本人可读）：{path}；逐项用 resolve_matter 办结。")
    return NOT_THE_SAME if found["matters"] or found["problems"] else 0


def _line(one: dict[str, Any]) -> list[Any]:
    told = [_told(one[side]) for side in ("ours", "theirs")]
    return [one["matter"], KINDS[one["kind"]], one["household"] or "", one["number"] or "", *told]


def _told(side: dict[str, Any] | None) -> str:
    return "；".join(f"{name} {value}" for name, value in (side or {}).items())
