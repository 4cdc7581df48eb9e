"""What society gives, by code: only the label of a code is published, never what somebody wrote (A-11, N-02).

Source of the kinds: 湘委乡振组发〔2021〕1号 三(四). No document lists the things; the list is the suite's own
(docs/decisions/0247). What is not in it is `other`: a person compares the two descriptions and releases it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

KINDS: Final = {
    "goods": "物资",
    "cash": "资金",
    "job": "岗位",
    "order": "订单",
    "training": "培训",
    "service": "服务",
    "shares": "入股分红",
}
OTHER: Final = "other"
OTHER_LABEL: Final = "其他"
OTHER_UNIT: Final = "其他"
THINGS: Final[dict[str, dict[str, str]]] = {
    "goods": {
        "rice": "大米",
        "flour_oil": "面粉和食用油",
        "bedding": "被褥",
        "clothing": "衣物",
        "furniture": "家具",
        "appliance": "家用电器",
        "wheelchair": "轮椅",
        "assistive_device": "轮椅以外的辅助器具",
        "school_supplies": "学习用品",
        "computer": "电脑",
        "fertiliser": "化肥",
        "seed": "种子种苗",
        "livestock": "畜禽幼崽",
        "feed": "饲料",
        "farm_tool": "农机具",
        "building_material": "建材",
        "fuel": "取暖燃料",
        OTHER: OTHER_LABEL,
    },
    "cash": {"donation": "捐款", "bursary": "助学金", "production_fund": "生产资金", OTHER: OTHER_LABEL},
    "job": {"factory": "企业用工", "workshop": "帮扶车间用工", "farm": "农业基地用工", OTHER: OTHER_LABEL},
    "order": {"produce": "农产品订购", "piecework": "来料加工", OTHER: OTHER_LABEL},
    "training": {"farming": "种养技术", "trade": "职业技能", OTHER: OTHER_LABEL},
    "service": {
        "clinic": "义诊",
        "tutoring": "课业辅导",
        "legal": "法律服务",
        "machine_work": "农机作业",
        "care": "照料",
        "transport": "运输",
        OTHER: OTHER_LABEL,
    },
    "shares": {"land": "土地经营权入股", "capital": "资金入股", OTHER: OTHER_LABEL},
}
UNITS: Final = (
    *("辆", "台", "套", "件", "床", "袋", "桶", "箱", "个", "只", "头", "株"),
    *("公斤", "吨", "亩", "元", "人", "人次", "次", "天", "期", "股", OTHER_UNIT),
)


def label_of(kind: str, item: str) -> str:
    """Return the Chinese label of a thing; KeyError when the kind has no such thing."""
    return THINGS[kind][item]


def unnamed(item: str, unit: str) -> bool:
    """Whether the codes do not say what it is, or how it is counted."""
    return item == OTHER or unit == OTHER_UNIT


def problems(kind: str, item: str, unit: str, detail: str) -> dict[str, list[str]]:
    """Return what is wrong with a thing as somebody registers it: field → sentences."""
    found: dict[str, list[str]] = {}
    if item not in THINGS[kind]:
        known = "、".join(f"{label}（{code}）" for code, label in THINGS[kind].items())
        found["item"] = [f"{KINDS[kind]}没有这一代码，可用：{known}。"]
    if unnamed(item, unit) and not detail.strip():
        found["detail"] = ["物品或单位为其他的，须说明是什么（不公开）。"]
    return found


def same_thing(one: Mapping[str, str], other: Mapping[str, str], released: bool) -> bool | None:
    """Whether a need and an offer name the same thing in the same unit.

    one, other: kind, item, unit. Two things that are `other` are not known to be the same until a person
    who read both descriptions released them.
    """
    if any(one[name] != other[name] for name in ("kind", "item", "unit")):
        return False
    return None if unnamed(one["item"], one["unit"]) and not released else True


def coded(state: Mapping[str, Any]) -> dict[str, Any]:
    """Return a need or offer of the time before the codes: its words become the description of an `other`."""
    unit = state["unit"] if state["unit"] in UNITS else OTHER_UNIT
    told = state["item"] if unit == state["unit"] else f"{state['item']}（{state['unit']}）"
    return {**state, "item": OTHER, "unit": unit, "detail": told}
