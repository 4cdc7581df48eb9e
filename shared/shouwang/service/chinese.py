"""The messages of marshmallow in Chinese, so that a wrong field is named to people in their language.

A message that nobody translated passes unchanged: it is one that a service wrote itself. What was sent in is
never repeated (it may be a person's data).
"""

from __future__ import annotations

import re
from typing import Any, Final

_KINDS: Final = {"datetime": "日期时间", "time": "时间", "date": "日期"}
_COMPARISONS: Final = {
    "greater than or equal to": "不小于",
    "greater than": "大于",
    "less than or equal to": "不大于",
    "less than": "小于",
}
_COMPARISON: Final = "(" + "|".join(_COMPARISONS) + ")"

_EXACT: Final[dict[str, str]] = {
    "Missing data for required field.": "必填",
    "Field may not be null.": "不能为空",
    "Unknown field.": "没有这个字段",
    "Invalid input type.": "应为 JSON 对象",
    "Invalid type.": "应为 JSON 对象",
    "Invalid value.": "值不合规定",
    "Invalid input.": "值不合规定",
    "Not a valid boolean.": "应为 true 或 false",
    "Not a valid date.": "应为日期（如 2021-06-01）",
    "Not a valid number.": "应为数字",
    "Not a valid integer.": "应为整数",
    "Number too large.": "数字过大",
    "Special numeric values (nan or infinity) are not permitted.": "不能是 NaN 或无穷大",
    "Not a valid mapping type.": "应为 JSON 对象",
    "Not a valid list.": "应为列表",
    "Not a valid tuple.": "应为定长列表",
    "Not a valid string.": "应为文字",
    "Not a valid utf-8 string.": "应为 UTF-8 文字",
    "Not a valid email address.": "应为电子邮箱地址",
    "Not a valid URL.": "应为网址",
    "Not a valid UUID.": "应为 UUID",
    "Not a valid IP address.": "应为 IP 地址",
    "Not a valid IPv4 address.": "应为 IPv4 地址",
    "Not a valid IPv6 address.": "应为 IPv6 地址",
    "Not a valid IP interface.": "应为 IP 接口",
    "Not a valid IPv4 interface.": "应为 IPv4 接口",
    "Not a valid IPv6 interface.": "应为 IPv6 接口",
    "Not a valid period of time.": "应为时长",
    "String does not match expected pattern.": "格式不符",
}

_PATTERNS: Final[tuple[tuple[re.Pattern[str], Any], ...]] = (
    (re.compile(r"Not a valid (\w+ )?(datetime|time|date)\."), lambda m: f"应为{_KINDS[m[2]]}"),
    (re.compile(r".* cannot be formatted as a \w+\.", re.S), lambda m: "格式不符"),
    (re.compile(r"Must be one of: (.*)\.", re.S), lambda m: f"应为其中之一：{m[1]}"),
    (re.compile(r"Must be equal to (.*)\.", re.S), lambda m: f"应等于 {m[1]}"),
    (re.compile(r"Length must be between (\d+) and (\d+)\."), lambda m: f"长度应在 {m[1]} 至 {m[2]} 之间"),
    (re.compile(r"Length must be (\d+)\."), lambda m: f"长度应为 {m[1]}"),
    (re.compile(r"Shorter than minimum length (\d+)\."), lambda m: f"长度不足 {m[1]}"),
    (re.compile(r"Longer than maximum length (\d+)\."), lambda m: f"长度超过 {m[1]}"),
    (re.compile(r"One or more of the choices you made was in: (.*)\.", re.S), lambda m: f"不能含：{m[1]}"),
    (
        re.compile(r"One or more of the choices you made was not in: (.*)\.", re.S),
        lambda m: f"只能含：{m[1]}",
    ),
    (
        re.compile(rf"Must be {_COMPARISON} (.*) and {_COMPARISON} (.*)\.", re.S),
        lambda m: f"应{_COMPARISONS[m[1]]} {m[2]}，且{_COMPARISONS[m[3]]} {m[4]}",
    ),
    (re.compile(rf"Must be {_COMPARISON} (.*)\.", re.S), lambda m: f"应{_COMPARISONS[m[1]]} {m[2]}"),
)


def in_chinese(message: str) -> str:
    """Return marshmallow's message in Chinese; any other message unchanged."""
    if message in _EXACT:
        return _EXACT[message]
    for pattern, say in _PATTERNS:
        if found := pattern.fullmatch(message):
            return str(say(found))
    return message
