"""A service's side of a worker process: started at the first question, kept, started again after a crash.

Speaks over a socket pair with the standard library only: under eventlet's monkey patching the socket is green
and the hub goes on while the worker computes; without it this is an ordinary blocking client.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from shouwang.children.preloaded import Forked, forked
from shouwang.errors import ShouwangError, Unavailable

START_SECONDS: Final = 60.0
ANSWER_SECONDS: Final = 600.0
STOP_SECONDS: Final = 5.0
CHUNK: Final = 1 << 18
PASSED: Final = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR")
PACKAGES: Final = Path(__file__).resolve().parents[2]
"""The folder that `shouwang` is imported from; a worker finds everything else where its service did."""

Part = Callable[[Any], None]


class Child:
    """One worker process. One question at a time; others wait in the order they came.

    module: what runs, `python -m MODULE FD`, with `serving.serve`; forked where it is preloaded. load:
    arguments of its first request. owner: first part of the error codes, "department" →
    `department.worker_died`.
    """

    def __init__(self, module: str, load: dict[str, Any], owner: str) -> None:
        self._module, self._load, self._owner = module, load, owner
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | Forked | None = None
        self._channel: socket.socket | None = None
        self._rest = b""

    @property
    def pid(self) -> int | None:
        """Process id while it runs."""
        return self._process.pid if self._process is not None else None

    def ask(
        self, do: str, *, on_part: Part | None = None, seconds: float = ANSWER_SECONDS, **args: Any
    ) -> Any:
        """Ask one question and return the result; parts go to `on_part` as they come.

        The worker's own refusals are raised as they are. Unavailable `….worker_died`,
        `….worker_timeout`: the process is gone and starts anew with the next question.
        """
        with self._turn:
            self._ensure()
            return self._exchange({"do": do, "args": args}, on_part or self._no_parts, seconds)

    def stop(self) -> None:
        """End the process; safe to call twice."""
        with self._turn:
            self._drop()

    def _ensure(self) -> None:
        if self._process is not None and self._process.poll() is None:
            return
        self._drop()
        self._start()
        self._exchange({"do": "load", "args": self._load}, self._no_parts, START_SECONDS)

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = forked(self._module, theirs, _run) or _run([self._module], theirs.fileno())
        self._channel, self._rest = ours, b""

    def _exchange(self, request: dict[str, Any], on_part: Part, seconds: float) -> Any:
        try:
            message = self._message(request, on_part, seconds)
        except TimeoutError as error:
            self._drop()
            text = f"计算进程 {seconds:.0f} 秒内没有答复，已结束它。"
            raise self._unavailable("worker_timeout", text) from error
        except OSError as error:
            raise self._died() from error
        except BaseException:
            self._drop()  # half an answer is still on its way: the next question must not read it
            raise
        if "error" in message:
            raise ShouwangError.from_dict(message["error"])
        return message["result"]

    def _message(self, request: dict[str, Any], on_part: Part, seconds: float) -> dict[str, Any]:
        assert self._channel is not None
        self._channel.settimeout(seconds)
        self._channel.sendall(f"{json.dumps(request, ensure_ascii=False)}\n".encode())
        while True:
            message: dict[str, Any] = json.loads(self._line())
            if "part" not in message:
                return message
            on_part(message["part"])

    def _line(self) -> bytes:
        assert self._channel is not None
        pieces = [self._rest]
        while b"\n" not in pieces[-1]:
            received = self._channel.recv(CHUNK)
            if not received:
                raise ConnectionResetError("worker closed its end")
            pieces.append(received)
        line, _, self._rest = b"".join(pieces).partition(b"\n")
        return line

    def _died(self) -> Unavailable:
        status = self._process.wait(STOP_SECONDS) if self._process is not None else None
        self._drop()
        return self._unavailable("worker_died", f"计算进程意外结束（退出码 {status}）。")

    def _no_parts(self, part: Any) -> None:
        raise self._unavailable("worker_protocol", f"计算进程送来意外的内容：{sorted(part)}。")

    def _unavailable(self, code: str, message: str) -> Unavailable:
        remedy = "下一次请求会重新启动它；反复出现时请查看日志（部门的，并查看插件代码）。"
        return Unavailable(message, code=f"{self._owner}.{code}", remedy=remedy)

    def _drop(self) -> None:
        if self._channel is not None:
            self._channel.close()
        if self._process is not None:
            self._end(self._process)
        self._process, self._channel, self._rest = None, None, b""

    def _end(self, process: subprocess.Popen[bytes] | Forked) -> None:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _run(words: Sequence[str], descriptor: int) -> subprocess.Popen[bytes]:
    """Start `python -m WORDS… FD`, which inherits this one socket."""
    command = [sys.executable, "-m", *words, str(descriptor)]
    passed = [descriptor]  # made inheritable by Popen
    return subprocess.Popen(command, pass_fds=passed, stdin=subprocess.DEVNULL, env=_environment())


def _environment() -> dict[str, str]:
    """Only what Python needs: the worker may run a plugin's code, which gets no address and no password."""
    kept = {name: value for name, value in os.environ.items() if name in PASSED or name.startswith("PYTHON")}
    path = [entry for entry in sys.path if entry]
    return {**kept, "PYTHONPATH": os.pathsep.join([str(PACKAGES), *path])}
