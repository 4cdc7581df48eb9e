"""Runs the tests in lanes side by side, so that the waiting of one is the work of another: `make test`.

Each lane is a pytest of its own with a broker and a store of its own. What a lane says goes to
var/test/LANE.log and, when it has ended, to the terminal; the exit status is 0 only if every lane's is. A run
that is stopped stops its lanes. Every folder of tests stands in one lane (tests/guards/test_lanes.py).
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

LANES: Final[Mapping[str, tuple[str, ...]]] = {
    "county": ("tests/county", "tests/deploy", "tests/slices"),
    "shared": ("tests/shared", "tests/guards"),
    "services": ("tests/services", "tests/departments", "tests/mutants"),
}
LOGS: Final = Path("var/test")
EVERY: Final = 1.0
"""Seconds between two looks at which lanes have ended."""


def main() -> int:
    """Start every lane, show each when it has ended; 1 when one failed."""
    LOGS.mkdir(parents=True, exist_ok=True)
    running = {lane: _start(lane) for lane in LANES}
    print(f"测试分 {len(running)} 路并行，各路输出见 {LOGS}/*.log", flush=True)
    try:
        failed = _until_ended(running)
    finally:
        for process in running.values():
            process.terminate()
    print(f"未通过：{'、'.join(failed)}" if failed else "各路测试全部通过", flush=True)
    return 1 if failed else 0


def _until_ended(running: dict[str, subprocess.Popen[bytes]]) -> list[str]:
    """Show each lane when it has ended and take it out of `running`; return those that failed."""
    failed: list[str] = []
    while running:
        for lane in [one for one, process in running.items() if process.poll() is not None]:
            _show(lane)
            if running.pop(lane).returncode != 0:
                failed.append(lane)
        time.sleep(EVERY)
    return failed


def _start(lane: str) -> subprocess.Popen[bytes]:
    with _log(lane).open("wb") as log:
        command = [sys.executable, "-m", "pytest", "--durations=20", *LANES[lane]]
        return subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)


def _log(lane: str) -> Path:
    return LOGS / f"{lane}.log"


def _show(lane: str) -> None:
    print(f"──── {lane}: {' '.join(LANES[lane])}", flush=True)
    print(_log(lane).read_text(encoding="utf-8", errors="replace"), flush=True)


if __name__ == "__main__":
    sys.exit(main())
