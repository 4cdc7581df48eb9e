"""A file of persons goes to monitoring sealed, as it is: nothing of it is written or sent in the clear."""

from __future__ import annotations

import base64
from pathlib import Path

from shouwang.cli.session import Session
from shouwang.errors import BadRequest
from shouwang.sealing import seal


def sealed_file(session: Session, file: Path) -> str:
    """Return {name, content: base64} sealed to monitoring's key; BadRequest where there is no such file."""
    content = base64.b64encode(_read(file)).decode("ascii")
    key = session.call("monitoring", "public_key")["key"]
    return seal(key, {"name": file.name, "content": content})


def _read(file: Path) -> bytes:
    if not file.is_file():
        raise BadRequest("没有这个文件", code="import.file", where=str(file), remedy="请核对路径。")
    return file.read_bytes()
