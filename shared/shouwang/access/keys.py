"""Key files of the issuer and the verifier: PEM, the private one readable by its owner only (mode 600)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from shouwang.access.tokens import Issuer, Verifier
from shouwang.errors import ConfigurationError

PRIVATE: Final = "issuer.pem"
PUBLIC: Final = "verifier.pem"


def generate_issuer(folder: Path) -> Issuer:
    """Make a new pair in `folder` and return its issuer; an existing private key is never overwritten."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    write_new_private(folder / PRIVATE, private)
    (folder / PUBLIC).write_bytes(
        key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    return Issuer(key)


def load_issuer(path: Path) -> Issuer:
    """Read the private key; ConfigurationError when missing, readable by others or not Ed25519."""
    require_private(path)
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except ValueError:
        raise _not_a_key(path) from None
    if not isinstance(key, Ed25519PrivateKey):
        raise _not_a_key(path)
    return Issuer(key)


def load_verifier(path: Path, service: str) -> Verifier:
    """Read the verifier's public key; ConfigurationError when it is missing or no Ed25519 key."""
    _require_file(path)
    try:
        key = load_pem_public_key(path.read_bytes())
    except ValueError:
        raise _not_a_key(path) from None
    if not isinstance(key, Ed25519PublicKey):
        raise _not_a_key(path)
    return Verifier(key, service)


def write_new_private(path: Path, content: bytes) -> None:
    """Write a new file that only its owner can read; FileExistsError when it is there already."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def require_private(path: Path) -> None:
    """Refuse a secret that is missing or that others can read."""
    _require_file(path)
    if path.stat().st_mode & 0o077:
        raise ConfigurationError(
            "密钥文件可被他人读取",
            code="configuration.key_mode",
            where=str(path),
            remedy=f"请执行 chmod 600 {path}。",
        )


def _require_file(path: Path) -> None:
    if not path.is_file():
        raise ConfigurationError(
            "没有密钥文件",
            code="configuration.key_missing",
            where=str(path),
            remedy="内置模式首次 shouwang up 会自动生成；正式部署请用 shouwang token keys 生成并分发。",
        )


def _not_a_key(path: Path) -> ConfigurationError:
    return ConfigurationError(
        "不是 Ed25519 密钥文件（PEM）",
        code="configuration.key_malformed",
        where=str(path),
        remedy="请核对文件。",
    )
