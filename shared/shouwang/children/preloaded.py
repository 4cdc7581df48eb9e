"""Many workers of one kind: one process imports everything once and forks each of them (decision 0280).

`with preloading(MODULE):` on the service's side; `python -m shouwang.children.preloaded MODULE FD` is the
process. It forks only while it has no thread and no connection of its own, holds no plugin and no data, and
ends with its service. Where it cannot be had (no Linux, it died) workers start by themselves, as without it.
"""

from __future__ import annotations

import gc
import importlib
import logging
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType
from typing import Final

FIRST_SECONDS: Final = 60.0
STOP_SECONDS: Final = 5.0
SHORT: Final = 64
UNKNOWN: Final = "不详"
"""Exit status of a worker whose preloaded process ended before it."""
FORK_SAFE: Final = "jemalloc_bg_thd"
"""Thread of Arrow's allocator, which itself stops it before a fork and starts it again in both processes."""
TASKS: Final = Path("/proc/self/task")
Start = Callable[[Sequence[str], int], "subprocess.Popen[bytes]"]
"""Runs `python -m WORDS… FD` as a worker is run: with its environment and with this one socket."""

log = logging.getLogger(__name__)
_kept: dict[str, Preloaded] = {}


@contextmanager
def preloading(module: str) -> Iterator[None]:
    """Have the workers of a module forked while the block runs; inside another such block: that one's."""
    if module in _kept or sys.platform != "linux":
        yield
        return
    _kept[module] = made = Preloaded(module)
    try:
        yield
    finally:
        del _kept[module]
        made.stop()


def forked(module: str, theirs: socket.socket, start: Start) -> Forked | None:
    """Return a new worker that serves on `theirs`; None: nothing is preloaded, start it by itself."""
    kept = _kept.get(module)
    return kept.fork(theirs, start) if kept is not None else None


class Forked:
    """A worker that is no child of ours, held as `subprocess.Popen` holds one."""

    def __init__(self, pid: int, told: socket.socket) -> None:
        self.pid, self._told = pid, told
        self._handle = os.pidfd_open(pid)  # names this process only, also when the number is given anew
        self._status: int | str | None = None

    def __del__(self) -> None:
        os.close(self._handle)

    def poll(self) -> int | str | None:
        """Return the exit status, None while it runs."""
        ended, _, _ = select.select([self._handle], [], [], 0)
        return self._ended() if ended else None

    def wait(self, timeout: float | None = None) -> int | str:
        """Return the exit status, negative for a signal; TimeoutExpired while it runs."""
        ended, _, _ = select.select([self._handle], [], [], timeout)
        if not ended:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0.0)
        return self._ended()

    def terminate(self) -> None:
        """Ask it to end."""
        self._send(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self._send(signal.SIGKILL)

    def _send(self, number: signal.Signals) -> None:
        try:
            signal.pidfd_send_signal(self._handle, number)
        except ProcessLookupError:
            return  # it has ended: that is what was wanted

    def _ended(self) -> int | str:
        if self._status is None:
            self._told.settimeout(STOP_SECONDS)
            with self._told, suppress(OSError):
                self._status = self._told.recv(SHORT).decode()
            self._status = int(self._status) if self._status else UNKNOWN
        return self._status


class Preloaded:
    """The service's hold on the preloaded process: started with the first worker, given up when it fails."""

    def __init__(self, module: str) -> None:
        self._module, self._turn = module, threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._usable = True

    def fork(self, theirs: socket.socket, start: Start) -> Forked | None:
        """Return a worker on `theirs`; None, logged once, where this process cannot give one any more."""
        with self._turn:
            if not self._usable:
                return None
            try:
                return self._fork(theirs, start)
            except OSError as error:
                log.warning("no more workers forked of %s: %s", self._module, type(error).__name__)
                self._usable = False
                self._drop()
                return None

    def stop(self) -> None:
        """End the process; its workers are ended by who holds them."""
        with self._turn:
            self._usable = False
            self._drop()

    def _fork(self, theirs: socket.socket, start: Start) -> Forked:
        channel = self._channel or self._begin(start)
        ours, told = socket.socketpair()
        with told:
            socket.send_fds(channel, [b"."], [theirs.fileno(), told.fileno()])
        pid = channel.recv(SHORT)
        if not pid:
            raise ConnectionResetError("the preloaded process has ended")
        return Forked(int(pid), ours)

    def _begin(self, start: Start) -> socket.socket:
        self._channel, theirs = socket.socketpair()
        self._channel.settimeout(FIRST_SECONDS)
        with theirs:
            self._process = start([__name__, self._module], theirs.fileno())
        return self._channel

    def _drop(self) -> None:
        if self._channel is not None:
            self._channel.close()
        if self._process is not None:
            self._process.terminate()
            self._process.wait()
        self._channel, self._process = None, None


def main() -> None:
    """Import the module, then fork a worker for every socket that comes in, until the service closes."""
    module, channel = sys.argv[1], socket.socket(fileno=int(sys.argv[2]))
    channel.setblocking(True)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the service, which ends its workers in order
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # or NumPy starts threads when it is imported
    worker = importlib.import_module(module)
    worker.preload()
    if running := beside():
        channel.close()
        raise SystemExit(f"{module} cannot be forked: threads {running}")
    gc.collect()
    gc.freeze()  # what is there stays shared: the collector does not touch it any more
    _serve(worker, channel)


def beside() -> list[str]:
    """Return the names of the threads of this process that a fork would leave behind."""
    names = [(task / "comm").read_text().strip() for task in TASKS.iterdir() if task.name != str(os.getpid())]
    return [name for name in names if name != FORK_SAFE]


def _serve(worker: ModuleType, channel: socket.socket) -> None:
    workers: dict[int, tuple[int, int]] = {}
    while True:
        ready, _, _ = select.select([channel.fileno(), *workers], [], [])
        for handle in workers.keys() & set(ready):
            _tell(handle, *workers.pop(handle))
        if channel.fileno() not in ready:
            continue
        asked, sockets, _, _ = socket.recv_fds(channel, SHORT, 2)
        if not asked:
            return
        pid = os.fork()
        if pid == 0:
            return _work(worker, channel, sockets, workers)
        os.close(sockets[0])
        workers[os.pidfd_open(pid)] = (pid, sockets[1])
        channel.send(str(pid).encode())


def _tell(handle: int, pid: int, told: int) -> None:
    """Tell the service how a worker ended."""
    _, status = os.waitpid(pid, 0)
    with suppress(BrokenPipeError):  # nobody holds it any more
        os.write(told, str(os.waitstatus_to_exitcode(status)).encode())
    os.close(told)
    os.close(handle)


def _work(
    worker: ModuleType, channel: socket.socket, own: list[int], others: dict[int, tuple[int, int]]
) -> None:
    """Go on as a worker, without the sockets of the preloaded process and of other workers."""
    channel.close()
    for descriptor in (own[1], *(one for handle, (_, told) in others.items() for one in (handle, told))):
        os.close(descriptor)
    sys.argv[1:] = [str(own[0])]
    worker.main()


if __name__ == "__main__":
    main()
