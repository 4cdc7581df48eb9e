"""年考核: indicators with their evidence, the year's work in rates, what is not in order (D-02, K-01).

Source: 湘委乡振组发〔2021〕1号 五(四); 湘振局发〔2021〕18号 专栏1-2.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.monitoring.domain.reports import quarterly
from services.monitoring.domain.reports.figures import (
    Json,
    bars,
    figure,
    percent,
    rate,
    said,
    section,
    table,
    told,
)
from services.monitoring.domain.reports.indicators import INDICATORS, indicator_figure

Counts = Mapping[str, Any]


def figures(counts: Counts) -> dict[str, Json]:
    """Return the figures of the year by id: the quarter's kinds over the year, rates, indicators."""
    found = quarterly.figures(counts)
    labels = counts["indicators"]
    return {
        **found,
        **{one["id"]: one for one in _rates(counts, found)},
        **{one.name: indicator_figure(one, labels[one.name]["label"], counts) for one in INDICATORS},
    }


def _rates(counts: Counts, found: Mapping[str, Json]) -> list[Json]:
    decided = found["identified"]["value"] + found["refused"]["value"]
    rounds = counts["inspections"]
    return [
        rate(
            "inclusion_rate",
            "识别案件纳入率",
            found["identified"]["value"],
            decided,
            "本期纳入÷本期作出结论的识别案件",
        ),
        rate(
            "inspected_rate",
            "集中排查走访率",
            rounds["visited"],
            rounds["households"],
            "各轮台账走访户数÷应走访户数",
        ),
        figure("rounds", "集中排查轮次", rounds["rounds"], "轮", "本年开展的排查轮次；全年应有两轮"),
        figure("problems_open", "未销号问题", counts["problems"]["open"], "个", counts["problems"]["how"]),
    ]


def sections(counts: Counts, found: Mapping[str, Json]) -> list[Json]:
    """Return the text of the year."""
    return [
        _indicators(counts, found),
        _work(counts, found),
        quarterly.channels(counts) | {"heading": "三、发现渠道"},
        _not_in_order(counts, found),
    ]


def _indicators(counts: Counts, found: Mapping[str, Json]) -> Json:
    labels = counts["indicators"]
    rows = [
        [
            one.number,
            labels[one.name]["label"],
            said(found[one.name]["value"], one.unit),
            labels[one.name]["target"] or "不详",
            found[one.name]["how"],
        ]
        for one in INDICATORS
    ]
    known = sum(found[one.name]["value"] is not None for one in INDICATORS)
    counted = f"十六项指标中，有数 {known} 项，不详 {len(INDICATORS) - known} 项。"
    text = f"{counted}不详的指标请责任部门补报，不以推算代替。"
    header = ["序号", "指标", "本年", "2025 年目标", "证据"]
    return section("一、专栏1-2 指标", text, tables=[table("表1 主要指标", header, rows, [1, 5, 2, 4, 6])])


def _work(counts: Counts, found: Mapping[str, Json]) -> Json:
    text = (
        f"全年新识别监测对象{told(found['identified'])}，新消除风险{told(found['removed'])}，年末在册{told(found['monitored'])}；"
        f"作出结论的识别案件纳入率{told(found['inclusion_rate'])}，线索按期响应率{told(found['on_time'])}，"
        f"从申请到审定的中位天数为{told(found['days'])}；帮扶措施落实率{told(found['delivered_rate'])}；"
        f"集中排查{told(found['rounds'])}，走访率{told(found['inspected_rate'])}；脱贫户人均纯收入增幅{told(found['income_growth'])}。"
    )
    months = counts["by_month"]
    chart = bars(
        "图1 各月新识别和新消除",
        "户",
        [f"{int(month[-2:])}月" for month in months],
        {
            "新识别": [one["identified"] for one in months.values()],
            "新消除": [one["removed"] for one in months.values()],
        },
    )
    return section("二、全年工作", text, charts=[chart])


def _rounds(held: int, wanted: int | None) -> list[str]:
    """Say what is wanting of the rounds of inspection; that nobody knows how many are due is wanting, too."""
    if wanted is None:
        return [f"集中排查开展 {held} 轮；本年应开展几轮没有有效规定，不作判断。"]
    return [f"集中排查开展 {held} 轮，少于规定的 {wanted} 轮。"] if held < wanted else []


def _not_in_order(counts: Counts, found: Mapping[str, Json]) -> Json:
    """What the figures themselves show to be wanting; nothing is judged that is not known."""
    wanting = _rounds(found["rounds"]["value"], counts["inspections"]["wanted"])
    if found["overdue"]["value"]:
        wanting.append(f"有逾期未响应线索{told(found['overdue'])}。")
    if found["late_measures"]["value"]:
        wanting.append(f"有逾期未落实帮扶措施{told(found['late_measures'])}。")
    if found["problems_open"]["value"]:
        wanting.append(f"问题台账中未销号问题{told(found['problems_open'])}。")
    unknown = [one["label"] for one in found.values() if one["value"] is None]
    if unknown:
        wanting.append(f"不详的数字 {len(unknown)} 项：{'、'.join(unknown)}。")
    return section("四、存在问题", *(wanting or ["统计范围内没有发现问题。"]))


__all__ = ["figures", "percent", "sections"]
