"""Sealing to a receiver's public key (X25519 sealed box): only the receiver can open, nobody shares a key."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, field
from typing import Any

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from shouwang.errors import BadRequest

KEY_BYTES = 32


@dataclass(frozen=True)
class KeyPair:
    """A sealing pair of raw 32-byte keys; the private one never shows in a repr."""

    private: bytes = field(repr=False)
    public: bytes

    @classmethod
    def generate(cls) -> KeyPair:
        """Make a new pair."""
        return cls.from_private(bytes(PrivateKey.generate()))

    @classmethod
    def from_private(cls, private: bytes | str) -> KeyPair:
        """Build the pair that belongs to a private key (raw or base64)."""
        raw = _key(private)
        return cls(raw, bytes(PrivateKey(raw).public_key))

    @property
    def public_text(self) -> str:
        """The public key as base64, the form in which it is announced."""
        return base64.b64encode(self.public).decode("ascii")


def seal(public_key: bytes | str, obj: Any) -> str:
    """Seal a JSON value to a public key (raw or base64); returns base64 text."""
    plain = json.dumps(obj, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    return base64.b64encode(SealedBox(PublicKey(_key(public_key))).encrypt(plain)).decode("ascii")


def open_sealed(private_key: bytes | str, text: str) -> Any:
    """Open what was sealed to us; BadRequest `sealing.cannot_open` when it was not, or was altered."""
    box = SealedBox(PrivateKey(_key(private_key)))
    try:
        plain = box.decrypt(base64.b64decode(text, validate=True))
    except (CryptoError, binascii.Error, ValueError) as error:
        raise BadRequest(
            "密封内容打不开：不是封给本方公钥的，或已被改动。",
            code="sealing.cannot_open",
            remedy="请发送方取得本方当前公钥后重新密封。",
        ) from error
    return json.loads(plain)


def _key(key: bytes | str) -> bytes:
    try:
        raw = base64.b64decode(key, validate=True) if isinstance(key, str) else bytes(key)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != KEY_BYTES:
        raise BadRequest(
            "密钥应为 32 字节（或其 base64 文本）。",
            code="sealing.key",
            remedy="请核对密钥文件是否完整；没有的，重新生成一份并分发公钥。",
        )
    return raw
