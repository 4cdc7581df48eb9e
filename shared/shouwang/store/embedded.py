"""The embedded store: a MongoDB-compatible server (SecantusDB) as a child process on loopback.

It is an optional extra under its own licence: started as a program, never imported. For a demo, a training
room, a developer and the tests; a county runs MongoDB.
"""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Final

from pymongo import MongoClient
from pymongo.errors import ConnectionFailure

from shouwang.errors import ConfigurationError, Unavailable
from shouwang.store.parenthood import command_bound_to_us
from shouwang.store.reaching import Document

PROGRAM: Final = "secantusd-py"
START_SECONDS: Final = 30
STOP_SECONDS: Final = 10
POLL_SECONDS: Final = 0.02
ATTEMPTS: Final = 3  # another process may take the free port first
LAST_LINES: Final = 5
LOOPBACK: Final = "127.0.0.1"


class EmbeddedMongo:
    """A private server on the data folder `path`: one at a time, gone when this process is gone.

    Start it from the main thread (the kernel ends a child with the thread that started it). sync: a commit is
    acknowledged only when it is on the disk; without it a killed server may lose its last moments.
    """

    def __init__(self, path: Path | str, *, sync: bool = True) -> None:
        self.path, self._sync = Path(path), sync
        self.uri = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: IO[str] | None = None

    @property
    def pid(self) -> int:
        """The process id of the server."""
        if self._process is None:
            raise Unavailable(
                "内置数据库没有启动",
                code="store.not_started",
                where=str(self.path),
                remedy="请先调用 start()，并看日志中它为何没有启动。",
            )
        return self._process.pid

    def start(self) -> EmbeddedMongo:
        """Start it and wait until it answers; ConfigurationError when the folder is in use or it cannot."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._lock = _locked(self.path)
        try:
            self._start_on_free_port()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Stop it, orderly if it will, and let go of the folder. May be called twice."""
        if self._process is not None:
            _end(self._process)
            self._process = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def is_running(self) -> bool:
        """Tell whether the server process lives."""
        return self._process is not None and self._process.poll() is None

    def __enter__(self) -> EmbeddedMongo:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _start_on_free_port(self) -> None:
        for _ in range(ATTEMPTS):
            port = _free_port()
            self._process = self._spawn(port)
            if _answers(self._process, port):
                self.uri = f"mongodb://{LOOPBACK}:{port}/?retryWrites=false&w=majority&journal=true"
                return
            _end(self._process)
        raise self._failed()

    def _spawn(self, port: int) -> subprocess.Popen[bytes]:
        assert self._lock is not None
        with (self.path / "server.log").open("ab") as log:
            # The server inherits the lock: the folder stays taken until it has really let go of its files.
            return subprocess.Popen(
                command_bound_to_us(_command(port, self.path / "data", self._sync)),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                pass_fds=[self._lock.fileno()],
            )

    def _failed(self) -> ConfigurationError:
        log = self.path / "server.log"
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:]
        return ConfigurationError(
            "内置数据库启动失败：" + " / ".join(lines),
            code="configuration.store",
            where=str(log),
            remedy="请查看该日志；磁盘已满或目录损坏的，请换一个数据目录或从备份恢复。",
        )


def _command(port: int, data: Path, sync: bool) -> list[str]:
    options = ["--storage-path", str(data), *(["--sync-on-commit"] if sync else []), "--cache-size", "256M"]
    limits = ["--oplog-max-entries", "10000", "--log-level", "WARNING"]
    return [str(_program()), "--host", LOOPBACK, "--port", str(port), *options, *limits]


def _program() -> Path:
    program = Path(sys.executable).parent / PROGRAM
    if not program.is_file():
        raise ConfigurationError(
            "没有安装内置数据库",
            code="configuration.store",
            where=str(program),
            remedy="请执行 pip install 'shouwang[embedded]'，或用 MONGO_URI 指向已有的 MongoDB。",
        )
    return program


def _locked(path: Path) -> IO[str]:
    lock = (path / "lock").open("a+", encoding="ascii")
    deadline = time.monotonic() + STOP_SECONDS
    while not _try_lock(lock):
        holder = _holder(lock)
        # A server whose parent was killed is on its way out: it is waited for.
        if _lives(holder) or time.monotonic() > deadline:
            lock.close()
            raise _in_use(path, holder)
        time.sleep(POLL_SECONDS)
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
    return lock


def _try_lock(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(lock: IO[str]) -> int:
    lock.seek(0)
    text = lock.read().strip()
    return int(text) if text.isdigit() else 0


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _in_use(path: Path, holder: int) -> ConfigurationError:
    return ConfigurationError(
        f"另一个实例正在使用这个数据目录（进程 {holder}）",
        code="configuration.data_in_use",
        where=str(path),
        remedy="请先停止它，或用另一个数据目录启动。",
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    # It listens before it can serve, or be ended: ready is who answers a command.
    return _listens(process, port) and _serves(port) and process.poll() is None


def _listens(process: subprocess.Popen[bytes], port: int) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection((LOOPBACK, port), timeout=1).close()
        except OSError:
            time.sleep(POLL_SECONDS)
        else:
            return True
    return False


def _serves(port: int) -> bool:
    with MongoClient[Document](LOOPBACK, port, serverSelectionTimeoutMS=START_SECONDS * 1000) as client:
        try:
            client.admin.command("ping")
        except ConnectionFailure:
            return False
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
