"""Waiting for SIGTERM or SIGINT on green threads, woken at once (a pipe, not a poll)."""

from __future__ import annotations

import os
import signal
from typing import Any

from eventlet.hubs import trampoline
from eventlet.timeout import Timeout


class StopSignal:
    """Made once, in the main thread of a process that serves."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()
        os.set_blocking(self._write, False)
        self.received = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._note)
        signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)

    def send(self) -> None:
        """Wake who waits."""
        self.received = True
        os.write(self._write, b"\0")

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for a signal or `send()`; False when `seconds` are over first."""
        while not self.received:
            with Timeout(seconds, False):
                trampoline(self._read, read=True)
                os.read(self._read, 64)
                continue
            return False
        return True

    def _note(self, number: int, frame: Any) -> None:
        del number, frame
        self.received = True
