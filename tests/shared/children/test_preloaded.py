"""Workers that are forked: like those that start by themselves, and apart from one another."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from shouwang.children import preloaded
from shouwang.children.preloaded import UNKNOWN, Forked, preloading
from shouwang.department.child import WORKER, Child
from shouwang.errors import Unavailable

from tests.shared.department.water import write_plugin

LOOK = """\
import os
import sys

assert not {name for name in os.environ if "URI" in name or "SHOUWANG" in name}, "addresses and passwords"
assert not {"eventlet", "nameko", "pymongo"} & set(sys.modules), "neither broker nor store nor green threads"
held = {name.partition(".")[0] for name in sys.modules if name.startswith("shouwang_plugin_")}
assert held == {"shouwang_plugin_OWN"}, "a department sees only itself"
sockets = [one for one in os.listdir("/proc/self/fd") if int(one) > 2]
assert sum("socket" in os.readlink(f"/proc/self/fd/{one}") for one in sockets if
           os.path.lexists(f"/proc/self/fd/{one}")) == 1, "its own channel and no other's"
from ibis import _
"""
DIES = "    import os\n    os._exit(3)\n    worst ="


@pytest.fixture(scope="module")
def preload() -> Iterator[None]:
    """Have workers forked of one process for all tests that leave it alive."""
    with pytest.MonkeyPatch.context() as patch, preloading(WORKER):
        patch.setenv("AMQP_URI", "amqp://user:secret@broker")
        yield


@pytest.fixture
def children(tmp_path: Path, preload: None) -> Iterator[list[Child]]:
    """Return two departments."""
    made = [
        Child(_plugin(tmp_path, code), tmp_path / f"{code}-data", "430426") for code in ("water", "wells")
    ]
    yield made
    for one in made:
        one.stop()


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> Iterator[preloaded.Preloaded]:
    """Have workers of this test forked of a process of its own."""
    monkeypatch.setattr(preloaded, "_kept", {})
    with preloading(WORKER):
        yield preloaded._kept[WORKER]


def _plugin(folder: Path, code: str) -> Path:
    look = ("rules.py", "from ibis import _\n", LOOK.replace("OWN", code))
    named = ("department.yaml", "code: water", f"code: {code}")
    return write_plugin(folder / code, look, named)


def held(child: Child) -> Forked:
    """Return the hold on a worker that was forked."""
    assert isinstance(child._process, Forked)
    return child._process


def mother(child: Child) -> int:
    """Return the process that a worker comes from."""
    return int(Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()[1])


def test_departments_come_from_one_process_and_see_only_themselves(children: list[Child]) -> None:
    assert [child.ask("describe")["code"] for child in children] == ["water", "wells"]
    first, second = map(mother, children)
    assert first == second != os.getpid()


def test_it_is_held_like_a_process_of_ours(children: list[Child]) -> None:
    child = children[0]
    child.ask("describe")
    worker = held(child)
    assert worker.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        worker.wait(0.01)
    child.stop()
    assert (worker.poll(), worker.wait(), child.pid) == (-signal.SIGTERM, -signal.SIGTERM, None)
    worker.kill()


def test_a_killed_worker_starts_again_and_the_others_go_on(children: list[Child]) -> None:
    pids = [child.ask("describe") and child.pid for child in children]
    held(children[0]).kill()
    assert held(children[0]).wait(5) == -signal.SIGKILL
    assert [child.ask("describe")["code"] for child in children] == ["water", "wells"]
    assert children[0].pid != pids[0]
    assert children[1].pid == pids[1]


def test_how_it_ended_is_told(children: list[Child], tmp_path: Path) -> None:
    odd = Child(
        write_plugin(tmp_path / "odd", ("rules.py", "    worst =", DIES)), tmp_path / "odd-data", "430426"
    )
    with pytest.raises(Unavailable, match="退出码 3") as told:
        odd.ask("describe")
    assert told.value.code == "department.worker_died"


def test_without_the_process_workers_start_by_themselves(
    children: list[Child], own: preloaded.Preloaded, caplog: pytest.LogCaptureFixture
) -> None:
    kept, other = children
    kept.ask("describe")
    os.kill(mother(kept), signal.SIGKILL)
    assert kept.ask("describe")["code"] == "water", "who was forked before goes on"
    with caplog.at_level(logging.WARNING):
        assert other.ask("describe")["code"] == "wells"
    assert "no more workers forked" in caplog.text
    assert mother(other) == os.getpid()
    worker = held(kept)
    kept.stop()
    assert worker.poll() == UNKNOWN, "nobody is left who knows"


def test_it_ends_with_the_block_and_an_inner_block_is_part_of_the_outer(
    children: list[Child], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preloaded, "_kept", {})
    with preloading(WORKER):
        with preloading(WORKER):
            children[0].ask("describe")
        process = preloaded._kept[WORKER]._process
        assert process is not None
        assert process.poll() is None
    assert process.poll() is not None
    assert preloaded._kept == {}


def test_a_module_with_a_thread_of_its_own_is_not_forked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = "import threading\n\ndef preload():\n    threading.Thread(target=threading.Event().wait).start()\n"
    (tmp_path / "busy_worker.py").write_text(
        busy + "\nif __name__ == '__main__':\n    raise SystemExit(7)\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    with preloading("busy_worker"):
        child = Child(tmp_path, tmp_path, "430426")
        child._module = "busy_worker"
        with pytest.raises(Unavailable, match="退出码 7"):
            child.ask("describe")


def test_the_fork_of_departments_leaves_no_thread_behind() -> None:
    look = f"import {WORKER} as worker; from shouwang.children.preloaded import beside"
    look += "; worker.preload(); print(beside())"
    env = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    said = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, env=env, check=True)
    assert said.stdout == "[]\n"
