"""The list of what was written, by which a second run is compared with the first."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

NAME = "manifest.json"
MADE_BY = "shouwang synth"
PARTS = (
    "roster",
    "tables",
    "households.jsonl",
    "reactions.jsonl",
    "timeline.jsonl",
    "projects.jsonl",
    "truth.json",
    NAME,
)
"""Everything that a county consists of."""


def begin(folder: Path) -> None:
    """Mark a folder as a county that is not finished yet."""
    write_json(folder / NAME, {"made_by": MADE_BY, "finished": False})


def is_ours(folder: Path) -> bool:
    """Whether the folder holds a county, finished or not."""
    path = folder / NAME
    if not path.is_file():
        return False
    try:
        found = json.loads(path.read_text("utf-8"))
    except ValueError:
        return False
    return isinstance(found, dict) and found.get("made_by") == MADE_BY


def digests(folder: Path) -> list[dict[str, Any]]:
    """Return path, size and SHA-256 of every file but the manifest itself, by path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return [_digest(folder, path) for path in files]


def _digest(folder: Path, path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"path": path.relative_to(folder).as_posix(), "bytes": path.stat().st_size, "sha256": digest}


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write a JSON document for people and machines."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
