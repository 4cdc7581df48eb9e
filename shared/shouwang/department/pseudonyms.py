"""ID numbers become pseudonyms under the department's own key: a UUID from HMAC-SHA256, cut to 128 bits.

A UUID because DuckDB keeps it as one 128-bit number: grouping by it costs no more than by an integer.
"""

from __future__ import annotations

import hmac
import uuid
from typing import Final

BYTES: Final = 16


def pseudonym(key: bytes, id_number: str) -> str:
    """Return the pseudonym of an ID number (as parsed) under a key."""
    return str(uuid.UUID(bytes=hmac.digest(key, id_number.encode("ascii"), "sha256")[:BYTES]))
