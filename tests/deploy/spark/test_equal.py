"""Every rule of every installed department finds the same on Spark as on DuckDB: rows, columns, order."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from shouwang.department.caserunning import run as run_case
from shouwang.department.cases import Case, cases_of
from shouwang.department.declarations import Rule
from shouwang.department.expressions import Duck, schema
from shouwang.department.hits import unpacked
from shouwang.department.lake import Lake
from shouwang.department.plugin import Plugin
from shouwang.errors import BadRequest, ConfigurationError
from shouwang.service.discovery import DEPARTMENTS, named, package_folder

from deploy.bench.bulk.departments import COUNTY, MONTH
from deploy.spark.job import run, screen
from tests.deploy.spark.local import JVM

pytestmark = [pytest.mark.spark, pytest.mark.timeout(600)]
FOLDERS = {code: package_folder(entry) for code, entry in named(DEPARTMENTS).items()}
PLUGINS = {code: Plugin.load(folder) for code, folder in FOLDERS.items() if (folder / "rules.py").exists()}


def cases() -> list[Any]:
    """Return the cases of every rule: rows that officials wrote, with what must come out."""
    every = [(plugin, case) for plugin in PLUGINS.values() for case in cases_of(plugin)]
    return [
        pytest.param(plugin, case, id=f"{plugin.code}/{case.about.name}: {case.name}")
        for plugin, case in every
        if isinstance(case.about, Rule)
    ]


def hits(plugin: Plugin, engine: Any, lake: Path) -> tuple[list[dict[str, Any]], list[Any]]:
    """Return the answer of each rule, and every hit in order."""
    parts: list[dict[str, Any]] = []
    answers = run(plugin, engine, Lake(lake), MONTH, COUNTY, parts.append)
    whole = [unpacked(part) for part in parts]
    return answers, [(part["rule"], part["period"], hit) for part in whole for hit in part["hits"]]


@pytest.mark.rule("S-05")
@pytest.mark.parametrize("code", PLUGINS)
def test_a_department_finds_the_same_on_both(
    code: str, spark: Any, lakes: Path, installed: tuple[Any, list[str]], tmp_path: Path
) -> None:
    lacking = [line for line in installed[1] if line.startswith(f"{code}:")]
    assert not lacking, "no tables to compare on: add them under deploy/bench/bulk"
    plugin, duck = PLUGINS[code], Duck(tmp_path)
    answers, here = hits(plugin, duck, lakes / code)
    duck.ibis.disconnect()
    assert {answer["verdict"] for answer in answers} == {"known"}
    assert all(answer["found"] > 0 for answer in answers), "a rule that finds nothing shows nothing"
    assert hits(plugin, spark, lakes / code) == (answers, here)


@pytest.mark.rule("S-05")
@pytest.mark.parametrize(("plugin", "case"), cases())
def test_a_case_holds_on_spark(plugin: Plugin, case: Case, spark: Any) -> None:
    assert run_case(plugin, case, spark) == "", case.where


def test_the_job_writes_what_the_worker_would_send(spark: Any, lakes: Path, tmp_path: Path) -> None:
    del spark  # started: what is written in this process uses it
    plugin, duck = PLUGINS["financial_affairs"], Duck(tmp_path / "scratch")
    answers, expected = hits(plugin, duck, lakes / "financial_affairs")
    duck.ibis.disconnect()
    asked = [
        "--department",
        "financial_affairs",
        "--lake",
        str(lakes / "financial_affairs"),
        "--month",
        str(MONTH),
    ]
    settings = {**JVM, "spark.sql.warehouse.dir": str(tmp_path / "warehouse")}
    set_ = [word for name, value in settings.items() for word in ("--setting", f"{name}={value}")]
    command = [sys.executable, "-W", "ignore", "-m", "deploy.spark", *asked, "--region", COUNTY, *set_]
    subprocess.run([*command, "--out", str(tmp_path / "parquet")], check=True)
    screen(plugin, lakes / "financial_affairs", MONTH, COUNTY, tmp_path / "jsonl", "jsonl", "local[2]", {})
    lines = [json.loads(line) for line in (tmp_path / "jsonl/hits.jsonl").read_text("utf-8").splitlines()]
    assert [(one.pop("rule"), one.pop("period"), one) for one in lines] == [
        (rule, period, {"risk": _risk(plugin, rule), **hit}) for rule, period, hit in expected
    ]
    rows = pq.read_table(tmp_path / "parquet/hits.parquet").to_pylist()
    assert [(row["person"], json.loads(row["decision"])) for row in rows] == [
        (hit["person"], hit["decision"]) for _, _, hit in expected
    ]
    assert json.loads((tmp_path / "jsonl/rules.json").read_text("utf-8")) == json.loads(json.dumps(answers))
    with pytest.raises(BadRequest, match="已存在"):
        screen(
            plugin, lakes / "financial_affairs", MONTH, COUNTY, tmp_path / "jsonl", "jsonl", "local[2]", {}
        )


def test_a_file_without_a_declared_column_is_refused_and_not_read_as_empty(
    spark: Any, lakes: Path, tmp_path: Path
) -> None:
    plugin = PLUGINS["financial_affairs"]
    loans = plugin.tables["loans"]
    file = Lake(lakes / "financial_affairs").file(loans, MONTH)
    pq.write_table(pq.read_table(file).drop_columns(["overdue"]), tmp_path / "old.parquet")
    with pytest.raises(ConfigurationError, match="overdue"):
        spark.files("old", [tmp_path / "old.parquet"], schema(loans))


def _risk(plugin: Plugin, rule: str) -> str:
    return plugin.rules[rule.partition(".")[2]].risk.value
