"""A county whose water bureau keeps its tests for a year, and the rows that it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from shouwang.department import service_class
from shouwang.sealing import KeyPair, open_sealed
from shouwang.testing.suite import EmbeddedSuite

from tests.shared.department.county import JUNE, OFFICER, Assistance, County, Monitoring
from tests.shared.department.water import row, write_plugin

POLICY = """\
retention:
  water_tests:
    title: 水质检测各期的保存月数
    unit: months
    origin: county
    note: 县与水利局商定
    values:
      - {region: "430426", from: 2021-01-01, review_by: 2026-12-31, value: 12, source: 县定}
"""


@contextmanager
def keeping_a_year(folder: Path) -> Iterator[County]:
    """Run the county in a folder."""
    water = service_class(write_plugin(folder / "plugins" / "water", ("policy/retention.yaml", "", POLICY)))
    with EmbeddedSuite(folder / "var", [Monitoring, Assistance, water], day=JUNE) as suite:
        yield County(suite)
    Monitoring.heard.clear()
    Assistance.heard.clear()


def at(period: str, number: int, **changes: Any) -> dict[str, Any]:
    return row(number, 检测日期=f"{period}-10", **changes)


def refused_rows(county: County, period: str, start: int = 0) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    pair = KeyPair.generate()
    place = {"table": "water_tests", "period": period, "key": pair.public_text, "start": start}
    told = county.call(OFFICER, "rejected_rows", **place)
    return told, open_sealed(pair.private, told["sealed"])
