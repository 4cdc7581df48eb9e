"""The embedded store: one at a time, durable, gone with its parent."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from shouwang.clock import SimulatedClock
from shouwang.errors import ConfigurationError, Unavailable
from shouwang.store import Database, EmbeddedMongo, embedded, reaching, verify

from tests.shared.store.kit import DAY, change, households, stored


def is_gone(pid):
    """Tell whether a process has ended, even where nobody has taken note of its end yet."""
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z"


def test_it_starts_serves_and_stops(tmp_path):
    server = EmbeddedMongo(tmp_path / "store")
    with pytest.raises(Unavailable):
        assert server.pid
    server.start()
    pid = server.pid
    assert server.uri.startswith("mongodb://127.0.0.1:") and server.is_running()
    server.stop()
    server.stop()
    assert not server.is_running()
    assert is_gone(pid)


def test_a_second_instance_on_the_same_folder_is_refused(tmp_path):
    with EmbeddedMongo(tmp_path):
        with pytest.raises(ConfigurationError) as caught:
            EmbeddedMongo(tmp_path).start()
        assert caught.value.code == "configuration.data_in_use"
        assert f"另一个实例正在使用这个数据目录（进程 {os.getpid()}）" in caught.value.message
        assert caught.value.where == str(tmp_path)
    with EmbeddedMongo(tmp_path) as again:
        assert again.is_running()


def test_a_killed_server_loses_no_acknowledged_write(tmp_path, ring, monkeypatch):
    monkeypatch.setattr(reaching, "SELECTION_SECONDS", 1)
    server = EmbeddedMongo(tmp_path).start()
    db = Database(server.uri, "monitoring", ring, SimulatedClock(DAY))
    repo = households(db)
    acknowledged = {}
    for number in range(12):
        stored(repo, number)
        for times in range(number % 4):
            change(repo, f"H{number:04d}", f"q-{times}", events=1, category=f"c{times}")
        agg = repo.get(f"H{number:04d}")
        acknowledged[agg.id] = (agg.version, agg.state)
    os.kill(server.pid, signal.SIGKILL)
    with pytest.raises(Unavailable):
        change(repo, "H0001", category="lost")
    db.close()
    server.stop()
    with EmbeddedMongo(tmp_path) as again:
        db = Database(again.uri, "monitoring", ring, SimulatedClock(DAY))
        repo = households(db)
        assert {agg.id: (agg.version, agg.state) for agg in repo.scan()} == acknowledged
        assert sum(len(waiting.events) for waiting in db.outbox.pending()) == 18
        assert verify(db).ok
        db.close()


def test_what_cannot_start_says_why_and_lets_go_of_the_folder(tmp_path, monkeypatch):
    broken = tmp_path / embedded.PROGRAM
    broken.write_text(f"#!{sys.executable}\nraise SystemExit('disk is full')\n")
    broken.chmod(0o755)
    with monkeypatch.context() as patched:
        patched.setattr(embedded, "_program", lambda: broken)
        with pytest.raises(ConfigurationError, match="disk is full") as caught:
            EmbeddedMongo(tmp_path / "store").start()
    assert caught.value.where.endswith("server.log")
    with EmbeddedMongo(tmp_path / "store") as server:
        assert server.is_running()


def test_a_missing_program_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded.sys, "executable", str(tmp_path / "python"))
    with pytest.raises(ConfigurationError) as caught:
        EmbeddedMongo(tmp_path / "store").start()
    assert "shouwang[embedded]" in caught.value.remedy and "MONGO_URI" in caught.value.remedy


PARENT = """
    import sys
    {patching}
    from shouwang.store import EmbeddedMongo
    server = EmbeddedMongo({folder!r}).start()
    print(server.pid, flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's promise is Linux's")
@pytest.mark.parametrize("patching", ["", "import eventlet; eventlet.monkey_patch()"], ids=["plain", "green"])
def test_it_dies_with_its_parent_and_the_folder_is_free_again(tmp_path, patching):
    script = textwrap.dedent(PARENT).format(folder=str(tmp_path), patching=patching)
    parent = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    child = int(parent.stdout.readline())
    assert not is_gone(child)
    parent.kill()
    parent.wait()
    with EmbeddedMongo(tmp_path) as again:  # waits for the orphan to let go
        assert again.is_running()
        assert is_gone(child)
    parent.stdin.close()
    parent.stdout.close()
