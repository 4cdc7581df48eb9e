"""The columnar snapshot of the registry: an encrypted Parquet file a village, in the service's own folder.

`<folder>/<town>/<village>.sealed`: form (1), generation of the data key (1), nonce (12), Parquet under
AES-256-GCM, bound to its village (docs/decisions/0170). A file is replaced whole by one rename. It holds
codes and figures by household number, no name and no ID number, and can be rebuilt from the documents at any
time. Only the worker process imports this: no table engine in a service.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from shouwang.errors import Tampered
from shouwang.store import KeyRing

FORM: Final = 1
HEADER: Final = 2
NONCE: Final = 12
TOWN_DIGITS: Final = 9
ENDING: Final = ".sealed"
SEEN: Final = "seen.json"
_KEY: Final = b"shouwang monitoring snapshot"
Stamp = tuple[int, int]


class SnapshotFiles:
    """The files of one service; rows have the schema they are made with."""

    def __init__(self, folder: Path, keys: KeyRing, schema: pa.Schema) -> None:
        self._folder, self._keys, self._schema = folder, keys, schema
        self._kept: dict[str, tuple[Stamp, pa.Table]] = {}
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def villages(self, region: str) -> list[str]:
        """Return the villages of a region that have a file, in order."""
        found = self._folder.glob(f"{region[:TOWN_DIGITS]}*/{region}*{ENDING}")
        return sorted(path.name.removesuffix(ENDING) for path in found)

    def has(self, village: str) -> bool:
        """Tell whether a village has a file."""
        return self._path(village).exists()

    def read(self, village: str) -> pa.Table | None:
        """Return the rows of a village, None without a file; kept in memory while the file is the same."""
        path = self._path(village)
        try:
            stamp = _stamp(path)
        except FileNotFoundError:
            self._kept.pop(village, None)
            return None
        known = self._kept.get(village)
        if known is None or known[0] != stamp:
            known = self._kept[village] = stamp, self._opened(village, path.read_bytes())
        return known[1]

    def table(self, region: str) -> pa.Table:
        """Return all rows of a region."""
        tables = [table for village in self.villages(region) if (table := self.read(village)) is not None]
        return pa.concat_tables(tables) if tables else self._schema.empty_table()

    def write(self, village: str, rows: Sequence[dict[str, Any]]) -> None:
        """Replace the rows of a village."""
        table = pa.Table.from_pylist(list(rows), schema=self._schema)
        sink = pa.BufferOutputStream()
        pq.write_table(table, sink, compression="zstd")
        path = self._path(village)
        path.parent.mkdir(exist_ok=True, mode=0o700)
        _replace(path, self._sealed(village, sink.getvalue().to_pybytes()))

    def remove(self, village: str) -> None:
        """Forget a village that has no households any more."""
        self._path(village).unlink(missing_ok=True)

    def marks(self) -> dict[str, str]:
        """Return up to when the changes of each town are in; a town that was never built is absent."""
        path = self._folder / SEEN
        marks: dict[str, str] = json.loads(path.read_text(encoding="ascii")) if path.exists() else {}
        return marks

    def seen(self, region: str) -> str | None:
        """Return up to when the changes of all towns of a region are in; None when none was ever built."""
        marks = self.marks().items()
        return min((at for town, at in marks if town.startswith(region[:TOWN_DIGITS])), default=None)

    def mark(self, towns: Iterable[str], at: str) -> None:
        """Note that the changes of these towns up to a time are in."""
        _replace(self._folder / SEEN, json.dumps({**self.marks(), **dict.fromkeys(towns, at)}).encode())

    def _path(self, village: str) -> Path:
        return self._folder / village[:TOWN_DIGITS] / f"{village}{ENDING}"

    def _sealed(self, village: str, plain: bytes) -> bytes:
        generation, nonce = self._keys.newest("data"), os.urandom(NONCE)
        return (
            bytes((FORM, generation)) + nonce + self._box(generation).encrypt(nonce, plain, _about(village))
        )

    def _opened(self, village: str, sealed: bytes) -> pa.Table:
        nonce, body = sealed[HEADER : HEADER + NONCE], sealed[HEADER + NONCE :]
        try:
            plain = self._box(sealed[1]).decrypt(nonce, body, _about(village))
        except (InvalidTag, IndexError, ValueError):
            raise _altered(village) from None
        return pq.read_table(pa.BufferReader(plain))

    def _box(self, generation: int) -> AESGCM:
        return AESGCM(hmac.digest(self._keys.key("data", generation), _KEY, "sha256"))


def in_batches(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    """Yield the items so many at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _about(village: str) -> bytes:
    return f"snapshot\0{village}".encode()


def _stamp(path: Path) -> Stamp:
    found = path.stat()
    return found.st_mtime_ns, found.st_size


def _replace(path: Path, content: bytes) -> None:
    new = path.with_name(f"{path.name}.{os.getpid()}.new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    new.rename(path)


def _altered(village: str) -> Tampered:
    return Tampered(
        "登记簿快照打不开：内容被改动，或密钥不是写入时的那一把",
        code="snapshot.cannot_open",
        where=village,
        remedy="请删除该村的快照文件后重新生成：shouwang snapshot refresh --region 村码。",
    )
