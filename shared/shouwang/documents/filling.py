"""A description and values become a document: what is known is filled in, what is not stays blank (K-02)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from shouwang.documents.description import FIELD, Description, check_keys
from shouwang.documents.model import (
    Align,
    Block,
    Cell,
    Chart,
    Document,
    Gap,
    Para,
    Row,
    Run,
    Series,
    Size,
    Table,
)
from shouwang.documents.spoken import runs_of, text_of

Values = Mapping[str, Any]


def fill(description: Description, values: Values, mark: str = "") -> Document:
    """Return the document with these values; a field without a value stays blank.

    values: JSON by field name; lists of such mappings for rows that repeat.
    """
    return Document(
        title=description.title,
        blocks=tuple(_blocks(description, values)),
        number=description.number,
        mark=mark,
        foot=description.foot,
        landscape=description.landscape,
        size=description.size,
    )


def copies(description: Description, values: Values) -> list[Document]:
    """Return the document once for each copy that the form asks for (K-04), each marked for who keeps it."""
    return [fill(description, values, mark) for mark in description.copies]


def _blocks(description: Description, values: Values) -> Iterator[Block]:
    for item in description.body:
        kind, given = next(iter(item.items()))
        if kind == "table":
            yield _table(description, given, values)
        elif kind == "chart":
            yield _chart(given)
        elif kind == "gap":
            yield Gap(float(given))
        else:
            yield from _paras(description, given, values, kind)


_LOOKS: dict[str, dict[str, Any]] = {
    "line": {},
    "text": {"indent": True, "align": "justify"},
    "heading": {"size": "heading", "space": 2},
    "note": {"size": "small"},
}


def _paras(description: Description, given: Any, values: Values, kind: str) -> Iterator[Para]:
    for one in given if isinstance(given, list | tuple) else [given]:
        yield _para(description, one, values, **_LOOKS[kind])


def _para(
    description: Description,
    given: Any,
    values: Values,
    *,
    align: Align = "left",
    size: Size = "body",
    indent: bool = False,
    space: float = 0,
    bold: bool = False,
) -> Para:
    if isinstance(given, str):
        runs = _runs(description, given, values, bold or size == "heading")
        return Para(runs, align, size, indent, space)
    check_keys("para", given)
    runs = _runs(description, given["text"], values, bool(given.get("bold", bold)))
    own = cast(Align, given.get("align", align))
    return Para(runs, own, size, indent and own in ("left", "justify"), float(given.get("space", space)))


def _runs(description: Description, text: str, values: Values, bold: bool = False) -> tuple[Run, ...]:
    """Return the runs of a text: what stands between the fields, and the fields."""
    runs: list[Run] = []
    at = 0
    for found in FIELD.finditer(text):
        runs.append(Run(text[at : found.start()], "bold" if bold else ""))
        runs += runs_of(description.fields[found[1]], values.get(found[1]))
        at = found.end()
    runs.append(Run(text[at:], "bold" if bold else ""))
    return tuple(run for run in runs if run.text or run.style == "blank")


def _table(description: Description, given: Mapping[str, Any], values: Values) -> Table:
    check_keys("table", given)
    rows = [row for one in given["rows"] for row in _rows(description, one, values)]
    widths = tuple(float(one) for one in given["widths"])
    return Table(widths, tuple(rows), int(given.get("header", 0)), float(given.get("size", 0)))


def _rows(description: Description, given: Any, values: Values) -> Iterator[Row]:
    """Yield one row, or one for each item of a list: at least so many, the rest to be filled in by hand."""
    if not isinstance(given, Mapping):
        yield _row(description, {"cells": given}, values)
        return
    check_keys("row", given)
    if "for_each" not in given:
        yield _row(description, given, values)
        return
    items: Sequence[Values] = values.get(given["for_each"]) or ()
    blank = max(int(given.get("at_least", 0)) - len(items), 0)
    for number, item in enumerate([*items, *({} for _ in range(blank))], 1):
        yield _row(description, given, {"number": number, **item})


def _row(description: Description, given: Mapping[str, Any], values: Values) -> Row:
    cells = tuple(_cell(description, one, values) for one in given["cells"])
    return Row(cells, float(given.get("height", 0)))


def _cell(description: Description, given: Any, values: Values) -> Cell:
    if not isinstance(given, Mapping):
        given = {"text": given}
    check_keys("cell", given)
    texts = given["text"] if isinstance(given["text"], list | tuple) else [given["text"]]
    looks = {"align": given.get("align", "left"), "bold": given.get("bold", False)}
    made = [_cell_para(description, one, values, looks) for one in texts]
    paras = tuple(para for para in made if para.text or para.runs) or (Para(()),)
    return Cell(paras, int(given.get("span", 1)), int(given.get("down", 1)), not given.get("top", False))


def _cell_para(description: Description, given: Any, values: Values, looks: Mapping[str, Any]) -> Para:
    """A cell that holds one field and nothing else needs no line under its value."""
    alone = FIELD.fullmatch(given) if isinstance(given, str) else None
    if alone is None:
        return _para(description, given, values, **looks)
    field = description.fields[alone[1]]
    value = values.get(alone[1])
    runs = runs_of(field, value) if field.kind in {"choices", "tick"} else (Run(text_of(field, value)),)
    return Para(tuple(run for run in runs if run.text), looks["align"])


def _chart(given: Mapping[str, Any]) -> Chart:
    check_keys("chart", given)
    series = tuple(Series(one["name"], tuple(map(_point, one["values"]))) for one in given["series"])
    kind = given.get("kind", "bar")
    return Chart(given["title"], tuple(given["categories"]), series, kind, given.get("unit", ""))


def _point(value: Any) -> float | None:
    return None if value is None else float(value)
