"""Figures of a report: each says how it was counted; one that nobody knows is None and is printed 不详.

A figure is {id, label, value, unit, how, source}: value a whole number, a decimal text or None.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

Json = dict[str, Any]
UNKNOWN: Final = "不详"
HUNDRED: Final = 100
TENTH: Final = Decimal("0.1")


def figure(id: str, label: str, value: int | str | None, unit: str, how: str, source: str = "本系统") -> Json:
    """Return one figure."""
    return {"id": id, "label": label, "value": value, "unit": unit, "how": how, "source": source}


def rate(id: str, label: str, part: int | None, whole: int | None, how: str) -> Json:
    """Return a share in per cent, to one decimal; None when a side is unknown or the whole is zero."""
    return figure(id, label, percent(part, whole), "%", how)


def percent(part: int | None, whole: int | None) -> str | None:
    """Return "66.7" of 2 and 3."""
    if part is None or not whole:
        return None
    return str((Decimal(part) * HUNDRED / whole).quantize(TENTH, ROUND_HALF_UP))


def percent_of(ratio: str) -> str:
    """Return "7.3" of "0.0734"."""
    return str((Decimal(ratio) * HUNDRED).quantize(TENTH, ROUND_HALF_UP))


def told(found: Mapping[str, Any]) -> str:
    """Return "12户", "66.7%" or "不详"."""
    return said(found["value"], found["unit"])


def said(value: Any, unit: str) -> str:
    """Return a value with its unit; None is 不详."""
    if value is None:
        return UNKNOWN
    return f"{value:,}{unit}" if isinstance(value, int) else f"{value}{unit}"


def shown(value: Any) -> str:
    """Return the value of a cell."""
    return said(value, "")


def median(values: list[int]) -> int | None:
    """Return the middle value (the lower one of two); None of none."""
    return sorted(values)[(len(values) - 1) // 2] if values else None


def section(
    heading: str, *sentences: str, tables: list[Json] | None = None, charts: list[Json] | None = None
) -> Json:
    """Return one section of a report."""
    return {
        "heading": heading,
        "said": [one for one in sentences if one],
        "tables": tables or [],
        "charts": charts or [],
    }


def table(title: str, header: list[str], rows: list[list[Any]], widths: list[int] | None = None) -> Json:
    """Return a table; None in a cell is 不详."""
    return {
        "title": title,
        "header": header,
        "rows": [[shown(cell) for cell in row] for row in rows],
        "widths": widths or [1] * len(header),
    }


def bars(
    title: str, unit: str, categories: list[str], series: Mapping[str, list[Any]], kind: str = "bar"
) -> Json:
    """Return a chart."""
    drawn = [{"name": name, "values": values} for name, values in series.items()]
    return {"title": title, "unit": unit, "kind": kind, "categories": categories, "series": drawn}
