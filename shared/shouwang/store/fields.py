"""Encryption per field: AES-256-GCM, random nonce, the field's path as associated data.

Each aggregate has its own key, derived from the data key with the aggregate's kind and id: a ciphertext moved
to another field or another aggregate does not open, and no key meets enough nonces to fear a collision.
A ciphertext is bytes: form (1), generation of the data key (1), nonce (12), ciphertext with tag.
"""

from __future__ import annotations

import hmac
import json
import os
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shouwang.errors import Tampered
from shouwang.store.canonical import canonical
from shouwang.store.keys import KeyRing
from shouwang.store.paths import Node
from shouwang.store.personal import ID_LENGTH, is_personal_key, refuse_id_number, refuse_key

FORM: Final = 1
NONCE: Final = 12
HEADER: Final = 2


class FieldBox:
    """Seals and opens the fields of one aggregate."""

    __slots__ = ("_boxes", "_context", "_header", "_keys", "_newest", "where")

    def __init__(self, keys: KeyRing, kind: str, agg_id: str) -> None:
        self.where = f"{kind}/{agg_id}"
        self._keys, self._context = keys, f"field\0{kind}\0{agg_id}".encode()
        self._newest = keys.newest("data")
        self._header = bytes((FORM, self._newest))
        self._boxes: dict[int, AESGCM] = {}

    def seal(self, path: str, value: Any) -> bytes:
        """Return the ciphertext of a JSON value at `path`."""
        nonce = os.urandom(NONCE)
        sealed = self._box(self._newest).encrypt(nonce, canonical(value), path.encode())
        return self._header + nonce + sealed

    def open(self, path: str, sealed: bytes) -> Any:
        """Return the value; Tampered when it was altered, moved, or written under another key."""
        if len(sealed) <= HEADER + NONCE or sealed[0] != FORM:
            raise self._tampered(path)
        nonce, body = sealed[HEADER : HEADER + NONCE], sealed[HEADER + NONCE :]
        try:
            plain = self._box(sealed[1]).decrypt(nonce, body, path.encode())
        except InvalidTag:
            raise self._tampered(path) from None
        return json.loads(plain.decode())

    def is_stale(self, sealed: bytes) -> bool:
        """Tell whether an older data key wrote this."""
        return sealed[:HEADER] != self._header

    def _box(self, generation: int) -> AESGCM:
        box = self._boxes.get(generation)
        if box is None:
            key = hmac.digest(self._keys.key("data", generation), self._context, "sha256")
            box = self._boxes[generation] = AESGCM(key)
        return box

    def _tampered(self, path: str) -> Tampered:
        return Tampered(
            "加密字段打不开：内容被改动，或密钥不是写入时的那一把",
            code="store.cannot_open",
            where=f"{self.where} {path}",
            remedy="先核对密钥目录是否属于这个数据库，再用 shouwang verify 查明改动。",
        )


def seal_state(state: dict[str, Any], node: Node, box: FieldBox) -> dict[str, Any]:
    """Return a copy fit for storing: declared fields sealed, anything personal in clear refused."""
    return _seal_dict(state, node, box, "")


def _seal_dict(value: dict[str, Any], node: Node, box: FieldBox, prefix: str) -> dict[str, Any]:
    return {key: _seal_item(key, item, node.at(key), box, prefix + key) for key, item in value.items()}


def _seal_item(key: str, item: Any, node: Node, box: FieldBox, path: str) -> Any:
    if item is None:
        return None
    if node.encrypted:
        return box.seal(path, item)
    if is_personal_key(key) and not node.public:
        raise refuse_key(f"{box.where} {path}")
    return _seal_value(item, node, box, path)


def _seal_value(item: Any, node: Node, box: FieldBox, path: str) -> Any:
    if isinstance(item, dict):
        return _seal_dict(item, node, box, f"{path}.")
    if isinstance(item, list | tuple):
        return _seal_list(item, node.element(), box, path)
    if isinstance(item, str) and len(item) >= ID_LENGTH:
        refuse_id_number(item, f"{box.where} {path}")
    return item


def _seal_list(items: list[Any] | tuple[Any, ...], node: Node, box: FieldBox, path: str) -> list[Any]:
    if node.encrypted:
        return [None if item is None else box.seal(f"{path}.{i}", item) for i, item in enumerate(items)]
    return [_seal_value(item, node, box, f"{path}.{i}") for i, item in enumerate(items)]


def open_state(value: Any, box: FieldBox, path: str = "") -> Any:
    """Return the plain value, opening every ciphertext in place; patterns are not needed to read."""
    if isinstance(value, dict):
        prefix = f"{path}." if path else ""
        for key, item in value.items():
            if isinstance(item, dict | list | bytes):
                value[key] = open_state(item, box, prefix + key)
        return value
    if isinstance(value, list):
        return [open_state(item, box, f"{path}.{i}") for i, item in enumerate(value)]
    return box.open(path, value) if isinstance(value, bytes) else value


def reseal(value: Any, box: FieldBox, path: str = "") -> Any:
    """Return a stored value with every ciphertext written anew, under the newest data key."""
    if isinstance(value, dict):
        prefix = f"{path}." if path else ""
        return {key: reseal(item, box, prefix + key) for key, item in value.items()}
    if isinstance(value, list):
        return [reseal(item, box, f"{path}.{i}") for i, item in enumerate(value)]
    return box.seal(path, box.open(path, value)) if isinstance(value, bytes) else value


def has_stale(value: Any, box: FieldBox) -> bool:
    """Tell whether any field of a stored value was written under an older data key."""
    if isinstance(value, dict):
        return any(has_stale(item, box) for item in value.values())
    if isinstance(value, list):
        return any(has_stale(item, box) for item in value)
    return isinstance(value, bytes) and box.is_stale(value)
