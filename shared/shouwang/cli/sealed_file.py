"""A file of persons goes to its service sealed: nothing of it is written or sent in the clear."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from shouwang.cli.arguments import key_values
from shouwang.cli.session import Session
from shouwang.errors import BadRequest
from shouwang.sealing import seal


def sealed_file(session: Session, file: Path) -> str:
    """Return {name, content: base64} sealed to monitoring's key; BadRequest where there is no such file."""
    content = base64.b64encode(_read(file)).decode("ascii")
    key = session.call("monitoring", "public_key")["key"]
    return seal(key, {"name": file.name, "content": content})


def sealed_arguments(session: Session, service: str, given: Sequence[str]) -> dict[str, str]:
    """Return "name=file.json" as {name: content sealed to the key of the service}; BadRequest: no JSON."""
    files = {name: _json(Path(str(file))) for name, file in key_values(list(given)).items()}
    if not files:
        return {}
    key = _key(session, service)
    return {name: seal(key, content) for name, content in files.items()}


def _key(session: Session, service: str) -> str:
    from shouwang.service.discovery import DEPARTMENTS, named  # noqa: PLC0415 - seldom needed

    if service in named(DEPARTMENTS):
        return str(session.call(service, "describe")["public_key"])
    return str(session.call(service, "public_key")["key"])


def _json(file: Path) -> Any:
    try:
        return json.loads(_read(file))
    except ValueError as error:
        raise BadRequest(
            f"这个文件不是 JSON：{error}", code="cli.argument", where=str(file), remedy="请核对引号和逗号。"
        ) from error


def _read(file: Path) -> bytes:
    if not file.is_file():
        raise BadRequest("没有这个文件", code="import.file", where=str(file), remedy="请核对路径。")
    return file.read_bytes()
