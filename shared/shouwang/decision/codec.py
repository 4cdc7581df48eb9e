"""Inputs of a rule as JSON and back, exactly: what a stored decision needs to be computed again.

Dates, decimals, tuples and sets are tagged; a dataclass or enum takes part when it is `@recordable`. A float
is refused (it is no amount), and so is a text that holds an ID number: decisions travel and many read them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Final, TypeVar

from shouwang.errors import BadRequest, ConfigurationError
from shouwang.identity import valid_id

T = TypeVar("T")
_RECORDS: dict[str, type] = {}
_NAMES: dict[type, str] = {}
ID_LENGTH: Final = 18
_LIKE_ID = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx]")


def recordable(name: str) -> Callable[[type[T]], type[T]]:
    """Let a dataclass or an enum be an input of rules, under a name that never changes."""

    def register(cls: type[T]) -> type[T]:
        known = _RECORDS.get(name)
        if known is not None and (known.__module__, known.__qualname__) != (cls.__module__, cls.__qualname__):
            raise ConfigurationError(
                f"记录名“{name}”已用于 {known.__qualname__}。",
                code="decision.record_name",
                remedy="请给其中一个换一个记录名；已用过的名称不能改作他用。",
            )
        _RECORDS[name], _NAMES[cls] = cls, name
        return cls

    return register


_AS_THEY_ARE: Final = frozenset({int, bool, type(None)})
"""What most columns hold comes first: a screening encodes each value of each hit."""


def encode(value: Any) -> Any:
    """Return the JSON form of a value; BadRequest `decision.input_type`, `decision.personal_data`."""
    if type(value) in _AS_THEY_ARE:
        return value
    if type(value) in _NAMES:
        return _encode_record(value)
    if isinstance(value, str) and not isinstance(value, Enum):
        return _checked(value)
    return _encode_tagged(value) if type(value) is date else _encode_other(value)


def _encode_other(value: Any) -> Any:
    if isinstance(value, int):
        return value
    if isinstance(value, Mapping):
        return {_key(key): encode(item) for key, item in value.items()}
    if isinstance(value, list):
        return [encode(item) for item in value]
    return _encode_tagged(value)


def decode(data: Any) -> Any:
    """Return the value of a JSON form."""
    if isinstance(data, list):
        return [decode(item) for item in data]
    if not isinstance(data, dict):
        return data
    for tag, read in _TAGS.items():
        if tag in data:
            return read(data[tag])
    if "$record" in data:
        return _decode_record(data)
    return {key: decode(item) for key, item in data.items()}


_TAGS: dict[str, Callable[[Any], Any]] = {
    "$decimal": Decimal,
    "$date": date.fromisoformat,
    "$tuple": lambda items: tuple(decode(item) for item in items),
    "$set": lambda items: frozenset(decode(item) for item in items),
}


def _encode_tagged(value: Any) -> dict[str, Any]:
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    if isinstance(value, date) and not isinstance(value, datetime):
        return {"$date": value.isoformat()}
    if isinstance(value, tuple):
        return {"$tuple": [encode(item) for item in value]}
    if isinstance(value, set | frozenset):
        return {"$set": sorted((encode(item) for item in value), key=repr)}
    raise BadRequest(
        f"规则的输入不能是 {type(value).__name__}。",
        code="decision.input_type",
        remedy="请用整数、Decimal、日期、文字，或给该类加上 @recordable。",
    )


def _encode_record(value: Any) -> dict[str, Any]:
    name = _NAMES[type(value)]
    if isinstance(value, Enum):
        return {"$record": name, "value": value.value}
    if not is_dataclass(value):
        raise ConfigurationError(
            f"“{name}”不是 dataclass 或枚举，不能记录。",
            code="decision.input_type",
            remedy="请把它写成 dataclass 或枚举，并用 @recordable 登记名称。",
        )
    content = {field.name: encode(getattr(value, field.name)) for field in fields(value) if field.init}
    return {"$record": name, "fields": content}


def _decode_record(data: Mapping[str, Any]) -> Any:
    cls = _RECORDS.get(data["$record"])
    if cls is None:
        raise ConfigurationError(
            f"没有名为“{data['$record']}”的记录类型。",
            code="decision.record_name",
            remedy="请装上当时登记这个名称的版本；记录类型改名后，旧名称也要保留。",
        )
    if "value" in data:
        return cls(data["value"])
    return cls(**{name: decode(item) for name, item in data["fields"].items()})


def _key(key: Any) -> str:
    if not isinstance(key, str) or key.startswith("$"):
        raise BadRequest(
            f"规则输入的键只能是文字，现为 {type(key).__name__}。",
            code="decision.input_type",
            remedy="请改用文字作键，不以 $ 开头。",
        )
    return _checked(key)


def _checked(text: str) -> str:
    if len(text) >= ID_LENGTH and any(valid_id(found) for found in _LIKE_ID.findall(text)):
        raise BadRequest(
            "规则的输入含有身份证号，决定不得记录。",
            code="decision.personal_data",
            remedy="请改用人员编号（ref）。",
        )
    return text
