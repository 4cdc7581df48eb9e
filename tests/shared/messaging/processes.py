"""Worker processes that a test starts, listens to and kills."""

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import eventlet
from eventlet.green import subprocess

from tests.shared.messaging.kit import Witness

SECONDS = 90.0


class Worker:
    """One process of `worker.py`; `told` holds what it said."""

    def __init__(self, role: str, **options: Any) -> None:
        command = [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "tests.shared.messaging.worker",
            role,
            json.dumps(options),
        ]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.told = Witness()
        self._listener = eventlet.spawn(self._listen)

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def wait_said(self, what: str, count: int = 1, seconds: float = SECONDS) -> list[dict[str, Any]]:
        """Wait until it has said this so often."""
        self.told.wait_for(lambda _: len(self.said(what)) >= count, seconds)
        return self.said(what)

    def said(self, what: str) -> list[dict[str, Any]]:
        return [line for line in self.told.seen if line["what"] == what]

    def tell(self, line: str) -> None:
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        """End it as the kernel would when memory runs out: no goodbye."""
        if self.alive:
            os.kill(self.process.pid, signal.SIGKILL)
        self.wait_end()

    def wait_end(self) -> int:
        """Wait until it has ended by itself; return its exit code."""
        self._listener.wait()
        code: int = self.process.wait(SECONDS)
        return code

    def _listen(self) -> None:
        for line in self.process.stdout:
            self.told.note(json.loads(line))


@contextmanager
def workers() -> Iterator[Any]:
    """Give a function that starts workers; all are ended with the block."""
    started: list[Worker] = []

    def start(role: str, **options: Any) -> Worker:
        started.append(Worker(role, **options))
        return started[-1]

    try:
        yield start
    finally:
        for each in started:
            each.kill()
