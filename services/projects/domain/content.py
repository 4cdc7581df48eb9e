"""What a project must say before it may enter the library: eight categories, eleven contents (P-01).

Source: 湘委乡振组办发〔2021〕1号 二(一)–(二).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CATEGORIES = {
    "industry": "产业发展",
    "employment": "就业增收",
    "village_building": "乡村建设",
    "relocation": "易地搬迁后续扶持",
    "guarantees": "巩固三保障成果",
    "governance": "乡村治理和精神文明建设",
    "management_fee": "项目管理费",
    "other": "其他",
}

CONTENTS = {
    "name": "项目名称",
    "category": "项目类别",
    "nature": "建设性质",
    "place": "实施地点",
    "schedule": "时间进度",
    "responsible_unit": "责任单位",
    "tasks": "建设任务",
    "funds": "资金规模和筹资方式",
    "beneficiaries": "受益对象",
    "targets": "绩效目标",
    "linkage": "群众参与和利益联结机制",
}


def missing(project: Mapping[str, Any]) -> list[str]:
    """Return the labels of the contents that are absent or empty."""
    return [label for name, label in CONTENTS.items() if not project.get(name)]


def unsound(project: Mapping[str, Any]) -> list[str]:
    """Return what is wrong in the contents that are there: category, funds that do not add up."""
    found = []
    if project.get("category") and project["category"] not in CATEGORIES:
        found.append("项目类别不在八类之内")
    funds = project.get("funds")
    if funds and funds["total_fen"] != sum(one["amount_fen"] for one in funds["sources"]):
        found.append("资金规模与各筹资来源合计不符")
    return found
