"""One suite per folder: a second one is refused, and told who is there."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO

from shouwang.errors import ConfigurationError


class FolderLock:
    """Holds a folder as long as the process lives; the system lets go of it whatever happens."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Take the folder; ConfigurationError `suite.running` when another process holds it."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a+", encoding="ascii")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise self._refusal(file) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._file = file

    def probe(self) -> None:
        """Refuse early, before anything is loaded, where another process holds the folder."""
        self.take()
        self.release()

    def release(self) -> None:
        """Let go of the folder."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _refusal(self, file: IO[str]) -> ConfigurationError:
        pid = file.read().strip() or "未知"
        file.close()
        return ConfigurationError(
            f"该数据目录已有一套服务在运行（进程 {pid}）",
            code="suite.running",
            where=str(self._path.parent),
            remedy="请先停止它，或用 SHOUWANG_VAR_DIR 另选目录。",
        )
