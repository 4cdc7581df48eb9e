"""The description of a document, read from data (YAML or what came over the bus) and checked at once.

{form, number, title, source, about?, landscape?, size?, copies?, foot?, fields, body}. A body item has one
key: line, text,
heading, note, table, chart or gap. In texts `{name}` stands for a field. A wrong key or an undeclared field
is a ConfigurationError that names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from shouwang.errors import ConfigurationError
from shouwang.suggestions import did_you_mean

FIELD: Final = re.compile(r"\{(\w+)\}", re.ASCII)
KINDS: Final = (
    "text",
    "number",
    "yuan",
    "date",
    "dotted_date",
    "yesno",
    "choices",
    "codes",
    "tick",
    "record",
)
ITEMS: Final = ("line", "text", "heading", "note", "table", "chart", "gap")
_KEYS: Final = {
    "document": {
        "form",
        "number",
        "title",
        "source",
        "about",
        "landscape",
        "size",
        "copies",
        "foot",
        "fields",
    }
    | {"body", "keeps"},
    "field": {"label", "kind", "width", "options", "item", "part", "parts"},
    "option": {"value", "label", "after"},
    "table": {"widths", "header", "rows", "size"},
    "row": {"cells", "height", "for_each", "at_least"},
    "cell": {"text", "span", "down", "align", "bold", "top"},
    "para": {"text", "align", "bold", "space"},
    "chart": {"title", "kind", "categories", "series", "unit"},
}


@dataclass(frozen=True)
class Option:
    """One choice: the value that ticks it, its label, and what is printed behind it."""

    value: str
    label: str
    after: str = ""


@dataclass(frozen=True)
class Field:
    """A field of a form. item: its number in the source (A27); part: which part of the form it belongs to."""

    name: str
    kind: str = "text"
    label: str = ""
    width: int = 6
    options: tuple[Option, ...] = ()
    item: str = ""
    part: int = 0


@dataclass(frozen=True)
class Description:
    """A checked description. copies: a mark for each copy (K-04), ("",) for a single one."""

    form: str
    number: str
    title: str
    source: str
    about: str
    fields: Mapping[str, Field]
    body: Sequence[Mapping[str, Any]]
    copies: tuple[str, ...] = ("",)
    foot: str = ""
    landscape: bool = False
    size: float = 12


def read_description(data: Mapping[str, Any]) -> Description:
    """Return the description; ConfigurationError `documents.description` says what is wrong, and where."""
    where = str(data.get("form") or data.get("title") or "?")
    _only("document", data, where)
    fields = {name: _field(name, given, where) for name, given in data.get("fields", {}).items()}
    for item in data["body"]:
        if len(item) != 1 or next(iter(item)) not in ITEMS:
            raise _wrong(f"正文每项应恰有一个键（{'、'.join(ITEMS)}），现为 {'、'.join(item)}", where)
    for name in sorted({*_named(data["body"])} - fields.keys()):
        raise _wrong(f"用到未声明的字段 {name}。{did_you_mean(name, sorted(fields))}", where)
    return Description(
        form=data.get("form", ""),
        number=data.get("number", ""),
        title=data["title"],
        source=data.get("source", ""),
        about=data.get("about", ""),
        fields=fields,
        body=data["body"],
        copies=tuple(data.get("copies", ("",))),
        foot=data.get("foot", ""),
        landscape=data.get("landscape", False),
        size=float(data.get("size", 12)),
    )


def _field(name: str, given: Mapping[str, Any], where: str) -> Field:
    _only("field", given, f"{where}.{name}")
    kind = given.get("kind", "text")
    if kind not in KINDS:
        raise _wrong(f"没有字段类型 {kind}。{did_you_mean(kind, KINDS)}", f"{where}.{name}")
    options = tuple(_option(one, f"{where}.{name}") for one in given.get("options", ()))
    if bool(options) != (kind in {"choices", "codes"}):
        raise _wrong("choices、codes 须有选项，其他类型没有", f"{where}.{name}")
    kept = {key: given[key] for key in ("label", "width", "item", "part") if key in given}
    return Field(name, kind, options=options, **kept)


def _option(given: Mapping[str, Any], where: str) -> Option:
    _only("option", given, where)
    return Option(given["value"], given["label"], given.get("after", ""))


def _named(body: Any) -> Iterator[str]:
    """Yield every field that the texts of a body name; those of a repeated row belong to its items too."""
    if isinstance(body, str):
        yield from FIELD.findall(body)
    elif isinstance(body, Mapping):
        for value in body.values():
            yield from _named(value)
    elif isinstance(body, Sequence):
        for value in body:
            yield from _named(value)


def check_keys(what: str, given: Mapping[str, Any]) -> None:
    """Refuse a key that this part of a description does not know."""
    _only(what, given, what)


def _only(what: str, given: Mapping[str, Any], where: str) -> None:
    for key in given:
        if key not in _KEYS[what]:
            raise _wrong(f"不认识的键 {key}。{did_you_mean(key, sorted(_KEYS[what]))}", where)


def _wrong(message: str, where: str) -> ConfigurationError:
    return ConfigurationError(
        f"文书描述有误：{message}",
        code="documents.description",
        where=where,
        remedy="请按文书描述文件的写法改正这一处，再重新启动。",
    )
