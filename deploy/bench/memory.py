"""How much memory processes hold together at most, looked at from beside while they work."""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Final

EVERY: Final = 0.1
KB_A_MB: Final = 1024


class Memory(AbstractContextManager["Memory"]):
    """Watches for the length of a block. `megabytes`: the largest sum seen; shared pages count once."""

    def __init__(self, pids: list[int]) -> None:
        self._pids, self._ended, self.megabytes = pids, threading.Event(), 0.0
        self._watching = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        self._watching.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._watching.join()

    def _watch(self) -> None:
        while True:
            self.megabytes = max(self.megabytes, sum(map(_held, self._pids)))
            if self._ended.wait(EVERY):
                return


def _held(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / KB_A_MB
