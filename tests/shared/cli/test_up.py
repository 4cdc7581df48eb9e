"""`shouwang up` as a process: it serves, counts what it does, refuses a second one, stops when it is told."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from shouwang.service.discovery import find
from shouwang.service.entry import entry_points

from tests.shared.cli.process import command, environment

pytestmark = pytest.mark.e2e
DEPARTMENT = "civil_affairs"
CALLS = {
    "monitoring": ("figures", "region=430426"),
    "assistance": ("figures", "region=430426"),
    "projects": ("figures", "region=430426"),
    "assets": ("figures", "region=430426"),
    "notify": ("figures", "region=430426"),
    DEPARTMENT: ("describe",),
}


@dataclass
class Up:
    """The running suite: its folder and its process."""

    folder: Path
    process: subprocess.Popen[str]

    def metrics(self) -> str:
        """Return what its door answers under /metrics."""
        url = json.loads((self.folder / "door.json").read_text(encoding="utf-8"))["url"]
        with urllib.request.urlopen(f"{url}/metrics", timeout=10) as answer:
            return str(answer.read().decode())


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    folder = tmp_path_factory.mktemp("up")
    line = [sys.executable, "-m", "shouwang.cli.main", "up", "--departments", DEPARTMENT]
    process = subprocess.Popen(line, env=environment(folder), stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("守望已启动（2021-07-05）")
        yield Up(folder, process)
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("service", CALLS)
def test_a_call_is_answered_and_counted(up: Up, service: str) -> None:
    method, *arguments = CALLS[service]
    called = command(up.folder, "call", f"{service}.{method}", *arguments)
    assert called.returncode == 0, called.stderr
    of_call = f'entrypoint="{method}",kind="rpc",outcome="ok",service="{service}"'
    counted = re.search(rf"^shouwang_entrypoint_total{{{of_call}}} (\S+)$", up.metrics(), re.M)
    assert counted is not None and float(counted[1]) == 1


@pytest.mark.parametrize("service", CALLS)
def test_what_an_alert_needs_is_shown_from_the_start(up: Up, service: str) -> None:
    shown = up.metrics()
    for name in ("workers_busy", "bus_events_published_total", "bus_relay_failing"):
        assert f'shouwang_{name}{{service="{service}"}}' in shown
    (found,) = find([service])
    for entry in entry_points(found):
        if entry.kind == "daily":
            labels = f'entrypoint="{entry.name}",kind="daily",outcome="ok",service="{service}"'
            assert f"shouwang_entrypoint_total{{{labels}}}" in shown


def test_a_department_shows_how_old_its_tables_are_and_when_it_looked(up: Up) -> None:
    shown = up.metrics()
    table = rf'{{department="{DEPARTMENT}",table="\w+"}}'
    tables = re.findall(rf"^shouwang_department_feed_stale({table}) 1\.0$", shown, re.M)
    assert tables
    for one in tables:
        looked = re.search(rf"^shouwang_department_feed_stale_set_seconds{one} (\S+)$", shown, re.M)
        assert looked is not None and float(looked[1]) > 0


def test_no_number_of_a_person_stands_in_them(up: Up) -> None:
    labels = re.findall(r"\{(.*)\}", up.metrics())
    assert labels and not any(re.search(r"\d{11}", one) for one in labels)


def test_a_second_one_on_the_same_folder_is_refused(up: Up) -> None:
    second = command(up.folder, "up")
    assert second.returncode == 1 and str(up.process.pid) in second.stderr
    assert "Traceback" not in second.stderr


def test_it_stops_when_it_is_told_to(up: Up) -> None:
    """The last of this file: the suite is gone after it."""
    up.process.send_signal(signal.SIGTERM)
    began = time.monotonic()
    assert up.process.wait(30) == 0
    assert time.monotonic() - began < 20
    assert not (up.folder / "door.json").exists()
    assert command(up.folder, "call", "monitoring.figures", "region=430426").returncode == 1


@pytest.mark.rule("K-05")
def test_up_says_how_many_figures_it_goes_without(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "shouwang.cli.main", "up", "--departments", DEPARTMENT]
    late = environment(tmp_path) | {"SHOUWANG_CLOCK": "simulated:2026-11-26"}
    process = subprocess.Popen(line, env=late, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        told = [process.stdout.readline() for _ in range(3)]
    finally:
        process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert told[2].startswith("警告：") and "2026-11-26 已过期" in told[2]
    assert "shouwang policy --unknown" in told[2]
