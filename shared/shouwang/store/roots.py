"""Daily roots, kept outside the database: what stood where on which day.

A folder for each database: `roots.jsonl`, one line a day, each with the MAC of the line before; and the heads
(collection, id, entries, MAC) that the newest root was computed over. Copy the folder to another machine:
what is altered in the database and here alike is found only there.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from shouwang.store.canonical import canonical
from shouwang.store.reaching import reaching
from shouwang.store.reads import COLLECTION as READS
from shouwang.store.report import Report

if TYPE_CHECKING:
    from shouwang.store.database import Database
    from shouwang.store.keys import KeyRing

ROOTS: Final = "roots.jsonl"
HeadKey = tuple[str, str]
Heads = dict[HeadKey, tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Root:
    """The newest root: its day, and the heads it vouches for. The read log stands in it by series."""

    on: str
    heads: Heads


def daily_root(db: Database, path: Path | str) -> Path:
    """Write today's root under `path`/<database name>/ and return that folder."""
    folder = Path(path) / db.name
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    heads = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in _heads(db)).encode()
    line = _line(db, folder, heads)
    _replace(folder / line["heads"], gzip.compress(heads, 6, mtime=0))
    _append(folder / ROOTS, json.dumps(line, ensure_ascii=False, sort_keys=True))
    for old in folder.glob("heads-*.gz"):
        if old.name != line["heads"]:
            old.unlink()
    return folder


def read_root(db: Database, path: Path | str, report: Report) -> Root | None:
    """Return the newest root or None; what is wrong with the folder goes to the report."""
    folder = Path(path) / db.name
    lines = _lines(folder)
    if not lines:
        report.add("root.missing", ROOTS, db.name, "没有找到每日根，无法发现被删除或退回旧版的对象")
        return None
    _check_lines(db.keys, lines, report)
    heads = _read_heads(folder, lines[-1], report)
    return None if heads is None else Root(lines[-1]["on"], heads)


def _heads(db: Database) -> Iterator[list[Any]]:
    for name in sorted(db.repositories):
        collection = db.repositories[name].collection
        with reaching(name):
            for doc in collection.find({}, {"head": 1}).sort("_id", 1):
                yield [name, doc["_id"], doc["head"]["seq"], doc["head"]["mac"]]
    yield from _series(db)


def _series(db: Database) -> Iterator[list[Any]]:
    newest: dict[str, int] = {}
    with reaching(READS):
        for line in db.collection(READS).find({}, {"writer": 1, "n": 1}):
            newest[line["writer"]] = max(newest.get(line["writer"], 0), line["n"])
    yield from ([READS, writer, number, ""] for writer, number in sorted(newest.items()))


def _line(db: Database, folder: Path, heads: bytes) -> dict[str, Any]:
    lines = _lines(folder)
    body = {
        "n": len(lines) + 1,
        "database": db.name,
        "on": db.clock.today().isoformat(),
        "at": db.clock.now().isoformat(timespec="milliseconds"),
        "count": heads.count(b"\n"),
        "root": hashlib.sha256(heads).hexdigest(),
        "heads": f"heads-{len(lines) + 1:06d}.jsonl.gz",
        "prev": lines[-1]["mac"] if lines else "",
        "key": db.keys.newest("mac"),
    }
    return {**body, "mac": _mac(db.keys, body)}


def _mac(keys: KeyRing, line: dict[str, Any]) -> str:
    body = {name: value for name, value in line.items() if name != "mac"}
    return keys.mac(canonical(["root", body]), line.get("key"))


def _lines(folder: Path) -> list[dict[str, Any]]:
    file = folder / ROOTS
    if not file.is_file():
        return []
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]


def _check_lines(keys: KeyRing, lines: list[dict[str, Any]], report: Report) -> None:
    previous = ""
    for number, line in enumerate(lines, start=1):
        if line.get("n") != number or line.get("prev") != previous or line.get("mac") != _mac(keys, line):
            report.add("root.altered", ROOTS, str(number), f"第 {number} 个每日根被改动，或前后接不上")
        previous = str(line.get("mac", ""))


def _read_heads(folder: Path, line: dict[str, Any], report: Report) -> Heads | None:
    file = folder / str(line["heads"])
    if not file.is_file():
        report.add("root.heads_missing", ROOTS, file.name, "每日根所依据的清单不在了")
        return None
    content = gzip.decompress(file.read_bytes())
    if hashlib.sha256(content).hexdigest() != line["root"]:
        report.add("root.heads_altered", ROOTS, file.name, "每日根所依据的清单被改动")
        return None
    rows = (json.loads(row) for row in content.decode().splitlines())
    return {(name, agg_id): (seq, mac) for name, agg_id, seq, mac in rows}


def _replace(file: Path, content: bytes) -> None:
    waiting = file.with_suffix(".tmp")
    with waiting.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    waiting.replace(file)


def _append(file: Path, line: str) -> None:
    with file.open("a", encoding="utf-8") as out:
        out.write(line + "\n")
        out.flush()
        os.fsync(out.fileno())
