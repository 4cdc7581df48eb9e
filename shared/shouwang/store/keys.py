"""The key ring of one service: data, blind and MAC keys in generations, and the sealing pair.

A folder of small files, one key each (`data-1.key`, `mac-1.key`, …), which only their owner can read. New
writes take the newest generation; older ones stay for reading until `rotate` has rewritten everything.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import os
import re
from pathlib import Path
from typing import Final, Literal

from shouwang.access.keys import require_private, write_new_private
from shouwang.errors import ConfigurationError
from shouwang.sealing import KeyPair

Purpose = Literal["data", "blind", "mac"]
PURPOSES: Final[tuple[Purpose, ...]] = ("data", "blind", "mac")
SEALING: Final = "sealing"
KEY_BYTES: Final = 32
MOST_GENERATIONS: Final = 255  # the generation is one byte of a ciphertext
_FILE = re.compile(r"(data|blind|mac|sealing)-(\d{1,3})\.key")


class KeyRing:
    """Keys by purpose and generation. Nothing of it shows in a repr, a log or an error."""

    def __init__(self, path: Path, keys: dict[tuple[str, int], bytes]) -> None:
        self.path = path
        self._keys = keys
        self._newest = {purpose: self._newest_of(purpose) for purpose in (*PURPOSES, SEALING)}

    def __repr__(self) -> str:
        return f"KeyRing({str(self.path)!r})"

    @classmethod
    def generate(cls, path: Path | str) -> KeyRing:
        """Make new keys in the folder `path` (files of mode 600); never overwrites existing ones."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if any(folder.glob("*-*.key")):
            raise _refused(folder, "目录里已有密钥，不能覆盖", "请另选空目录，或用 KeyRing.from_dir 读取。")
        for purpose in (*PURPOSES, SEALING):
            _write_key(folder, purpose, 1)
        return cls.from_dir(folder)

    @classmethod
    def from_dir(cls, path: Path | str) -> KeyRing:
        """Read the keys of the folder `path`.

        ConfigurationError when one is missing, malformed or readable by others.
        """
        folder = Path(path)
        if not folder.is_dir():
            raise _refused(folder, "没有密钥目录", "首次启动时会生成；已有数据的，请从备份恢复密钥目录。")
        return cls(folder, {_number(file): _read_key(file) for file in sorted(folder.glob("*-*.key"))})

    @classmethod
    def ensure(cls, path: Path | str) -> KeyRing:
        """Read the keys of `path`, or make them where the folder is missing or empty (embedded mode)."""
        folder = Path(path)
        return cls.from_dir(folder) if folder.is_dir() and any(folder.iterdir()) else cls.generate(folder)

    @property
    def sealing(self) -> KeyPair:
        """The pair with which others seal personal data to this service."""
        return KeyPair.from_private(self.key(SEALING, self.newest(SEALING)))

    def newest(self, purpose: str) -> int:
        """Return the generation that new writes take."""
        return self._newest[purpose]

    def generations(self, purpose: str) -> list[int]:
        """Return every generation present, newest first."""
        return sorted((number for kind, number in self._keys if kind == purpose), reverse=True)

    def key(self, purpose: str, generation: int) -> bytes:
        """Return one key; ConfigurationError when the ring lacks it."""
        key = self._keys.get((purpose, generation))
        if key is None:
            remedy = "数据是用另一代密钥写的，请从备份恢复该文件；在全部改写之前不要删除旧密钥。"
            raise _refused(self.path / f"{purpose}-{generation}.key", "缺少密钥", remedy)
        return key

    def rotate(self, purpose: Purpose) -> KeyRing:
        """Add a new generation and return the ring that uses it; then `rotate(repo)` rewrites the data."""
        number = self.newest(purpose) + 1
        if number > MOST_GENERATIONS:
            raise _refused(self.path, f"密钥最多 {MOST_GENERATIONS} 代", "请先删除不再使用的旧密钥。")
        _write_key(self.path, purpose, number)
        return KeyRing.from_dir(self.path)

    def mac(self, message: bytes, generation: int | None = None) -> str:
        """Return the hex HMAC-SHA256 of `message` under a MAC key (the newest one by default)."""
        return hmac.digest(self.key("mac", generation or self.newest("mac")), message, "sha256").hex()

    def blind(self, name: str, value: str, generation: int | None = None) -> str:
        """Return the blind index of a value: equal text for equal values of one `name`, and nothing more."""
        number = generation or self.newest("blind")
        message = f"{name}\0{value.strip().upper()}".encode()
        return f"{number}:{hmac.digest(self.key('blind', number), message, 'sha256')[:16].hex()}"

    def blinds(self, name: str, value: str) -> list[str]:
        """Return the blind index under every generation, newest first, for a lookup while keys rotate."""
        return [self.blind(name, value, number) for number in self.generations("blind")]

    def fingerprints(self) -> dict[str, str]:
        """Return a one-way print of every key, by which a database knows its ring."""
        return {
            f"{purpose}-{number}": hmac.digest(key, b"shouwang fingerprint", "sha256").hex()[:16]
            for (purpose, number), key in self._keys.items()
        }

    def _newest_of(self, purpose: str) -> int:
        found = self.generations(purpose)
        if not found:
            raise _refused(self.path / f"{purpose}-1.key", "缺少密钥", "请从备份恢复整个密钥目录。")
        return found[0]


def _number(file: Path) -> tuple[str, int]:
    match = _FILE.fullmatch(file.name)
    if match is None:
        raise _refused(file, "密钥文件名不认识", "应为 data|blind|mac|sealing-<代>.key，请移走无关文件。")
    return match[1], int(match[2])


def _read_key(file: Path) -> bytes:
    require_private(file)
    purpose, number = _number(file)
    words = file.read_text(encoding="ascii", errors="replace").split()
    if len(words) != 4 or words[:3] != ["shouwang", purpose, str(number)]:
        raise _refused(file, "不是这个用途或这一代的密钥文件", "文件可能被改名或弄混，请从备份恢复。")
    return _decoded(file, words[3])


def _decoded(file: Path, text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise _refused(file, f"密钥应为 {KEY_BYTES} 字节", "文件已损坏，请从备份恢复。")
    return key


def _write_key(folder: Path, purpose: str, number: int) -> None:
    text = base64.b64encode(os.urandom(KEY_BYTES)).decode("ascii")
    write_new_private(
        folder / f"{purpose}-{number}.key", f"shouwang {purpose} {number} {text}\n".encode("ascii")
    )


def _refused(path: Path, message: str, remedy: str) -> ConfigurationError:
    return ConfigurationError(message, code="configuration.keys", where=str(path), remedy=remedy)
