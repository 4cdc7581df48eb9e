"""What is typed into the national system after the county's decision, and whether it was (I-05, R-03).

Source: 湘委乡振组发〔2021〕1号 二(二)2 第五步 (反馈相关乡镇组织录入), 二(三)2 第五步 (标识“风险消除”).
A row is a dict by heading; a household's own columns stand on every row of it. Ages count in calendar days.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from shouwang.vocabulary import Category

from services.monitoring.domain.registry.roster_form import (
    COLUMNS,
    NO,
    PERSON_COLUMNS,
    SEPARATOR,
    YES,
    Column,
)

Json = dict[str, Any]
Words = Mapping[str, Mapping[str, str]]
INCLUSION, REMOVAL, REVOCATION = "inclusion", "removal", "revocation"
KINDS: Final = {INCLUSION: "录入监测对象", REMOVAL: "标识风险消除", REVOCATION: "更正原录入"}
OWED, CONFIRMED, VOID = "owed", "confirmed", "void"

OWN: Final = ("事项", "户号", "监测对象类型", "纳入日期")
END: Final = ("风险消除方式", "风险消除时间")
HEADINGS: Final = (*OWN, *(column.heading for column in COLUMNS), *END)

"""附件2 as the registry keeps it, between what the decision adds."""
_OF_HOUSEHOLD: Final = tuple(one for one in COLUMNS if one.level != "person")
WAYS: Final = {"helped": "帮扶消除", "natural": "自然消除"}
_CATEGORIES: Final = {one.value: one.label for one in Category}


def owed(kind: str, on: date, days: int) -> Json:
    """Return the entry that the town owes since a decision."""
    due = (on + timedelta(days=days)).isoformat()
    nothing = dict.fromkeys(("number", "entered_on", "confirmed_by", "confirmed_on", "escalated_on"))
    return {"kind": kind, "status": OWED, "since": on.isoformat(), "due_on": due, **nothing}


def confirmed(entry: Mapping[str, Any], number: str, entered_on: date, by: str, on: date) -> Json:
    """Return the entry as confirmed: under which number, entered when, by whom, on record since."""
    days = {"entered_on": entered_on.isoformat(), "confirmed_on": on.isoformat()}
    return {**entry, "status": CONFIRMED, "number": number, "confirmed_by": by, **days}


def age(entry: Mapping[str, Any], on: date) -> int:
    """Return for how many days the entry has been owed."""
    return (on - date.fromisoformat(entry["since"])).days


def is_overdue(entry: Mapping[str, Any], on: date) -> bool:
    """Whether it is owed and past its day."""
    return bool(entry["status"] == OWED and on.isoformat() > entry["due_on"])


def rows_of(case: Mapping[str, Any], household: Mapping[str, Any], number: str, words: Words) -> list[Json]:
    """Return a row for each member of the household of a decided case, by heading of `HEADINGS`.

    words: {code table: {name: label}}. What nobody knows is "", never a guess.
    """
    values = {**household, "figures": {**household["figures"], **case["record"].get("figures", {})}}
    shared = {one.heading: _cell(one, _of_household(one, values), words) for one in _OF_HOUSEHOLD}
    own = {**_decided(case, household, number), **shared}
    return [
        {**own, **{one.heading: _cell(one, member[one.field], words) for one in PERSON_COLUMNS}}
        for member in household["members"]
    ]


def _decided(case: Mapping[str, Any], household: Mapping[str, Any], number: str) -> Json:
    monitoring = household["monitoring"] or {}
    return {
        "事项": KINDS[case["national"]["kind"]],
        "户号": number,
        "监测对象类型": _CATEGORIES.get(monitoring.get("category", ""), ""),
        "纳入日期": monitoring.get("since", ""),
        "风险消除方式": WAYS.get(monitoring.get("way") or "", ""),
        "风险消除时间": str(monitoring.get("removed_on", "")).replace("-", "."),
    }


def _of_household(column: Column, values: Mapping[str, Any]) -> Any:
    if column.kind != "yuan":
        return values[column.field]
    figure = values["figures"].get(column.field)
    return None if figure is None else figure["fen"]


def _cell(column: Column, value: Any, words: Words) -> str:
    """Return a value as 附件2 prints it."""
    if value is None:
        return ""
    if column.kind == "yesno":
        return YES if value else NO
    if column.kind == "yuan":
        return f"{value // 100}.{value % 100:02d}"
    if column.kind == "codes":
        return SEPARATOR.join(words[column.table][one] for one in value)
    return words[column.table][value] if column.kind == "code" else str(value)
