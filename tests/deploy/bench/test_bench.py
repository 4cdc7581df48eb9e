"""`make bench` with tiny sizes: all is measured, told in its form, and nothing is left. No time is judged."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.rabbit, pytest.mark.timeout(400)]

NAMES = {
    "rpc_latency_raw",
    "rpc_latency_nameko",
    "rpc_throughput_raw",
    "rpc_throughput_nameko",
    "events",
    "import",
    *("screening", "screening_seconds", "screening_memory", "tables_in", "tables_in_memory"),
    *(f"scale_{name}" for name in ("import", "memory", "recompute", "recompute_again", "what_if", "columns")),
    *(f"scale_{name}" for name in ("worklist", "household", "person")),
    *(f"scale_{name}_bare" for name in ("worklist", "household", "person")),
}
FIELDS = {"value", "unit", "peer", "peer_value", "ratio", "expected", "ok"}


def begun(out: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "deploy.bench", "--sizes", "tiny", "--out", str(out), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def left_running(out: Path) -> list[str]:
    """Command lines of processes that name the folder of the run."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = file.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:  # it has ended meanwhile
            continue
        if str(out) in line:
            found.append(line)
    return found


def test_everything_is_measured_and_nothing_is_left(tmp_path):
    run = begun(tmp_path)
    table, problems = run.communicate()
    assert run.returncode == 0, problems
    results = json.loads((tmp_path / "results.json").read_text())
    assert set(results) == NAMES
    for one in results.values():
        assert set(one) == FIELDS
        assert one["value"] > 0 and one["peer_value"] > 0
        assert one["ratio"] == pytest.approx(one["value"] / one["peer_value"], rel=1e-2)
    assert table.count("\n") == len(NAMES) + 2, "a line for each, a heading, a summary"
    assert left_running(tmp_path) == []
    assert {path.name for path in tmp_path.iterdir()} == {"results.json", "machine.json"}


def test_a_run_that_is_ended_leaves_nothing_either(tmp_path):
    run = begun(tmp_path, "--only", "rpc")
    assert run.stderr is not None
    while "measuring rpc" not in run.stderr.readline():
        assert run.poll() is None
    run.send_signal(signal.SIGTERM)
    run.communicate()
    assert run.returncode == 128 + signal.SIGTERM
    assert left_running(tmp_path) == []
    assert list(tmp_path.iterdir()) == []
