"""From YAML to parameters: every key known, every value of its unit, every figure with its source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from shouwang.errors import ConfigurationError
from shouwang.policy.parameter import CODES, WHOLE_COUNTRY, Parameter, Row
from shouwang.policy.units import UNITS
from shouwang.policy.values import Code
from shouwang.suggestions import did_you_mean
from shouwang.yaml_lines import LinedDict, LinedList, load_mapping

ORIGINS = ("nation", "province", "city", "county")
COUNTRY_CODE = "CN"
_REGION_LENGTHS = (2, 4, 6, 9, 12)
_PARAMETER_KEYS = {"title", "kind", "unit", "origin", "note", "values"}
_ROW_KEYS = {
    *("region", "from", "until", "review_by", "standing", "value", "codes", "unknown"),
    *("source", "note", "origin_document"),
}
_CODE_KEYS = {"code", "label", "name", "aliases", "note"}
_CONTENTS = ("value", "codes", "unknown", "renewed")
TO_FILL = "待填"
"""What a template has where a county has to write something."""


def read_file(path: Path) -> Iterator[Parameter]:
    """Yield every parameter of a file; groups give dotted names."""
    for name, node in read_nodes(load_mapping(path)):
        yield _parameter(name, node)


def read_nodes(data: LinedDict, prefix: str = "") -> Iterator[tuple[str, LinedDict]]:
    """Yield the dotted name and the mapping of every parameter."""
    for name, node in data.items():
        if not name.replace("_", "").isalnum() or not name.isascii():
            raise wrong(f"参数名“{name}”只能用小写英文、数字和下划线", data.where(name))
        if _is_group(node):
            yield from read_nodes(node, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", _mapping(node, data.where(name))


def read_rows(node: LinedDict, unit: str, more: frozenset[str] = frozenset()) -> tuple[Row, ...]:
    """Return the rows of a parameter; `more`: keys that only a county's own rows have."""
    rows = [_mapping(row, where) for row, where in _items(node, "values")]
    return tuple(_row(row, unit, _ROW_KEYS | more) for row in rows)


def _is_group(node: Any) -> bool:
    if not isinstance(node, LinedDict) or not node or _PARAMETER_KEYS & node.keys():
        return False
    return all(isinstance(child, LinedDict) for child in node.values())


def _parameter(name: str, node: LinedDict) -> Parameter:
    known_keys(node, _PARAMETER_KEYS)
    unit = _unit(node)
    origin = one_of(node, "origin", ORIGINS)
    if origin == "county" and not node.get("note"):
        raise wrong("县级自定的参数要有 note，写明文件未给出数值、由县决定", node.where("origin"))
    return Parameter(name, text(node, "title"), unit, origin, read_rows(node, unit), node.where())


def _unit(node: LinedDict) -> str:
    if node.get("kind", "value") == "codes":
        return CODES
    one_of(node, "kind", ("value", "codes"), default="value")
    return one_of(node, "unit", tuple(UNITS))


def _row(node: LinedDict, unit: str, keys: set[str]) -> Row:
    _refuse_unfilled(node)
    known_keys(node, keys)
    row = Row(
        region=_region(node),
        start=_day(node, "from"),
        value=_content(node, unit),
        source=text(node, "source"),
        review_by=_day(node, "review_by", needed=False),
        until=_day(node, "until", needed=False),
        unknown=text(node, "unknown", needed=False),
        note=text(node, "note", needed=False),
        origin_document=text(node, "origin_document", needed=False),
        renewed="renewed" in node,
        replaces=text(node, "replaces", needed=False),
        where=node.where(),
    )
    _check_times(row, node.get("standing") is True)
    return row


def _refuse_unfilled(node: LinedDict) -> None:
    for key, value in node.items():
        if value == TO_FILL:
            raise wrong(f"{key} 还没有填；请填好，或删去这一行", node.where(key))


def _check_times(row: Row, standing: bool) -> None:
    timed = row.review_by is not None or row.until is not None or bool(row.unknown)
    if timed == standing:
        hint = "长期有效与复核、终止日期不能并存" if timed else "长期有效的法条写 standing: true"
        raise wrong(f"要有 review_by（复核日期）或 until（终止日期）；{hint}", row.where)
    for day, key in ((row.review_by, "review_by"), (row.until, "until")):
        if day is not None and day < row.start:
            raise wrong(f"{key} {day} 早于 from {row.start}", row.where)


def _content(node: LinedDict, unit: str) -> Any:
    key = "codes" if unit == CODES else "value"
    given = [name for name in _CONTENTS if name in node]
    if given == ["unknown"]:
        return None
    if given == ["renewed"]:
        return _of_the_row_before(node)
    if given != [key]:
        raise wrong(f"每行要有 {key}（或 unknown 加原因），且只有一个，现有 {given or '无'}", node.where())
    if unit == CODES:
        return _codes(node)
    try:
        return UNITS[unit].read(node["value"])
    except ValueError as error:
        raise wrong(f"value 与单位 {unit} 不符：{error}", node.where("value")) from error


def _of_the_row_before(node: LinedDict) -> None:
    """A renewed row has the value of the one before it: filled in where all rows are known."""
    if node["renewed"] is not True:
        raise wrong("renewed 只能写 true（照旧），不照旧的写 value", node.where("renewed"))


def _codes(node: LinedDict) -> tuple[Code, ...]:
    codes = tuple(_code(_mapping(line, where)) for line, where in _items(node, "codes"))
    for index, line in enumerate(codes):
        if any(line.code == other.code or line.label == other.label for other in codes[:index]):
            raise wrong(f"代码“{line.code} {line.label}”重复", node["codes"].where(index))
    return codes


def _code(node: LinedDict) -> Code:
    known_keys(node, _CODE_KEYS)
    aliases = node.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        raise wrong("aliases 应为文字列表", node.where("aliases"))
    name, note = text(node, "name", needed=False), text(node, "note", needed=False)
    return Code(text(node, "code"), text(node, "label"), name, tuple(aliases), note)


def _region(node: LinedDict) -> str:
    region = text(node, "region")
    if region == COUNTRY_CODE:
        return WHOLE_COUNTRY
    if not (region.isascii() and region.isdigit() and len(region) in _REGION_LENGTHS):
        raise wrong(
            f"region “{region}”应为 {COUNTRY_CODE} 或 2、4、6、9、12 位区划代码", node.where("region")
        )
    return region


def _day(node: LinedDict, key: str, *, needed: bool = True) -> Any:
    day = node.get(key)
    if day is None and not needed:
        return None
    if type(day) is not date:
        raise wrong(f"{key} 应为日期，如 2021-01-01" if day is not None else f"缺少 {key}", node.where(key))
    return day


def _items(node: LinedDict, key: str) -> Iterator[tuple[Any, str]]:
    items = node.get(key)
    if not isinstance(items, LinedList) or not items:
        raise wrong(f"缺少 {key}，应为至少一行的列表", node.where(key))
    for index, item in enumerate(items):
        yield item, items.where(index)


def _mapping(node: Any, where: str) -> LinedDict:
    if not isinstance(node, LinedDict):
        raise wrong("这里应为“键: 值”的映射", where)
    return node


def text(node: LinedDict, key: str, *, needed: bool = True) -> str:
    """Return a text, refusing an empty one or another type; "" when it is absent and not needed."""
    value = node.get(key)
    if value is None and not needed:
        return ""
    if not isinstance(value, str) or not value.strip():
        lacking = f"缺少 {key}，写明文件和条款" if key == "source" else f"缺少 {key}"
        problem = lacking if value is None else f"{key} 应为文字（数字代码请加引号）"
        raise wrong(problem, node.where(key))
    return value


def one_of(node: LinedDict, key: str, choices: tuple[str, ...], *, default: str = "") -> str:
    """Return a word out of a list, refusing another with what it probably meant."""
    word = text(node, key, needed=not default) or default
    if word not in choices:
        raise wrong(f"{key} “{word}”未知，{did_you_mean(word, choices)}".rstrip("。"), node.where(key))
    return word


def known_keys(node: LinedDict, keys: set[str]) -> None:
    """Refuse a key that nobody reads."""
    for key in node:
        if key not in keys:
            raise wrong(f"键“{key}”未知，{did_you_mean(key, keys)}".rstrip("。"), node.where(key))


def wrong(message: str, where: str) -> ConfigurationError:
    """Return the refusal to start, at a file and line."""
    return ConfigurationError(
        f"{message}。",
        code="policy.load",
        where=where,
        remedy="请按 docs/sdk/policy.md 改正这一处，再重新启动。",
    )
