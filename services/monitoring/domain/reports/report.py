"""A report from its counts: figures, sections and the paper, all from the same data (D-02, K-01)."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType
from typing import Any, Final

from shouwang.documents.spoken import chinese_date

from services.monitoring.domain.reports import monthly, periods, quarterly, yearly
from services.monitoring.domain.reports.figures import Json, told

KINDS: Final[dict[str, ModuleType]] = {"monthly": monthly, "quarterly": quarterly, "yearly": yearly}
NAMES: Final = {
    "monthly": "防止返贫监测数据比对报告",
    "quarterly": "防止返贫监测和帮扶分析报告",
    "yearly": "防止返贫监测和帮扶年度考核报告",
}


def made(kind: str, region: str, period: str, counts: Mapping[str, Any]) -> Json:
    """Return the data of a report: {kind, region, period, from, to, as_of, place, figures, sections}."""
    days = periods.window(kind, period)
    figures = KINDS[kind].figures(counts)
    return {
        "kind": kind,
        "region": region,
        "period": period,
        "from": days.start.isoformat(),
        "to": days.end.isoformat(),
        "as_of": counts["as_of"],
        "place": counts["place"],
        "figures": list(figures.values()),
        "sections": KINDS[kind].sections(counts, figures),
    }


def paper(data: Mapping[str, Any], closed_on: str | None) -> Json:
    """Return the description of the report as a document; nothing in it was counted anew."""
    body: list[Json] = [{"line": {"text": _line(data, closed_on), "align": "center"}}, {"gap": 2}]
    for one in data["sections"]:
        body += _section(one)
    body += _annex(data["figures"])
    body += [{"gap": 6}, {"line": {"text": f"{data['place']}乡村振兴局（盖章）", "align": "right"}}]
    body += [{"line": {"text": chinese_date(closed_on or data["as_of"]), "align": "right", "space": 2}}]
    title = f"{data['place']}{periods.said(data['kind'], data['period'])}{NAMES[data['kind']]}"
    return {
        "form": data["kind"],
        "title": title,
        "source": "湘委乡振组发〔2021〕1号 五(四)",
        "foot": f"{periods.TITLES[data['kind']]}　{data['region']}　{data['period']}",
        "size": 12,
        "fields": {},
        "body": body,
    }


def _line(data: Mapping[str, Any], closed_on: str | None) -> str:
    days = f"统计期 {data['from']} 至 {data['to']}，数据截至 {data['as_of']}"
    return f"（{days}，{closed_on} 封存）" if closed_on else f"（{days}，未封存）"


def _section(one: Mapping[str, Any]) -> list[Json]:
    found: list[Json] = [{"heading": one["heading"]}, {"text": list(one["said"])}]
    for table in one["tables"]:
        found += [
            {"line": {"text": table["title"], "align": "center", "bold": True, "space": 2}},
            {"table": _table(table)},
        ]
    for chart in one["charts"]:
        found += [{"gap": 1}, {"chart": chart}]
    return found


def _table(table: Mapping[str, Any]) -> Json:
    head = [{"text": one, "align": "center", "bold": True} for one in table["header"]]
    sides = [
        "left" if max(map(len, cells)) > LONG else "center" for cells in zip(*table["rows"], strict=True)
    ]
    rows = [
        [{"text": cell, "align": side} for cell, side in zip(row, sides, strict=True)]
        for row in table["rows"]
    ]
    return {
        "widths": table["widths"],
        "header": 1,
        "size": 10,
        "rows": [{"cells": head}, *({"cells": row} for row in rows)],
    }


LONG: Final = 14
"""Characters from which a column reads better from the left."""


def _annex(figures: list[Json]) -> list[Json]:
    """Every figure with how it was counted and who gave it."""
    rows = [[one["label"], told(one), one["how"], one["source"]] for one in figures]
    table = {
        "header": ["数字", "数值", "统计口径", "来源"],
        "rows": rows,
        "widths": [5, 2, 8, 2],
        "title": "附表 统计口径",
    }
    return _section({"heading": "附：统计口径", "said": [], "tables": [table], "charts": []})
