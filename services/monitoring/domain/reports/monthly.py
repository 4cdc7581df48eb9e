"""月比对: our registry against what the departments answered and reported (D-02).

Source: 湘委乡振组发〔2021〕1号 五(四), 二(二)2 第五步.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from services.monitoring.domain.reports.figures import Json, bars, figure, percent, section, table, told

Counts = Mapping[str, Any]

COMPARED: Final[dict[str, tuple[str, str, str]]] = {
    "monitored_minimum_living": ("监测对象中享受低保", "人", "A20"),
    "monitored_destitute": ("监测对象中特困供养", "人", "A21"),
    "monitored_uninsured": ("监测对象中未参加基本医疗保险", "人", "A17"),
    "monitored_disabled": ("监测对象中持残疾人证", "人", "A7"),
    "monitored_housing_unsafe": ("监测对象中住房不安全", "户", "A23"),
    "monitored_school_dropout": ("监测对象中有失学辍学", "户", "A24"),
    "monitored_water_unsafe": ("监测对象中饮水不安全", "户", "A25"),
}
"""What both sides count: id → label, unit, item of 附件2."""


def figures(counts: Counts) -> dict[str, Json]:
    """Return our count of each, and the department's beside it, by id."""
    found = [_ours(counts, name) for name in COMPARED]
    found += [_theirs(counts, name) for name in COMPARED]
    asked = counts["comparisons"]
    found += [
        figure("compared_cases", "本月比对案件", asked["cases"], "件", "比对日在本月内的识别案件"),
        figure(
            "answers",
            "部门应答",
            sum(one["answered"] for one in asked["departments"].values()),
            "次",
            "部门比对应答计数",
        ),
        figure(
            "silent",
            "部门未应答",
            sum(one["silent"] for one in asked["departments"].values()),
            "次",
            "部门比对未应答计数",
        ),
    ]
    return {one["id"]: one for one in found}


def _ours(counts: Counts, name: str) -> Json:
    label, unit, item = COMPARED[name]
    how = f"截至 {counts['as_of']} 在册监测对象按 {item} 计数；有不详的，只计已知"
    return figure(name, label, counts["registry"][name]["known"], unit, how)


def _theirs(counts: Counts, name: str) -> Json:
    label, unit, _ = COMPARED[name]
    given = counts["reported"].get(name)
    how = f"{given['department']} {given['on']} 报送" if given else "没有部门报送"
    value = int(given["value"]) if given else None
    return figure(
        f"{name}.reported", f"{label}（部门数）", value, unit, how, given["department"] if given else "不详"
    )


def differences(counts: Counts) -> list[Json]:
    """Return what is to be clarified: both sides known and not the same."""
    found = []
    for name, (label, unit, _) in COMPARED.items():
        given, ours = counts["reported"].get(name), counts["registry"][name]
        if given and int(given["value"]) != ours["known"]:
            gap = ours["known"] - int(given["value"])
            found.append(
                {"id": name, "label": label, "unit": unit, "gap": gap, "unknown": ours["unknown"]}
                | {"department": given["department"]}
            )
    return found


def sections(counts: Counts, found: Mapping[str, Json]) -> list[Json]:
    """Return the text of the month: figures side by side, differences, answers about cases, clues."""
    return [_side_by_side(counts, found), _to_clarify(counts), _answers(counts, found), _pushed(counts)]


def _side_by_side(counts: Counts, found: Mapping[str, Json]) -> Json:
    rows = [
        [
            one[0],
            one[1],
            found[name]["value"],
            counts["registry"][name]["unknown"],
            found[f"{name}.reported"]["value"],
            found[f"{name}.reported"]["source"],
        ]
        for name, one in COMPARED.items()
    ]
    reported = sum(name in counts["reported"] for name in COMPARED)
    text = (
        f"截至{counts['as_of']}，在册监测对象{counts['stock']['monitored']:,}户。"
        f"{len(COMPARED)} 项比对指标中，部门已报送 {reported} 项，"
        f"其余 {len(COMPARED) - reported} 项部门数不详。"
    )
    header = ["指标", "单位", "登记数", "登记不详", "部门数", "报送部门"]
    return section(
        "一、登记数与部门数", text, tables=[table("表1 登记数与部门数", header, rows, [5, 1, 2, 2, 2, 3])]
    )


def _to_clarify(counts: Counts) -> Json:
    gaps = differences(counts)
    if not gaps:
        return section("二、需要核清的差异", "双方都有数的指标没有差异。")
    said = [_gap(one) for one in gaps]
    text = f"有 {len(gaps)} 项差异，请乡镇和有关部门逐户核对，于下月比对前反馈。"
    return section("二、需要核清的差异", text, *said)


def _gap(one: Json) -> str:
    more = "多" if one["gap"] > 0 else "少"
    unknown = f"，登记簿另有 {one['unknown']}{one['unit']}不详" if one["unknown"] else ""
    return (
        f"{one['label']}：登记数比{one['department']}报送数{more} {abs(one['gap'])}{one['unit']}{unknown}。"
    )


def _answers(counts: Counts, found: Mapping[str, Json]) -> Json:
    asked = counts["comparisons"]["departments"]
    rows = [
        [name, one["answered"], one["silent"], percent(one["answered"], one["answered"] + one["silent"])]
        for name, one in sorted(asked.items())
    ]
    text = (
        f"本月比对识别案件{told(found['compared_cases'])}，部门应答{told(found['answers'])}、"
        f"未应答{told(found['silent'])}。未应答的按不详处理，不作为无问题。"
    )
    listed = table(
        "表2 部门比对应答", ["部门", "应答（次）", "未应答（次）", "应答率（%）"], rows, [3, 2, 2, 2]
    )
    return section("三、案件比对", text, tables=[listed] if rows else [])


def _pushed(counts: Counts) -> Json:
    pushed = counts["clues"]["by_department"]
    if not pushed:
        return section("四、部门推送线索", "本月没有部门推送线索。")
    text = f"本月部门推送线索 {sum(pushed.values())} 条。"
    chart = bars("图1 部门推送线索", "条", list(pushed), {"线索": list(pushed.values())}, "level")
    return section("四、部门推送线索", text, charts=[chart])
