"""Writing what others must not read: for its owner only, whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from shouwang.errors import BadRequest


def write_private(path: Path, content: bytes) -> Path:
    """Write a file of mode 600; a half-written one never stands under its name."""
    if not path.parent.is_dir():
        raise BadRequest(
            "没有这个文件夹", code="files.folder", where=str(path.parent), remedy="请先建立文件夹。"
        )
    part = path.with_name(f".{path.name}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return path
