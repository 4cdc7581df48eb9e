"""`shouwang what-if`: who would enter and leave with another figure or rule, before anybody adopts it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

import typer
from rich.table import Table

from shouwang.cli import arguments
from shouwang.cli.arguments import ActingAs
from shouwang.cli.printing import console
from shouwang.cli.session import Session, open_session
from shouwang.errors import BadRequest
from shouwang.settings import Settings
from shouwang.vocabulary import Category

app = typer.Typer(add_completion=False, rich_markup_mode=None)

TIMEOUT: Final = 120.0
SHOWN: Final = 30
WORDS: Final = {"enter": "将进入", "leave": "将退出"}
CLASSES: Final = {
    "protected": "兜底保障户",
    "key_monitored": "重点监测户",
    "high_quality": "高质量脱贫户",
    "stable": "稳定脱贫户",
    "none": "不分等级",
    "unknown": "不能判定",
}
STATUSES: Final = {"registered": "未纳入监测", "monitored": "监测对象", "removed": "风险已消除"}
LABELS: Final = {one.value: one.label for one in Category} | {"none": "不属监测对象", "unknown": "不能判定"}


@app.command()
def what_if(
    changes: Annotated[
        list[str] | None, typer.Argument(metavar="参数=值…", help="如 monitoring_line=700000（分）")
    ] = None,
    region: Annotated[str | None, typer.Option("--region", help="区划代码，默认本县")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="按哪一天的政策推算，默认业务日期")] = None,
    rule: Annotated[list[str] | None, typer.Option("--rule", help="规则版本，如 M-12=1")] = None,
    list_: Annotated[str | None, typer.Option("--list", help="列出户编号：enter 或 leave")] = None,
    acting_as: ActingAs = None,
) -> int:
    """推算改动一个参数或规则后谁将进入、谁将退出；不改动登记簿，推算人记录在案。"""
    settings, day = Settings.from_env(), arguments.day(as_of)
    parameters = {name: whole(value) for name, value in arguments.key_values(changes or []).items()}
    rules = {name: whole(value) for name, value in arguments.key_values(rule or []).items()}
    asked = {"region": region or settings.county, "parameters": parameters, "rules": rules}
    asked |= {"as_of": day.isoformat()} if day else {}
    if list_ not in (None, *WORDS):
        raise BadRequest(
            "--list 应为 enter 或 leave",
            code="cli.argument",
            remedy="请写 --list enter（新纳入的户）或 --list leave（不再符合的户），或不写。",
        )
    with open_session(settings, acting_as, TIMEOUT) as session:
        answer = session.call("monitoring", "what_if", **asked)
        _show(answer)
        if list_ is not None:
            _list(session, answer["inquiry"], list_)
    return 0


def whole(value: Any) -> Any:
    """Return a text of digits as the whole number that it is; a parameter is none of the codes."""
    return int(value) if isinstance(value, str) and value.lstrip("-").isdecimal() else value


def _show(answer: Mapping[str, Any]) -> None:
    out = console()
    out.print(f"{answer['note']}\n推算 {answer['inquiry']}：{answer['region']}，按 {answer['on']} 的政策，")
    out.print(f"快照截至 {answer['snapshot']}，共 {answer['households']} 户。")
    for one in answer["parameters"]:
        out.print(f"{one['title']}：现为 {one['now']}（{one['source']}），假设 {one['supposed']}")
    for name, version in answer["rules"].items():
        out.print(f"规则 {name}：假设按第 {version} 版")
    out.print(_totals(answer))
    if answer["classes"]:
        out.print(_classes(answer["classes"]))
    if answer["villages"]:
        out.print(_villages(answer["villages"]))


def _totals(answer: Mapping[str, Any]) -> Table:
    table = Table(title="按类型（户）")
    for heading in ("类型", *WORDS.values()):
        table.add_column(heading)
    for name in sorted({*answer["enter"], *answer["leave"]}):
        cells = (str(answer[which].get(name, 0)) for which in WORDS)
        table.add_row(LABELS.get(name, name), *cells)
    table.add_row("其中已监测", "", str(answer["monitored_leaving"]))
    for name, label in (("duty", "必须纳入"), ("open", "不能判定")):
        table.add_row(label, f"现 {answer[name]['now']}", f"假设后 {answer[name]['then']}")
    return table


def _classes(changed: Mapping[str, Mapping[str, int]]) -> Table:
    table = Table(title="等级有变化的户")
    for heading in ("现在", "假设后", "户数"):
        table.add_column(heading)
    for before, others in sorted(changed.items()):
        for after, households in sorted(others.items()):
            table.add_row(CLASSES.get(before, before), CLASSES.get(after, after), str(households))
    return table


def _villages(villages: Sequence[Mapping[str, Any]]) -> Table:
    table = Table(title=f"按村（{len(villages)} 个村有变化，列出前 {min(SHOWN, len(villages))} 个）")
    for heading in ("行政村", *WORDS.values()):
        table.add_column(heading)
    for one in villages[:SHOWN]:
        table.add_row(one["village"], *(str(sum(one[which].values())) for which in WORDS))
    return table


def _list(session: Session, inquiry: str, which: str) -> None:
    table = Table(title=f"{WORDS[which]}的户")
    for heading in ("户编号", "现在", "假设后", "登记状态"):
        table.add_column(heading)
    after: str | None = None
    while page := session.call(
        "monitoring", "what_if_households", inquiry=inquiry, which=which, after=after, limit=1000
    ):
        for one in page:
            names = (LABELS.get(one[name], one[name]) for name in ("category", "category_if"))
            table.add_row(one["household"], *names, STATUSES.get(one["status"], one["status"]))
        after = page[-1]["household"]
    console().print(table)
