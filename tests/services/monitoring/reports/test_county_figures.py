"""A county's own figures in a running suite and in the worker beside it (K-05, decision 0292)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import REGISTRY
from shouwang.policy import CountyFigures
from shouwang.policy.gaps import lapsed
from shouwang.testing import service_actor
from shouwang.testing.suite import EmbeddedSuite

from services.monitoring.handlers.portrait import office, worker
from services.monitoring.service import Monitoring
from tests.services.monitoring.county import POLICY, County
from tests.services.monitoring.steps import COUNTY

DOCUMENT = "湘某发〔2026〕1号 二"
TEXT = f"""\
k01_indicators:
  values:
    - {{region: "43", from: 2026-07-01, review_by: 2027-06-30, renewed: true, source: {DOCUMENT}}}
k01_target:
  safe_water_rate:
    values:
      - {{region: "43", from: 2026-01-01, review_by: 2026-12-31, value: "0.98", source: {DOCUMENT}}}
"""
LINE = f"""\
monitoring_line:
  values:
    - {{region: "43", from: 2022-07-01, unknown: 其间的标准没有录入, source: {DOCUMENT}}}
    - {{region: "43", from: 2026-01-01, review_by: 2026-12-31, value: 800000, source: {DOCUMENT}}}
"""
LAPSED = "shouwang_policy_figures_lapsed"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    own = tmp_path / "figures" / "monitoring"
    own.mkdir(parents=True)
    (own / "reports.yaml").write_text(TEXT, encoding="utf-8")
    return own.parent


@pytest.fixture
def suite(tmp_path: Path, folder: Path) -> Iterator[EmbeddedSuite]:
    with EmbeddedSuite(tmp_path / "var", [Monitoring], day=date(2026, 8, 1), policy_dir=folder) as running:
        yield running


def water(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return next(row for row in rows if row["name"] == "safe_water_rate")


@pytest.mark.rule("K-05", "K-01")
def test_a_running_suite_answers_with_the_countys_figure_and_its_document(suite: EmbeddedSuite) -> None:
    found = water(suite.call(COUNTY, "monitoring", "indicators", region="430426", on="2026-08-01"))
    assert (found["target"], found["source"]) == ("0.98", DOCUMENT)
    shown = REGISTRY.get_sample_value(LAPSED, {"service": "monitoring"})
    assert shown == lapsed(POLICY, date(2026, 8, 1), "430426") - 2


@pytest.mark.rule("K-05", "M-07")
def test_the_worker_that_recomputes_has_the_same_line(county: County, folder: Path) -> None:
    (folder / "monitoring" / "monitoring.yaml").write_text(LINE, encoding="utf-8")
    ctx = replace(county.context(service_actor("monitoring")), county_figures=CountyFigures(folder, "430426"))
    beside = worker.Worker(**office.load(ctx))
    line = beside._view("430426", "2026-05-01")["monitoring_line"]
    assert (line.value, line.source) == (800000, DOCUMENT)
    alone = worker.Worker(**office.load(replace(ctx, county_figures=None)))
    assert alone._view("430426", "2026-05-01").find("monitoring_line").value is None
