"""The outbox folder: one file a message, for whatever carries messages to people in this county.

The file's name is the message's id, so a message that is written again is the same file (N-03: once each).
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from shouwang.service import Context


def folder_of(ctx: Context) -> Path:
    """Return the folder of this installation, made when missing."""
    folder: Path = ctx.var_dir / "outbox"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def write(folder: Path, message_id: str, message: dict[str, Any]) -> Path:
    """Write one message whole or not at all; return its file."""
    target = folder / f"{message_id}.json"
    draft = target.with_suffix(".part")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(message, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)
    return target
