"""季分析: who was found and removed, for what risks, by which channel, how fast, what help arrived (D-02).

Counts are JSON as handlers/reports/tallies.py makes them. Source: 湘委乡振组发〔2021〕1号 五(四), 二(四).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.monitoring.domain.finding.clues import OPEN, UNMATCHED
from services.monitoring.domain.reports.figures import (
    Json,
    bars,
    figure,
    median,
    rate,
    section,
    table,
    told,
)
from services.monitoring.domain.reports.words import (
    CATEGORIES,
    CHANNEL_WORDS,
    REMOVAL_WAYS,
    RISK_WORDS,
    THREE_WAYS,
)

Counts = Mapping[str, Any]


def figures(counts: Counts) -> dict[str, Json]:
    """Return the figures of the quarter by id."""
    found = [*_stock(counts), *_flow(counts), *_speed(counts), *_help(counts), *_growth(counts)]
    return {one["id"]: one for one in found}


def _stock(counts: Counts) -> list[Json]:
    stock = counts["stock"]
    how = f"截至 {counts['as_of']} 登记簿计数"
    return [
        figure("households", "登记农户", stock["households"], "户", "各村登记户数之和"),
        figure("persons", "登记人口", stock["persons"], "人", "各村登记人数之和"),
        figure("monitored", "在册监测对象", stock["monitored"], "户", f"{how}：状态为监测中"),
        figure("removed_stock", "风险已消除户", stock["removed"], "户", f"{how}：状态为风险消除"),
        figure("left_out", "暂不消除户", stock["left_out"], "户", f"{how}：提名消除时按规定留下的户"),
    ]


def _flow(counts: Counts) -> list[Json]:
    ended = counts["ended"]["identification"]
    removed = counts["ended"]["removal"]
    how = "本期办结的识别案件计数"
    return [
        figure(
            "opened", "新立识别案件", counts["opened"]["identification"], "件", "申请日在本期内的识别案件"
        ),
        figure("identified", "新识别监测对象", len(_of(ended, "included")), "户", f"{how}：结论为纳入"),
        figure("refused", "不予纳入", len(_of(ended, "refused")), "件", f"{how}：结论为不予纳入"),
        figure("removed", "新消除风险", len(_of(removed, "removed")), "户", "本期办结的消除案件：结论为消除"),
    ]


def _of(rows: list[Json], status: str) -> list[Json]:
    return [one for one in rows if one["status"] == status]


def _speed(counts: Counts) -> list[Json]:
    clues, ended = counts["clues"], counts["ended"]["identification"]
    termed = [one for one in clues["rows"] if one["due_on"] is not None]
    judged = [one for one in termed if one["responded_on"] or _missed(one, counts["as_of"])]
    on_time = sum(one["responded_on"] is not None and one["responded_on"] <= one["due_on"] for one in judged)
    days = [one["days"] for one in ended if one["status"] == "included"]
    return [
        figure("clues", "发现线索", len(clues["rows"]), "条", "发现日在本期内的线索"),
        figure("overdue", "逾期未响应线索", clues["overdue"], "条", f"截至 {counts['as_of']} 过期未响应"),
        rate(
            "on_time", "线索按期响应率", on_time, len(judged), "按期响应÷（已响应＋过期未响应），未到期的不计"
        ),
        figure("days", "从申请到纳入的中位天数", median(days), "天", "本期纳入案件，自申请日至审定日"),
    ]


def _missed(clue: Json, as_of: str) -> bool:
    """Whether nobody has answered though the day is over."""
    return clue["status"] in (OPEN, UNMATCHED) and clue["due_on"] < as_of


def _help(counts: Counts) -> list[Json]:
    given = counts["help"] or {}
    how, source = f"帮扶服务截至 {counts['as_of']} 的任务计数", "帮扶服务"
    whole = None if not given else sum(given["measures"].values())
    done = given.get("delivered")
    return [
        figure("measures", "帮扶措施", whole, "项", how, source),
        figure("delivered", "已落实措施", done, "项", how, source),
        figure("late_measures", "逾期未落实措施", given.get("overdue"), "项", how, source),
        {**rate("delivered_rate", "措施落实率", done, whole, "已落实措施÷全部措施"), "source": source},
    ]


def _growth(counts: Counts) -> list[Json]:
    """Income by area, where it is known (D-04): an average of the region, never of one household."""
    known = counts["growth"]
    how = known["how"] if known else "本地尚无可比两期收入数据"
    value = known["percent"] if known else None
    return [
        figure("income_growth", "脱贫户人均纯收入增幅", value, "%", how, known["source"] if known else "不详")
    ]


def sections(counts: Counts, found: Mapping[str, Json]) -> list[Json]:
    """Return the text of the quarter: scale, risks, channels, timeliness, help, income."""
    return [
        _scale(counts, found),
        _risks(counts),
        channels(counts),
        _timeliness(found),
        _given(counts, found),
        section(
            "六、收入增长",
            f"脱贫户人均纯收入增幅{told(found['income_growth'])}（{found['income_growth']['how']}）。",
        ),
    ]


def _scale(counts: Counts, found: Mapping[str, Json]) -> Json:
    ended, removed = counts["ended"]["identification"], counts["ended"]["removal"]
    categories = [
        [label, _category(ended, name), counts["stock"]["categories"].get(name, 0)]
        for name, label in CATEGORIES.items()
    ]
    ways = "、".join(
        f"{label} {sum(one['way'] == name for one in removed)}户" for name, label in REMOVAL_WAYS.items()
    )
    text = (
        f"截至{counts['as_of']}，登记农户{told(found['households'])}、{told(found['persons'])}，"
        f"在册监测对象{told(found['monitored'])}。本期新立识别案件{told(found['opened'])}，"
        f"新识别监测对象{told(found['identified'])}，不予纳入{told(found['refused'])}；"
        f"新消除风险{told(found['removed'])}（{ways}），按规定暂不消除、继续跟踪{told(found['left_out'])}。"
    )
    rows = table("表1 监测对象类型", ["类型", "本期新识别（户）", "期末在册（户）"], categories, [2, 1, 1])
    return section("一、监测对象识别和风险消除", text, tables=[rows])


def _category(rows: list[Json], name: str) -> int:
    return sum(one["category"] == name for one in rows if one["status"] == "included")


def _risks(counts: Counts) -> Json:
    stock = counts["stock"]["risks"]
    new = {
        name: sum(name in one["risks"] for one in _of(counts["ended"]["identification"], "included"))
        for name in RISK_WORDS
    }
    most = max(RISK_WORDS, key=lambda name: stock.get(name, 0))
    named = (
        f"期末在册监测对象中，{RISK_WORDS[most]}的最多，为 {stock.get(most, 0)} 户"
        if stock.get(most)
        else "期末没有在册监测对象"
    )
    there = [name for name in RISK_WORDS if new[name] or stock.get(name)]
    drawn = {"本期新识别": [new[name] for name in there], "期末在册": [stock.get(name, 0) for name in there]}
    chart = bars("图1 风险类型（没有列出的为零）", "户", [RISK_WORDS[name] for name in there], drawn, "level")
    text = f"{named}。一户有多种风险的，各类分别计数。"
    return section("二、风险类型", text, charts=[chart] if there else [])


def channels(counts: Counts) -> Json:
    """Which of the three ways saw a household first, and which missed those that were included."""
    rows = counts["clues"]["rows"]
    first = {name: sum(one["channel"] == name for one in rows) for name in CHANNEL_WORDS}
    seen = counts["clues"]["included_ways"]
    missed = {way: sum(way not in ways for ways in seen) for way in THREE_WAYS}
    text = (
        f"本期发现线索 {len(rows)} 条，"
        + "、".join(f"{CHANNEL_WORDS[name]} {n} 条" for name, n in first.items())
        + "。"
    )
    late = "、".join(f"{way}漏报 {missed[way]} 户" for way in THREE_WAYS)
    judged = (
        f"经线索纳入的 {len(seen)} 户中，{late}（另有渠道发现而该渠道没有发现的，计为漏报）。" if seen else ""
    )
    chart = bars(
        "图2 最先发现渠道", "条", list(CHANNEL_WORDS.values()), {"线索": list(first.values())}, "level"
    )
    listed = table("表2 三条渠道", ["渠道", "最先发现（条）", "漏报（户）"], _ways(rows, missed), [2, 1, 1])
    return section("三、发现渠道", text, judged, tables=[listed], charts=[chart] if rows else [])


def _ways(rows: list[Json], missed: Mapping[str, int]) -> list[list[Any]]:
    return [[way, sum(one["way"] == way for one in rows), missed[way]] for way in THREE_WAYS]


def _timeliness(found: Mapping[str, Json]) -> Json:
    text = (
        f"线索按期响应率{told(found['on_time'])}，逾期未响应{told(found['overdue'])}；"
        f"本期纳入的监测对象，从申请到审定的中位天数为{told(found['days'])}。"
    )
    return section("四、办理时效", text)


def _given(counts: Counts, found: Mapping[str, Json]) -> Json:
    text = (
        f"监测对象帮扶措施{told(found['measures'])}，已落实{told(found['delivered'])}，"
        f"落实率{told(found['delivered_rate'])}，逾期未落实{told(found['late_measures'])}。"
    )
    given = counts["help"]
    if not given:
        return section("五、帮扶措施", text + "帮扶服务没有应答，以上不详。")
    uncovered = "、".join(f"{RISK_WORDS.get(name, name)} {n} 户" for name, n in given["uncovered"].items())
    titles = counts["departments"]
    rows = [[titles.get(name, name), n] for name, n in sorted(given["measures"].items())]
    listed = table("表3 责任部门措施", ["部门", "措施（项）"], rows)
    return section(
        "五、帮扶措施", text, f"尚无措施对应的风险：{uncovered or '无'}。", tables=[listed] if rows else []
    )
