"""The suite as a process of its own, as `make up` starts it: started, waited for, measured, stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

from shouwang.cli.session import door_url
from shouwang.errors import Unavailable
from shouwang.settings import Settings

from deploy.demo.year import DEPARTMENTS

STARTING = 60.0
STOPPING = 30.0
KIB_A_MIB = 1024
KEPT = ("SHOUWANG_POLICY_DIR",)


class SuiteProcess:
    """`shouwang up` on a folder and a simulated day; peak_rss_mb adds up the process and its children."""

    def __init__(self, folder: Path, day: date) -> None:
        self.folder, self._day = folder, day
        env = {name: value for name, value in os.environ.items() if not name.startswith("SHOUWANG_")}
        self.env = env | {"SHOUWANG_VAR_DIR": str(folder), "SHOUWANG_DOOR_PORT": "0"} | _kept()
        self._process: subprocess.Popen[bytes] | None = None
        self._peaks: dict[int, int] = {}

    def start(self) -> Settings:
        """Start and wait until the door is open; Unavailable with the last lines of the log."""
        self.folder.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "shouwang.cli.main", "up", "--day", self._day.isoformat()]
        command += ["--departments", ",".join(DEPARTMENTS)]
        with (self.folder / "up.txt").open("wb") as output:
            self._process = subprocess.Popen(command, env=self.env, stdout=output, stderr=output)
        settings = self._settings()
        self._wait_for_door(settings)
        return settings

    def stop(self) -> None:
        """Ask it to stop and wait."""
        if self._process is None:
            return
        self.measure()
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(STOPPING)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def measure(self) -> None:
        """Note the peak of every process of the suite so far."""
        if self._process is not None:
            for pid in _family(self._process.pid):
                self._peaks[pid] = max(self._peaks.get(pid, 0), _peak_kib(pid))

    @property
    def peak_rss_mb(self) -> int:
        """Sum of the peaks of the suite's processes and of this one, in MiB."""
        return (sum(self._peaks.values()) + _peak_kib(os.getpid())) // KIB_A_MIB

    def _settings(self) -> Settings:
        base = Settings.from_env()
        keys = self.folder / "keys"
        return replace(base, var_dir=self.folder, keys_dir=keys, token_file=self.folder / "door.token")

    def _wait_for_door(self, settings: Settings) -> None:
        assert self._process is not None
        deadline = time.monotonic() + STARTING
        while self._process.poll() is None and time.monotonic() < deadline:
            try:
                door_url(settings)
            except Unavailable:
                time.sleep(0.05)  # the door has no other way to say that it is open
            else:
                return
        said = (self.folder / "up.txt").read_text(encoding="utf-8", errors="replace")
        self.stop()
        raise Unavailable(
            "服务没有启动", code="demo.not_started", where=str(self.folder), remedy=f"输出：{said[-2000:]}"
        )


@contextmanager
def running(folder: Path, day: date) -> Iterator[tuple[SuiteProcess, Settings]]:
    """Run the suite for the length of a block."""
    process = SuiteProcess(folder, day)
    try:
        yield process, process.start()
    finally:
        process.stop()


def _kept() -> dict[str, str]:
    """Return what the demo takes over from outside: whose figures it lives by."""
    return {name: os.environ[name] for name in KEPT if name in os.environ}


def _family(pid: int) -> list[int]:
    """Return the process and all its descendants (Linux; elsewhere the process alone)."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        for tasks in Path(f"/proc/{one}/task").glob("*/children"):
            waiting += [int(child) for child in _read(tasks).split()]
    return found


def _peak_kib(pid: int) -> int:
    """Return VmHWM; 0 for a process that is gone or where /proc does not exist."""
    for line in _read(Path(f"/proc/{pid}/status")).splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return 0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return ""
