"""Builds rows of the 附件2 sheet for tests: a sound household, in which a test spoils one cell."""

from datetime import date
from typing import Any

from shouwang.identity import check_character
from shouwang.policy import Policy

from services.monitoring.domain.registry import roster
from services.monitoring.domain.registry.roster import Frame
from services.monitoring.domain.registry.roster_form import BY_FIELD, COLUMNS

VILLAGE = "430426100001"
AS_OF = date(2021, 7, 5)
POLICY = Policy.load(["services/monitoring/policy"])
TABLES = {
    column.table: {line.label: line.name for line in POLICY.codes(column.table, AS_OF)}
    for column in COLUMNS
    if column.table
}
FRAME = Frame(VILLAGE, AS_OF, TABLES)

HOUSEHOLD = {
    "group": "第三组",
    "phone": "0734-0000000",
    "large_resettlement": "否",
    "kind": "脱贫户",
    "housing_unsafe": "否",
    "school_dropout": "否",
    "water_unsafe": "否",
    "risks": "因病",
    "disasters": "",
    "wages": "12000",
    "business": "8000.50",
    "property": "0",
    "transfers": "3000",
    "business_costs": "2000",
    "claims": "0",
    "own_payments": "9120",
    "collector": "测采集",
    "collected_on": "2021-06-10",
    "collector_phone": "0734-0000001",
    "health": "长期慢性病",
}
PERSON = {
    "name": "测试甲",
    "ethnicity": "汉族",
    "political": "群众",
    "education": "小学",
    "student": "非在校生",
    "health": "健康",
    "labour": "普通劳动力",
    "work_area": "县内",
    "work_months": "3.5",
    "medical_insurance": "是",
    "serious_illness_insurance": "是",
    "pension_insurance": "是",
    "minimum_living": "否",
    "destitute": "否",
    "relocated": "否",
}


def id_number(serial: int, birth: str = "19700101") -> str:
    """An ID number of nobody: the county 000000 does not exist, the checksum holds."""
    first = f"100000{birth}{serial:03d}"
    return first + check_character(first)


def row(number: int, household: str, **fields: str) -> dict[str, Any]:
    """One row of the sheet by field name, as the command line would read it."""
    values = {"village": VILLAGE, "number": household} | fields
    return {"row": number, "cells": {column.heading: values.get(column.field, "") for column in COLUMNS}}


def household(number: int, first_row: int, persons: int = 3, **changes: str) -> list[dict[str, Any]]:
    """The rows of a sound household; `changes` go to the head's row."""
    rows = []
    for place in range(persons):
        own = HOUSEHOLD | {"relation": "本人或户主"} | changes if place == 0 else {"relation": "其他"}
        person = PERSON | {"id_number": id_number(number * 10 + place)} | own
        rows.append(row(first_row + place, str(number), **person))
    return rows


def spoil(rows: list[dict[str, Any]], index: int, **fields: str) -> list[dict[str, Any]]:
    """The rows with some cells of one row replaced."""
    cells = rows[index]["cells"] | {BY_FIELD[name].heading: text for name, text in fields.items()}
    return [*rows[:index], {**rows[index], "cells": cells}, *rows[index + 1 :]]


def collected_in(day: date) -> dict[str, Any]:
    """The state of a household whose roster is of that day."""
    frame = Frame(VILLAGE, day, TABLES)
    (only,) = roster.read(household(1, 2, collected_on=day.isoformat()), frame)
    return only.state
