"""A county's figures reach the worker of a plugin; what it finds names the county's document (0292)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest
from shouwang.department.child import Child
from shouwang.department.plugin import Plugin
from shouwang.department.retention import describe_kept
from shouwang.department.service import DepartmentService
from shouwang.errors import ConfigurationError
from shouwang.policy import CountyFigures
from shouwang.service.discovery import DEPARTMENTS, load_department, named
from shouwang.testing.suite import EmbeddedSuite

from deploy.spark import __main__ as spark
from tests.shared.department.test_worker import stage
from tests.shared.department.water import row, write_plugin

COUNTY = "430426"
DOCUMENT = "祁某发〔2023〕4号 二"
LINE = f"""\
turbidity_line:
  values:
    - {{region: "430426", from: 2023-01-01, review_by: 2023-12-31, value: 5, source: {DOCUMENT}}}
"""
KEPT = f"""\
retention:
  months:
    values:
      - {{region: "430426", from: 2023-01-01, review_by: 2025-12-31, value: 24, source: {DOCUMENT}}}
"""


@pytest.fixture
def figures(tmp_path: Path) -> CountyFigures:
    for name, text in (("water", LINE), ("department", KEPT)):
        (tmp_path / "county" / name).mkdir(parents=True)
        (tmp_path / "county" / name / "water.yaml").write_text(text, encoding="utf-8")
    return CountyFigures(tmp_path / "county", COUNTY)


@pytest.fixture
def worker(tmp_path: Path, figures: CountyFigures) -> Iterator[Child]:
    folder = write_plugin(tmp_path / "water")
    made = Child(folder, tmp_path / "data", COUNTY, figures=figures)
    yield made
    made.stop()


@pytest.mark.rule("K-05", "S-05")
def test_a_screening_measures_by_the_countys_figure(worker: Child, tmp_path: Path) -> None:
    for period in ("2023-04", "2023-05"):
        stage(worker, tmp_path, row(1, 浑浊度="4"), row(2, 浑浊度="6"), period=period)
    hits: list[dict[str, Any]] = []
    (answer,) = worker.screen("2023-05", lambda part: hits.extend(part["hits"]))
    assert (answer["verdict"], len(hits)) == ("known", 1), answer
    used = hits[0]["decision"]["parameters"]["turbidity_line"]
    assert (used["value"], used["source"], used["since"]) == (5, DOCUMENT, "2023-01-01")


@pytest.mark.rule("K-05")
def test_what_holds_for_every_department_the_county_sets_too(tmp_path: Path, figures: CountyFigures) -> None:
    plugin = Plugin.load(write_plugin(tmp_path / "water"), figures)
    (kept,) = describe_kept(plugin, date(2023, 6, 1), COUNTY)
    assert (kept["months"], kept["source"]) == (24, DOCUMENT)


@pytest.mark.rule("K-05")
def test_a_running_department_hands_them_to_its_worker(tmp_path: Path, figures: CountyFigures) -> None:
    (figures.folder / "water").rename(tmp_path / "not-installed")
    department = load_department(named(DEPARTMENTS)["vehicles"])
    day = date(2023, 6, 1)
    with EmbeddedSuite(tmp_path / "var", [department], day=day, policy_dir=figures.folder) as suite:
        desk = cast(type[DepartmentService], suite.runtime("vehicles").service_cls).desk
        kept = desk.child.ask("expired", on=day.isoformat())["kept"]
    assert {(one["months"], one["source"]) for one in kept} == {(24, DOCUMENT)}


@pytest.mark.rule("K-05")
def test_a_plugin_does_not_start_with_a_row_that_it_does_not_know(
    tmp_path: Path, figures: CountyFigures
) -> None:
    (figures.folder / "water" / "water.yaml").write_text(LINE.replace("_line", "_lime"), encoding="utf-8")
    made = Child(write_plugin(tmp_path / "water"), tmp_path / "data", COUNTY, figures=figures)
    try:
        with pytest.raises(ConfigurationError, match="turbidity_lime") as refused:
            made.ask("describe")
    finally:
        made.stop()
    assert refused.value.where.endswith("water/water.yaml:1") and "turbidity_line" in refused.value.remedy


@pytest.mark.rule("K-05")
def test_the_job_on_spark_takes_the_figures_of_the_county_it_screens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "figures" / "financial_affairs"
    own.mkdir(parents=True)
    (own / "loans.yaml").write_text(LINE, encoding="utf-8")
    monkeypatch.setenv("SHOUWANG_POLICY_DIR", str(own.parent))
    asked = ["--month", "2021-11", "--region", COUNTY, "--lake", "nowhere", "--out", str(tmp_path / "out")]
    assert spark.main(["--department", "financial_affairs", *asked]) == 1
    assert f"{own}/loans.yaml:1" in capsys.readouterr().err
