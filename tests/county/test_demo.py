"""The demo as a person runs it: one village lives the year, and a second run tells the same figures."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

KEYS = {
    "households",
    "persons",
    "rows_imported",
    "rows_rejected",
    "clues",
    "cases_opened",
    "identified",
    "refused",
    "objections_raised",
    "objections_upheld",
    "measures",
    "risks_removed",
    "removals_refused",
    "projects_in_library",
    "assets_registered",
    "income_fen",
    "distributed_fen",
    "kept_funds_fen",
    "notices_published",
    "messages_sent",
    "truth",
    "violations",
    "seconds",
    "peak_rss_mb",
}
MEASURED = {"seconds", "peak_rss_mb"}
VILLAGE = ["--size", "village", "--households", "260"]


def demo(folder: Path) -> tuple[dict, str]:
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SHOUWANG_", "AMQP", "MONGO"))
    }
    command = [sys.executable, "-m", "shouwang.cli.main", "demo", "--folder", str(folder), *VILLAGE]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return json.loads((folder / "summary.json").read_text(encoding="utf-8")), done.stdout


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    return demo(tmp_path_factory.mktemp("first"))


@pytest.mark.e2e
@pytest.mark.timeout(600)
def test_the_year_is_lived_to_its_end_without_a_violation(first):
    summary, said = first
    assert set(summary) >= KEYS
    assert summary["violations"] == 0, summary["violation_list"]
    assert sum(summary["identified"].values()) > 0
    assert summary["projects_in_library"] > 0
    assert summary["income_fen"] == summary["distributed_fen"] + summary["kept_funds_fen"] > 0
    assert "湘委乡振组发〔2021〕1号" in said


@pytest.mark.e2e
@pytest.mark.timeout(600)
def test_what_is_found_and_missed_is_what_the_truth_says(first):
    truth = first[0]["truth"]
    assert truth["planted"] == truth["found"] + truth["missed"]
    assert truth["missed_by_reason"].get("unexplained", 0) == 0, truth["missed_events"]


@pytest.mark.e2e
@pytest.mark.timeout(600)
def test_a_second_run_gives_the_same_figures(first, tmp_path):
    again, _ = demo(tmp_path)
    assert {k: v for k, v in again.items() if k not in MEASURED} == {
        k: v for k, v in first[0].items() if k not in MEASURED
    }


@pytest.mark.e2e
def test_nobody_is_named_in_what_the_demo_prints(first):
    summary, said = first
    assert "430499" not in said + json.dumps(summary)
