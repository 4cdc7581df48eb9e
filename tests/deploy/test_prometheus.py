"""Prometheus: it takes its files, watches everything that runs, and its alerts fire when they should."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from prometheus_client import REGISTRY
from shouwang.department import metrics as of_departments
from shouwang.messaging import metrics as of_the_bus
from shouwang.service import figures as of_figures
from shouwang.service.discovery import DEPARTMENTS, SERVICES, named
from shouwang.telemetry import metrics as telemetry
from shouwang.telemetry.states import WHEN

from deploy.tools.compose import METRICS_PORT, PROMETHEUS, ROOT, TARGETS
from deploy.tools.plain_yaml import load
from services.assistance import metrics as of_assistance
from services.monitoring import metrics as of_monitoring

HOME = ROOT / "deploy" / "prometheus"
CASES = sorted((ROOT / "tests" / "deploy").glob("alerts.*.test.yml"))
ALERTS: list[dict[str, Any]] = [
    rule
    for group in load((HOME / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
]
METRIC = re.compile(r"\bshouwang_\w+")
LABEL = re.compile(r'(\w+)\s*(?:=~|!~|!=|=)\s*"')
OF_THE_TARGET = {"job", "instance", "unit", "unit_kind"}


def promtool(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run promtool."""
    return subprocess.run(["promtool", *arguments], cwd=cwd, check=False, capture_output=True, text=True)


def jobs() -> dict[str, dict[str, Any]]:
    """Return what Prometheus scrapes, by job."""
    found = load(PROMETHEUS.read_text(encoding="utf-8"))["scrape_configs"]
    return {job["job_name"]: job for job in found}


def metrics() -> dict[str, set[str]]:
    """Return every metric that the suite's own code exposes, with its labels."""
    of_departments.show_missing("d", "r", 0)
    of_departments.show_age("d", "t", 0, False)
    of_departments.count_unknown("d", "r", "x")
    of_monitoring.show_overdue(0)
    of_monitoring.show_warnings({"unhandled": 0})
    of_monitoring.count_comparison("d", True)
    of_assistance.count_refused_announcement("d")
    of_assistance.show_overdue(0, 0)
    telemetry.ENTRYPOINTS.labels("s", "e", "rpc", "ok")
    telemetry.POLICY_UNKNOWN.labels("p")
    of_figures.LAPSED.labels("s")
    of_the_bus.PUBLISHED.labels("s")
    of_the_bus.HANDLED.labels("q", "handled")
    of_the_bus.LATE.labels("s")
    of_the_bus.FAILING.labels("s")
    samples = (sample for family in REGISTRY.collect() for sample in family.samples)
    found: dict[str, set[str]] = {}
    for sample in samples:
        found.setdefault(sample.name, set()).update(sample.labels)
    return found


def test_the_configuration_is_one(tmp_path: Path) -> None:
    shutil.copytree(HOME, tmp_path / "prometheus")
    config = tmp_path / "prometheus" / "prometheus.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("/etc/prometheus", str(config.parent)), encoding="utf-8")
    checked = promtool("check", "config", str(config))
    assert checked.returncode == 0, checked.stderr


def test_the_alerts_are_rules() -> None:
    checked = promtool("check", "rules", "--lint=all", "--lint-fatal", str(HOME / "alerts.yml"))
    assert checked.returncode == 0, checked.stderr


def test_the_alerts_fire_when_they_should_and_only_then() -> None:
    checked = promtool("test", "rules", *map(str, CASES))
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert["alert"])
def test_every_alert_has_a_case_in_which_it_fires(alert: dict[str, Any]) -> None:
    tests = [test for path in CASES for test in load(path.read_text(encoding="utf-8"))["tests"]]
    tried = [one for test in tests for one in test["alert_rule_test"] if one["alertname"] == alert["alert"]]
    assert any(one["exp_alerts"] for one in tried)


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert["alert"])
def test_every_alert_says_how_urgent_it_is_and_what_happened(alert: dict[str, Any]) -> None:
    assert alert["labels"]["severity"] in {"critical", "warning"}
    assert re.search(r"[\u4e00-\u9fff]", alert["annotations"]["summary"])


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert["alert"])
def test_an_alert_uses_only_metrics_and_labels_that_exist(alert: dict[str, Any]) -> None:
    known = metrics()
    for name in METRIC.findall(alert["expr"]):
        assert name in known, f"{alert['alert']}: no metric {name}"
        for selector in re.findall(name + r"\{([^}]*)\}", alert["expr"]):
            assert set(LABEL.findall(selector)) <= known[name] | OF_THE_TARGET


def test_no_metric_has_a_label_of_the_target() -> None:
    """Prometheus would rename it (exported_…), and every alert that asks for it would be silent."""
    assert not OF_THE_TARGET & set().union(*metrics().values())


@pytest.mark.parametrize("alert", ALERTS, ids=lambda alert: alert["alert"])
def test_of_several_replicas_the_number_that_was_set_last_stands(alert: dict[str, Any]) -> None:
    states = {name.removesuffix(WHEN) for name in metrics() if name.endswith(WHEN)}
    used = set(METRIC.findall(alert["expr"]))
    assert {name + WHEN for name in used & states} <= used


def test_every_service_and_department_is_watched() -> None:
    watched = {
        target: group["labels"]["unit_kind"]
        for group in load(TARGETS.read_text(encoding="utf-8"))
        for target in group["targets"]
    }
    wanted = dict.fromkeys(named(SERVICES), "service") | dict.fromkeys(named(DEPARTMENTS), "department")
    assert watched == {f"{name}:{METRICS_PORT}": kind for name, kind in wanted.items()}


def test_every_replica_is_found_by_the_name_of_its_service() -> None:
    (asked,) = jobs()["shouwang"]["dns_sd_configs"]
    assert (asked["type"], asked["port"]) == ("A", METRICS_PORT)
    assert asked["names"] == [*named(SERVICES), *named(DEPARTMENTS)]


def test_the_broker_is_watched_queue_by_queue() -> None:
    assert list(jobs()) == ["shouwang", "presence", "rabbitmq", "rabbitmq-queues"]
    assert "queue_coarse_metrics" in jobs()["rabbitmq-queues"]["params"]["family"]
    assert "rabbitmq_prometheus" in (ROOT / "deploy/rabbitmq/enabled_plugins").read_text(encoding="utf-8")
