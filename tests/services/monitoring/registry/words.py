"""Turns the words of a case of the registry into the state of a household."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from shouwang.money import yuan

from tests.services.monitoring.sheet import POLICY

UNKNOWN = "不详"
YES_NO = {"是": True, "否": False, UNKNOWN: None, True: True, False: False}
CODED = {
    "关系": ("relation", "relation_to_head", "本人或户主"),
    "在校生情况": ("student", "student_status", "非在校生"),
    "健康状况": ("health", "health_status", "健康"),
    "劳动技能": ("labour", "labour_ability", "普通劳动力"),
    "务工区域": ("work_area", "work_area", "县内"),
}
FLAGS = {
    "医保": ("medical_insurance", True),
    "大病保险": ("serious_illness_insurance", True),
    "养老保险": ("pension_insurance", True),
    "低保": ("minimum_living", False),
    "特困": ("destitute", False),
    "搬迁": ("relocated", False),
}
SEXES = {"男": "male", "女": "female", UNKNOWN: None}
FIGURES = {"工资性收入": "wages", "生产经营性收入": "business", "转移性收入": "transfers"}
FIGURES |= {"生产经营性支出": "business_costs", "合规自付支出": "own_payments"}
PERSON = {*CODED, *FLAGS, "年龄", "性别", "务工月数", "残疾证", "证件", "评判"}
HOUSEHOLD = ("人", "风险", "灾害", "收入", "合规自付支出", "安置区", "安置区地址", "失学辍学", "大中型")


def code(table: str, label: str) -> str | None:
    return None if label == UNKNOWN else POLICY.codes(table, date(2021, 7, 5)).by_label(label).name


def person(given: Mapping[str, Any], ref: str, on: date) -> dict[str, Any]:
    assert set(given) <= PERSON, set(given) - PERSON
    numbered = given.get("证件") != "无"
    months = str(given.get("务工月数", 6))
    card = str(given["残疾证"]) if "残疾证" in given else None
    judged = given.get("评判")
    return {
        "ref": ref,
        "name": "某人",
        "id_number": f"number-{ref}" if numbered else None,
        "birth": on.replace(year=on.year - given.get("年龄", 40)).isoformat() if numbered else None,
        "sex": SEXES[given.get("性别", "男")],
        "work_months": None if months == UNKNOWN else months,
        "disability": {"category": int(card[0]), "grade": int(card[1])} if card else None,
        "judgement": {"labour": code("labour_ability", judged)} if judged else None,
        **{name: code(table, given.get(key, usual)) for key, (name, table, usual) in CODED.items()},
        **{name: YES_NO[given.get(key, usual)] for key, (name, usual) in FLAGS.items()},
    }


def household(given: Mapping[str, Any], on: date) -> dict[str, Any]:
    people = [person(one, f"{place:02d}", on) for place, one in enumerate(given.get("人", [{}]), 1)]
    own = given.get("收入", {}) | ({"合规自付支出": given["合规自付支出"]} if "合规自付支出" in given else {})
    figures = {FIGURES[key]: figure(value) for key, value in own.items()}
    return {
        "members": people,
        "risks": [code("risk_type", label) for label in given.get("风险", [])],
        "disasters": [code("disaster_type", label) for label in given.get("灾害", [])],
        "figures": figures,
        "large_resettlement": YES_NO[given.get("安置区", "否")],
        "resettlement_site": given.get("安置区地址"),
        "school_dropout": YES_NO[given.get("失学辍学", "否")],
        "collected_on": on.isoformat(),
    }


def figure(value: Any) -> dict[str, Any]:
    return {"fen": yuan(str(value)), "giver": "村信息采集人", "on": "2021-06-10", "to": "2021-06-30"}
