"""Child processes of a run: started, waited for until they say that they are ready, ended in order."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

from shouwang.errors import Unavailable
from shouwang.store.parenthood import command_bound_to_us

READY: Final = "ready"
STOP_SECONDS: Final = 20.0


class Process:
    """One child, `python -m MODULE ARGUMENT…`: says "ready", then answers lines of JSON if it takes any."""

    def __init__(self, module: str, arguments: list[str], log: Path) -> None:
        self.module, self._log = module, log
        command = [sys.executable, "-W", "ignore", "-m", module, *arguments]
        with log.open("ab") as errors:
            self._process = subprocess.Popen(
                command_bound_to_us(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors
            )

    def wait_ready(self) -> None:
        """Wait for its first line; Unavailable with the end of its log when it died instead."""
        self._said(READY)

    def ask(self, question: dict[str, Any]) -> Any:
        """Send one line, return the answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{json.dumps(question)}\n".encode())
        self._process.stdin.flush()
        return json.loads(self._line())

    def stop(self) -> None:
        """End it in order; kill it when it does not end."""
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _said(self, wanted: str) -> None:
        if self._line().strip() != wanted:
            raise self._died()

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline().decode()
        if not line:
            raise self._died()
        return line

    def _died(self) -> Unavailable:
        tail = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-3:]
        return Unavailable(
            "测速用的子进程没有启动或中途结束：" + " / ".join(tail),
            code="bench.child",
            where=self.module,
            remedy="请按其最后几行报错处理后重新运行 make bench。",
        )


@contextmanager
def running(log: Path, *commands: tuple[str, list[str]]) -> Iterator[list[Process]]:
    """Run children side by side for the length of a block: (module, arguments) each."""
    with ExitStack() as ends:
        started = [Process(module, arguments, log) for module, arguments in commands]
        for process in started:
            ends.callback(process.stop)
        for process in started:
            process.wait_ready()
        yield started


def say_ready() -> None:
    """Tell the parent (in the child)."""
    print(READY, flush=True)
