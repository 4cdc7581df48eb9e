"""Loading requests and event data, dumping results, by schema; errors in Chinese.

A request with a field that the schema does not know is refused: it is a mistake of the caller. An event with
one is read without it: its publisher may say more than this consumer needs to know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal

from marshmallow import Schema, ValidationError, fields

from shouwang.errors import BadRequest
from shouwang.service.chinese import in_chinese
from shouwang.service.entry import SchemaClass

Problem = dict[str, str]
Unknown = Literal["exclude", "raise"]


def load(schema: SchemaClass, data: Any, *, where: str, tolerant: bool = False) -> dict[str, Any]:
    """Return `data` loaded by `schema`; `tolerant` leaves unknown fields out instead of refusing them.

    BadRequest `request.invalid` names every wrong field in Chinese; details.problems: [{field, message}]. The
    values themselves are never repeated.
    """
    loader = _loader(schema, "exclude" if tolerant else "raise")
    try:
        loaded: dict[str, Any] = loader.load(data)
    except ValidationError as error:
        problems = list(_problems(error.messages, loader, ""))
        raise _refusal(problems, where) from None
    return loaded


def dump(schema: SchemaClass | list[SchemaClass] | None, result: Any) -> Any:
    """Return the JSON form of a result: by schema, a list of them, or as it is where there is no schema."""
    if schema is None:
        return result
    if isinstance(schema, list):
        return _loader(schema[0], "raise").dump(result, many=True)
    return _loader(schema, "raise").dump(result)


@lru_cache(maxsize=1024)
def _loader(schema: SchemaClass, unknown: Unknown) -> Schema:
    loader = schema(unknown=unknown)
    _treat_unknown(loader, unknown)
    return loader


def _treat_unknown(schema: Schema, unknown: Unknown) -> None:
    """Let nested schemas treat unknown fields as the outer one does (marshmallow leaves that to each)."""
    for field in schema.fields.values():
        inner = getattr(field, "inner", field)
        if isinstance(inner, fields.Nested):
            inner.unknown = unknown
            _treat_unknown(inner.schema, unknown)


def _problems(messages: Any, schema: Any, path: str) -> Iterator[Problem]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from _problems(inner, _inner(schema, key), _join(path, schema, key))
    else:
        texts = messages if isinstance(messages, list) else [messages]
        yield {"field": path, "message": "；".join(in_chinese(str(text)) for text in texts)}


def _inner(schema: Any, key: Any) -> Any:
    if isinstance(schema, Schema):
        field = schema.fields.get(str(key))
        return getattr(field, "schema", None) or field
    return getattr(schema, "inner", schema)


def _join(path: str, schema: Any, key: Any) -> str:
    label = _label(schema, key)
    return label if not path else path if not label else f"{path}.{label}"


def _label(schema: Any, key: Any) -> str:
    if key == "_schema":
        return ""
    if isinstance(key, int):
        return f"第{key + 1}项"
    field = schema.fields.get(key) if isinstance(schema, Schema) else None
    title = field.metadata.get("label") if field is not None else None
    return f"{title}（{key}）" if title else str(key)


def _refusal(problems: list[Problem], where: str) -> BadRequest:
    text = "；".join(
        f"“{one['field']}”{one['message']}" if one["field"] else one["message"] for one in problems
    )
    return BadRequest(
        f"参数有误：{text}",
        code="request.invalid",
        where=where,
        remedy="请改正后重试。",
        details={"problems": problems},
    )
