"""What commands take from the command line: key=value arguments, days, the role to act as."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import typer

from shouwang.errors import BadRequest

ActingAs = Annotated[
    str | None,
    typer.Option("--as", help="内置模式下以某角色办理，如 county_officer 或 village_cadre@430426100001"),
]


def key_values(pairs: Sequence[str]) -> dict[str, Any]:
    """Return {key: value} of "key=value" texts; a value that is JSON ([…], {…}, 12, true) is read as JSON."""
    found: dict[str, Any] = {}
    for pair in pairs:
        key, sign, value = pair.partition("=")
        if not sign or not key:
            raise BadRequest(
                f"参数“{key}”应写作 名称=值", code="cli.argument", remedy="复杂参数请用 --json。"
            )
        found[key] = _value(value)
    return found


def json_object(text: str) -> dict[str, Any]:
    """Return the JSON object of --json."""
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise BadRequest("--json 应为一个 JSON 对象", code="cli.argument", remedy="请核对引号和括号。")
    return found


def day(text: str | None) -> date | None:
    """Return the day of an option; BadRequest when it is none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadRequest(f"“{text}”不是日期", code="cli.argument", remedy="应如 2021-06-01。") from None


def _value(text: str) -> Any:
    # Codes are digits but not numbers: 430426100001 stays text; lists, objects and words of JSON are read.
    if text in {"true", "false", "null"} or text[:1] in {"[", "{", '"'}:
        try:
            return json.loads(text)
        except ValueError:
            return text
    return text
