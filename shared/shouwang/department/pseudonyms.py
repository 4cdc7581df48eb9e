"""ID numbers become pseudonyms under the department's own key: a UUID from HMAC-SHA256, cut to 128 bits.

A UUID because DuckDB keeps it as one 128-bit number: grouping by it costs no more than by an integer.
"""

from __future__ import annotations

import hmac
from typing import Final

BYTES: Final = 16


def pseudonym(key: bytes, id_number: str) -> str:
    """Return the pseudonym of an ID number (as parsed) under a key."""
    return as_text(pseudonym_bytes(key, id_number))


def pseudonym_bytes(key: bytes, id_number: str) -> bytes:
    """Return the pseudonym as its 16 bytes."""
    return hmac.digest(key, id_number.encode("ascii"), "sha256")[:BYTES]


def as_text(pseudonym: bytes) -> str:
    """Return the 16 bytes as UUID text."""
    digits = pseudonym.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
