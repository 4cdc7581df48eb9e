"""Writing what others must not read: for its owner only, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from shouwang.errors import BadRequest


def write_private(path: Path, content: bytes) -> Path:
    """Write a file of mode 600; a half-written one never stands under its name."""
    if not path.parent.is_dir():
        raise BadRequest(
            "没有这个文件夹", code="files.folder", where=str(path.parent), remedy="请先建立文件夹。"
        )
    handle, part = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 600, a name of its own
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    return path
