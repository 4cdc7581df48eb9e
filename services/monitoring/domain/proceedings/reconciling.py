"""The national system's own list against ours: in both, only here, only there, not the same (I-05).

A line of theirs: {row, number, id_number, category, since, removed, removed_on}; one of ours: {household,
number, category, since, removed, removed_on}. Days ISO. A matter: {matter, kind, household, number, ours,
theirs, status, resolution}. Source: 湘委乡振组发〔2021〕1号 二(二)2 第五步、二(三)2 第五步.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from shouwang.errors import BadRequest, Conflict, NotFound
from shouwang.vocabulary import Category

from services.monitoring.domain.proceedings import cells

Json = dict[str, Any]
Problem = dict[str, Any]

NEEDED: Final = ("户编号", "证件号码", "监测对象类型", "纳入日期", "是否消除风险")
OPTIONAL: Final = ("风险消除时间",)
"""Headings of the list, as a person exports it; others are not read."""
ONLY_HERE, ONLY_THERE, DIFFERS, TWICE = "only_here", "only_there", "differs", "twice"
MATTERS: Final = {
    ONLY_HERE: "本系统有、国家系统无",
    ONLY_THERE: "国家系统有、本系统无",
    DIFFERS: "两边所记不同",
    TWICE: "国家系统重复",
}
COMPARED: Final = {
    "category": "监测对象类型",
    "since": "纳入日期",
    "removed": "是否消除风险",
    "removed_on": "风险消除时间",
}
OPEN, RESOLVED = "open", "resolved"
RESOLUTIONS: Final = {
    "entered_there": "已在国家系统补录",
    "corrected_there": "已在国家系统更正",
    "corrected_here": "已在本系统更正",
    "not_ours": "不属本地或已销户",
}
_CATEGORIES: Final = {one.label: one.value for one in Category}
_YES_NO: Final = {"是": True, "否": False}


def read_rows(rows: Iterable[Mapping[str, Any]]) -> tuple[list[Json], list[Problem]]:
    """Return the lines of a list [{row, cells: {heading: text}}] and what is wrong with the others."""
    lines, problems = [], []
    for one in rows:
        try:
            lines.append({"row": one["row"], **_line(one["cells"])})
        except BadRequest as error:
            column = error.details["column"]
            problems.append({"row": one["row"], "column": column, "problem": error.message})
    return lines, problems


def _line(row: Mapping[str, str]) -> Json:
    text = cells.texts(row, (*NEEDED, *OPTIONAL))
    removed = cells.one_of(_YES_NO, "是否消除风险", text)
    return {
        "number": cells.given("户编号", text),
        "id_number": _id_number(text),
        "category": cells.one_of(_CATEGORIES, "监测对象类型", text),
        "since": cells.day("纳入日期", text).isoformat(),
        "removed": removed,
        "removed_on": cells.day("风险消除时间", text).isoformat() if removed else None,
    }


def _id_number(text: Mapping[str, str]) -> str:
    """Return the number of a document; one that a spreadsheet took for an amount has lost its last digits."""
    number = cells.given("证件号码", text).upper()
    if not number.isalnum():
        raise cells.bad("证件号码", "不是证件号码（单元格须为文本格式，数字格式会丢失末几位）")
    return number


def compare(ours: Sequence[Json], theirs: Sequence[Json], homes: Mapping[str, str]) -> tuple[int, list[Json]]:
    """Return how many agree, and the matters in which the two lists do not.

    homes: ID number → household here. A line is found by a member's number, else by the household's.
    """
    by_home, strange, twice = _by_home(ours, theirs, homes)
    found, same = [*strange, *twice], 0
    for one in ours:
        other = by_home.get(one["household"])
        if other is None:
            found.append(_matter(ONLY_HERE, one["household"], one["number"], _told(one), None))
        elif differing := _differing(one, other):
            mine, yours = _told(one, differing), _told(other, differing)
            found.append(_matter(DIFFERS, one["household"], other["number"], mine, yours))
        else:
            same += 1
    return same, [{"matter": number, **one} for number, one in enumerate(found, 1)]


def _by_home(
    ours: Sequence[Json], theirs: Sequence[Json], homes: Mapping[str, str]
) -> tuple[dict[str, Json], list[Json], list[Json]]:
    known = {one["household"] for one in ours}
    numbers = {one["number"]: one["household"] for one in ours if one["number"]}
    by_home: dict[str, Json] = {}
    strange, twice = [], []
    for line in theirs:
        home = homes.get(line["id_number"]) or numbers.get(line["number"])
        if home not in known:
            strange.append(_matter(ONLY_THERE, home, line["number"], None, _told(line)))
        elif home in by_home:
            if _entry(line) == _entry(by_home[home]):
                continue  # another member of the same household: lists have a row a person
            twice.append(_matter(TWICE, home, line["number"], None, _told(line)))
        else:
            by_home[str(home)] = line
    return by_home, strange, twice


def _entry(line: Json) -> tuple[Any, ...]:
    return (line["number"], *(line[name] for name in COMPARED))


def _differing(one: Json, other: Json) -> list[str]:
    return [name for name in COMPARED if one[name] != other[name]]


def _told(one: Json, names: Iterable[str] = COMPARED) -> Json:
    return {name: one[name] for name in names}


def _matter(kind: str, household: str | None, number: str | None, ours: Any, theirs: Any) -> Json:
    told = {"kind": kind, "household": household, "number": number, "ours": ours, "theirs": theirs}
    return {**told, "status": OPEN, "resolution": None}


def resolved(matters: Sequence[Json], number: int, resolution: Mapping[str, Any]) -> list[Json]:
    """Return the matters with one resolved ({how, note, by, on}); NotFound, Conflict when it is already."""
    found = next((one for one in matters if one["matter"] == number), None)
    if found is None:
        raise NotFound(
            f"核对结果没有第 {number} 项",
            code="national.no_such_matter",
            remedy="请重新核对后按结果中的序号办理。",
        )
    if found["status"] == RESOLVED:
        raise Conflict(
            f"第 {number} 项已经办结", code="national.matter_resolved", remedy="无须再办；请办理其余各项。"
        )
    done = {**found, "status": RESOLVED, "resolution": dict(resolution)}
    return [done if one is found else one for one in matters]
