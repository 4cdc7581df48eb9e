"""`shouwang documents`: forms, ledgers and reports as files; the service fills, this command draws."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from shouwang.access.roles import TOWN_OFFICER
from shouwang.cli.arguments import ActingAs
from shouwang.cli.document_batch import Batch
from shouwang.cli.document_files import FORMATS, Json, Target, draw, format_of, opened
from shouwang.cli.document_ledger import read_ledger, read_national, write_ledger, write_national
from shouwang.cli.document_report import fetch, write_report
from shouwang.cli.printing import console
from shouwang.cli.session import Session, open_session
from shouwang.errors import BadRequest
from shouwang.files import write_private
from shouwang.sealing import KeyPair
from shouwang.settings import Settings
from shouwang.suggestions import did_you_mean

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, help="打印附件1–5、台账和报告，文件仅本人可读。"
)

TIMEOUT = 300.0
INCOMPLETE = 3
Out = Annotated[Path, typer.Option("--out", help="写到哪里：.pdf、.docx、.zip 文件，或已有的文件夹")]
Purpose = Annotated[str, typer.Option("--purpose", help="用途，记入查阅记录")]
Village = Annotated[str, typer.Option("--village", help="12 位村码")]
FormName = Annotated[str, typer.Option("--form", help="附件1 至 附件5，见 shouwang documents forms")]


@app.command()
def forms(acting_as: ActingAs = None) -> None:
    """列出可以打印的表格。"""
    with open_session(Settings.from_env(), acting_as, TIMEOUT) as session:
        found = session.call("monitoring", "forms")
    shown = Table(title="表格")
    for heading in ("表格", "名称", "出处", "由谁保存"):
        shown.add_column(heading)
    for one in found:
        shown.add_row(one["number"], one["title"], one["source"], one["keeps"])
    console().print(shown)


@app.command()
def form(
    number: Annotated[str, typer.Argument(help="附件1 至 附件5")],
    household: Annotated[str, typer.Option("--household", help="户编号")],
    out: Out,
    purpose: Purpose = "办理监测对象手续",
    acting_as: ActingAs = None,
) -> int:
    """打印一户的一张表。已知内容自动填好，不知道的留空。"""
    kind = format_of(out, FORMATS)
    pair = KeyPair.generate()
    with open_session(Settings.from_env(), acting_as, TIMEOUT) as session:
        asked: Json = {"form": form_name(session, number), "region": household.partition("-")[0]}
        asked |= {"households": [household], "key": pair.public_text, "purpose": purpose}
        answer = session.call("monitoring", "print_forms", **asked)
    for problem in answer["problems"]:
        raise BadRequest(
            problem["problem"],
            code=problem["code"],
            where=problem["household"],
            remedy="请先在该户的档案或办理的案件中处理好，再打印。",
        )
    content = opened(pair, answer)
    write_private(out, draw(content["description"], content["sheets"], kind))
    console().print(f"已写到 {out}")
    return 0


@app.command()
def batch(
    village: Village,
    number: FormName,
    out: Out,
    kind: Annotated[str, typer.Option("--format", help="文件夹或 zip 中每户一个：pdf 或 docx")] = "pdf",
    which: Annotated[
        str, typer.Option(help="附件1、附件2 打印哪些户：monitored 监测对象，all 全村")
    ] = "monitored",
    limit: Annotated[int, typer.Option(help="每次取多少户")] = 50,
    purpose: Purpose = "按村批量打印",
    acting_as: ActingAs = None,
) -> int:
    """按村批量打印。中断后用同样的命令接着打；有问题的户逐户列出，其余照打。

    退出码：0 全部打印；3 有的户没有打印，见列表。
    """
    target = Target.of(out, kind)
    with (
        open_session(Settings.from_env(), acting_as, TIMEOUT) as session,
        Progress(console=Console(stderr=True), transient=True) as progress,
    ):
        task = progress.add_task("取户表", total=None)
        asked = {"form": form_name(session, number), "region": village, "which": which, "limit": limit}
        work = Batch(session, asked | {"purpose": purpose}, target)
        work.run(lambda done: progress.update(task, description=f"已取 {done} 户"))
        progress.update(task, description="排版")
        written = work.finish()
    console().print(f"{work.printed} 张表已写到 {written}")
    return _problems(work.problems)


def _problems(problems: list[dict[str, Any]]) -> int:
    if not problems:
        return 0
    shown = Table(title=f"没有打印的户（{len(problems)}）")
    for heading in ("户编号", "原因", "代码"):
        shown.add_column(heading)
    for one in problems:
        shown.add_row(one["household"], one["problem"], one["code"])
    console().print(shown)
    return INCOMPLETE


@app.command()
def public(village: Village, out: Out, acting_as: ActingAs = None) -> int:
    """打印公示用的附件4：姓名隐去一部分，不含电话，看不出病情和残疾。"""
    kind = format_of(out, FORMATS)
    with open_session(Settings.from_env(), acting_as, TIMEOUT) as session:
        found = session.call("monitoring", "public_form", region=village)
    write_private(out, draw(found["description"], found["sheets"], kind))
    console().print(f"已写到 {out}")
    return _problems(found["problems"])


@app.command()
def ledger(
    name: Annotated[str, typer.Argument(help="monitored removed clues inspections problems measures")],
    region: Annotated[str, typer.Option("--region", help="区划代码")],
    out: Out,
    full: Annotated[bool, typer.Option("--full", help="姓名和证件号不隐去（仅村、镇、县经办人员）")] = False,
    purpose: Purpose = "整理台账",
    acting_as: ActingAs = None,
) -> int:
    """把一本台账写成 xlsx。"""
    format_of(out, (".xlsx",))
    with open_session(Settings.from_env(), acting_as, TIMEOUT) as session:
        asked = {"ledger": name, "region": region, "full": full, "purpose": purpose}
        found = read_ledger(session, asked)
    write_ledger(found, out)
    console().print(f"{len(found['rows'])} 行已写到 {out}")
    return 0


@app.command()
def national(
    region: Annotated[str, typer.Option("--region", help="乡镇或村的区划代码")],
    since: Annotated[str, typer.Option("--since", help="决定日期自，如 2021-07-01")],
    until: Annotated[str, typer.Option("--until", help="决定日期至")],
    out: Out,
    everything: Annotated[bool, typer.Option("--all", help="已确认录入的也要")] = False,
    acting_as: ActingAs = None,
) -> int:
    """把应录入国家系统的内容写成 xlsx（乡镇经办人员）；逐户留查阅记录，含个人信息，用毕删除。"""
    format_of(out, (".xlsx",))
    with open_session(Settings.from_env(), acting_as, TIMEOUT, usual=TOWN_OFFICER) as session:
        found = read_national(session, {"region": region, "since": since, "until": until, "all": everything})
    write_national(found, out)
    console().print(f"{len(found['cases'])} 个决定、{len(found['rows'])} 行已写到 {out}")
    return 0


@app.command()
def report(
    kind: Annotated[str, typer.Argument(help="monthly 月比对，quarterly 季分析，yearly 年考核")],
    region: Annotated[str, typer.Option("--region", help="区划代码")],
    period: Annotated[str, typer.Option("--period", help="2021-09、2021Q3 或 2021")],
    out: Out,
    acting_as: ActingAs = None,
) -> int:
    """把一份报告写成 pdf 或 docx，附图表；已封存的时期，数字总是一样。"""
    ending = format_of(out, FORMATS)
    with open_session(Settings.from_env(), acting_as, TIMEOUT) as session:
        found = fetch(session, kind, region, period)
    write_report(found, out, ending)
    console().print(f"已写到 {out}（{'已封存' if found['closed_on'] else '未封存，数字还会变'}）")
    return 0


def form_name(session: Session, number: str) -> str:
    """Return the name of a form by its name or number ("附件3", "附件 3")."""
    found = session.call("monitoring", "forms")
    names = {one["number"].replace(" ", ""): one["form"] for one in found} | {
        one["form"]: one["form"] for one in found
    }
    wanted = number.replace(" ", "")
    if wanted not in names:
        raise BadRequest(
            f"没有表格“{number}”", code="documents.form", remedy=did_you_mean(wanted, sorted(names))
        )
    return str(names[wanted])
