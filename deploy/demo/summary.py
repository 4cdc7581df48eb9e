"""What the year came to: figures from the services, the score against the truth, the printed table."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table
from shouwang.money import format_yuan
from shouwang.vocabulary import Category

from deploy.demo.cast import Cast
from deploy.demo.world import World
from deploy.demo.year import Year
from deploy.synth.score import score

Json = dict[str, Any]
REASONS = {"unexplained": "未预料"}


def collect(year: Year, world: World, cast: Cast) -> Json:
    """Return the figures of the year as the services tell them."""
    county, region = cast.county(), {"region": year.town}
    monitoring = cast.call(county, "monitoring", "figures", **region)
    assistance = cast.call(county, "assistance", "figures", **region)
    projects = cast.call(county, "projects", "figures", **region)
    assets = cast.call(county, "assets", "figures", **region)
    notify = cast.call(county, "notify", "figures", **region)
    tables = year.departments.rows
    return {
        "households": monitoring["households"],
        "persons": monitoring["persons"],
        "rows_imported": year.rows["imported"] + tables["imported"],
        "rows_rejected": year.rows["rejected"] + tables["rejected"],
        "clues": monitoring["clues"]["by_channel"],
        "cases_opened": monitoring["identification"]["opened"] + monitoring["removal"]["opened"],
        "identified": monitoring["identified"],
        "refused": monitoring["identification"].get("refused", 0),
        "withdrawn": monitoring["identification"].get("withdrawn", 0),
        "objections_raised": notify["objections_raised"],
        "objections_upheld": notify["objections_upheld"],
        "measures": assistance["measures"],
        "measures_confirmed": assistance["confirmed"],
        "uncovered_risks": assistance["uncovered"],
        "risks_removed": monitoring["removal"].get("removed", 0),
        "removals_refused": len({one["household"] for one in year.removals.refused}),
        "projects_in_library": projects["projects_in_library"],
        "projects_refused": len(year.projects.refused),
        "assets_registered": assets["assets_registered"],
        "income_fen": assets["income_fen"],
        "distributed_fen": assets["distributed_fen"],
        "kept_funds_fen": assets["kept_funds_fen"],
        "distributions_refused": year.projects.plans_refused,
        "notices_published": notify["notices_published"],
        "messages_sent": notify["messages_sent"],
        "truth": score(world.truth(), found(cast, year.town)),
    }


def found(cast: Cast, town: str) -> list[Json]:
    """Return every identification of the town, for the score."""
    county, listed, after = cast.county(), [], None
    while True:
        args = {"region": town, "procedure": "identification", "status": "included", "after": after}
        page = cast.call(county, "monitoring", "cases", **args)
        listed += page
        if not page:
            break
        after = page[-1]["case"]
    kept = ("household", "risks")
    return [{name: one[name] for name in kept} | {"on": one["entries"][-1]["on"]} for one in listed]


def show(summary: Json, console: Console) -> None:
    """Print the table that people read."""
    table = Table(title="守望：一镇一年（2021-06 至 2022-05）", show_header=False)
    for label, value in _lines(summary):
        table.add_row(label, value)
    console.print(table)


def _lines(s: Json) -> list[tuple[str, str]]:
    truth = s["truth"]
    missed = "；".join(f"{REASONS.get(why, why)} {n}" for why, n in truth["missed_by_reason"].items())
    identified = {Category(name).label: count for name, count in s["identified"].items()}
    return [
        ("户、人", f"{s['households']:,} 户 {s['persons']:,} 人"),
        ("数据行", f"导入 {s['rows_imported']:,}，拒收 {s['rows_rejected']:,}（私密存放，待改）"),
        ("线索", _listed(s["clues"])),
        ("立案", f"{s['cases_opened']} 件"),
        ("纳入监测", f"{sum(identified.values())} 户：{_listed(identified)}"),
        ("未纳入", f"不予通过 {s['refused']}，撤回 {s['withdrawn']}"),
        ("公示异议", f"{s['objections_raised']} 件，属实 {s['objections_upheld']} 件"),
        ("帮扶措施", f"{_listed(s['measures'])}；农户已确认 {s['measures_confirmed']}"),
        ("暂无部门覆盖的风险", _listed(s["uncovered_risks"])),
        ("风险消除", f"{s['risks_removed']} 户；不得消除 {s['removals_refused']} 户"),
        ("项目", f"入库 {s['projects_in_library']}，不予入库 {s['projects_refused']}"),
        ("资产", f"登记 {s['assets_registered']}，收益 {format_yuan(s['income_fen'])}"),
        ("收益发放", format_yuan(s["distributed_fen"])),
        ("留存公积公益金", format_yuan(s["kept_funds_fen"])),
        ("公示、消息", f"公示 {s['notices_published']}，消息 {s['messages_sent']}"),
        ("埋设的风险", f"{truth['planted']} 户，找到 {truth['found']}，漏 {truth['missed']}"),
        ("误报", f"{truth['false_alarms']} 户"),
        ("漏的原因", missed or "无"),
        ("违规（独立核查）", str(s["violations"])),
        ("用时、内存", f"{s['seconds']} 秒，{s['peak_rss_mb']} MB"),
    ]


def _listed(counts: Json) -> str:
    return "，".join(f"{name} {count}" for name, count in sorted(counts.items())) or "无"
