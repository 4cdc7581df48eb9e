"""The rows exported for the national system: 附件2 as the registry has it, and the decision (I-05, K-02).

A row is a dict by heading, one a person; a household's own columns stand on every row of it.
Source: 湘委乡振组发〔2021〕1号 附件2、二(二)2 第五步、二(三)2 第五步.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from shouwang.vocabulary import Category

from services.monitoring.domain.proceedings.measures import WAYS
from services.monitoring.domain.proceedings.national import KINDS
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

OWN: Final = ("事项", "户号", "监测对象类型", "纳入日期")
END: Final = ("风险消除方式", "风险消除时间")
HEADINGS: Final = (*OWN, *(column.heading for column in COLUMNS), *END)

"""附件2 as the registry keeps it, between what the decision adds."""
_OF_HOUSEHOLD: Final = tuple(one for one in COLUMNS if one.level != "person")
_CATEGORIES: Final = {one.value: one.label for one in Category}


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
