"""A county's rows are read and put to the rows of a parameter; nothing that stands is changed in silence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from shouwang.errors import ConfigurationError
from shouwang.policy.checks import check_rows
from shouwang.policy.parameter import CODES, Parameter, Row
from shouwang.policy.policy import Policy
from shouwang.policy.reading import known_keys, read_nodes, read_rows, wrong
from shouwang.suggestions import did_you_mean
from shouwang.yaml_lines import LinedDict, load_mapping

OWN: Final = frozenset({"renewed", "replaces"})
"""Keys of a row that only a county's has."""
KEYS: Final = {"title", "kind", "unit", "values"}
COUNTY: Final = "county"


def read_own(path: Path, policy: Policy, name: str) -> Iterator[tuple[Parameter, tuple[Row, ...]]]:
    """Yield each parameter that a county's file speaks of, with the rows that it adds.

    ConfigurationError with file:line: a parameter that `name` (a service or department) does not declare,
    another unit or title than it has, a row that is not filled in or has a fault.
    """
    for each, node in read_nodes(load_mapping(path)):
        if each not in policy.names():
            raise _undeclared(each, node, policy, name)
        parameter = policy.parameter(each)
        _check_same(parameter, node)
        yield parameter, _rows(parameter, node)


def joined(parameter: Parameter, own: Sequence[Row], county: str) -> Parameter:
    """Return the parameter with a county's rows; ConfigurationError where they contradict what stands."""
    for row in own:
        _check_region(parameter, row, county)
        _check_standing(parameter, row)
    check_rows(replace(parameter, rows=(*parameter.rows, *own)))
    rows = list(parameter.rows)
    for row in sorted(own, key=lambda one: one.start):
        rows.append(_told(_renewed(parameter, rows, row) if row.renewed else row))
    return replace(parameter, rows=tuple(rows))


def _rows(parameter: Parameter, node: LinedDict) -> tuple[Row, ...]:
    try:
        return read_rows(node, parameter.unit, OWN)
    except ConfigurationError as error:
        message = f"参数 {parameter.name}（{parameter.title}）：{error.message}"
        raise ConfigurationError(message, code=error.code, where=error.where, remedy=error.remedy) from error


def _undeclared(each: str, node: LinedDict, policy: Policy, name: str) -> ConfigurationError:
    return ConfigurationError(
        f"{name} 没有参数“{each}”，本县不能新立。",
        code="policy.undeclared",
        where=node.where(),
        remedy=f"{did_you_mean(each, policy.names())}请改正名称，或移到所属服务、部门的子目录。",
    )


def _check_same(parameter: Parameter, node: LinedDict) -> None:
    known_keys(node, KEYS)
    kind, unit = ("codes", None) if parameter.unit == CODES else ("value", parameter.unit)
    for key, wanted in (("title", parameter.title), ("kind", kind), ("unit", unit)):
        if key in node and node[key] != wanted:
            told = f"应为“{wanted}”（{parameter.where}）" if wanted else "请删去"
            raise wrong(f"参数 {parameter.name} 的 {key} 不能另定：{told}", node.where(key))


def _check_region(parameter: Parameter, row: Row, county: str) -> None:
    if not (county.startswith(row.region) or row.region.startswith(county)):
        message = f"参数 {parameter.name} 的地区 {row.region} 不是本县（{county}）、本县的乡村或上级"
        raise wrong(message, row.where)


def _check_standing(parameter: Parameter, row: Row) -> None:
    """Refuse a row beside one that still holds, unless it names whose place it takes."""
    beside = list(_beside(parameter, row))
    for one in beside:
        if one.source not in row.replaces or (one.region == row.region and row.start <= one.start):
            remedy = f"请改起止日期；有新文件替代它的，从新文件生效日起写，并加 replaces: {one.source}"
            here = f"参数 {parameter.name}（地区 {row.region or '全国'}）的 {row.start}"
            raise wrong(f"{here} 与 {one.where} 仍有效的规定重叠；{remedy}", row.where)
    if row.replaces and not beside:
        raise wrong(f"参数 {parameter.name} 的 replaces 没有对应的有效规定，请删去", row.where)


def _beside(parameter: Parameter, row: Row) -> Iterator[Row]:
    """Yield the rows that hold beside one: of its region; of wider ones unless the county sets it."""
    for one in parameter.rows:
        wider = row.region.startswith(one.region) and parameter.origin != COUNTY
        if (one.region == row.region or wider) and _meet(row, one, _last_day(parameter.rows, one)):
            yield one


def _meet(row: Row, one: Row, last: date) -> bool:
    return one.value is not None and row.start <= last and one.start <= (row.ends or date.max)


def _last_day(rows: Iterable[Row], one: Row) -> date:
    later = [each.start for each in rows if each.region == one.region and each.start > one.start]
    return min([one.ends or date.max, *(day - timedelta(days=1) for day in later)])


def _renewed(parameter: Parameter, rows: Sequence[Row], row: Row) -> Row:
    """Return the row with the value of the last known one that held there: both documents are its source."""
    before = [one for one in rows if row.region.startswith(one.region) and one.start < row.start]
    known = [one for one in before if one.value is not None]
    if not known:
        where = row.region or "全国"
        raise wrong(f"参数 {parameter.name}（地区 {where}）没有可以照旧的前一行，请写 value", row.where)
    last = max(known, key=lambda one: (len(one.region), one.start))
    return replace(
        row,
        value=last.value,
        source=f"{row.source}（复核后照旧：{last.source}）",
        note=row.note or last.note,
        origin_document=row.origin_document or last.origin_document,
    )


def _told(row: Row) -> Row:
    """Return the row with a note of what it replaces, so that every explanation shows it."""
    if not row.replaces:
        return row
    return replace(row, note="；".join(filter(None, [row.note, f"替代 {row.replaces}"])))
