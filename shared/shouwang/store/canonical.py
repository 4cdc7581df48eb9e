"""One spelling of a JSON value: what MACs, digests and ciphertexts are computed over."""

from __future__ import annotations

import json
from typing import Any

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def canonical(value: Any) -> bytes:
    """Return the value as UTF-8 JSON with sorted keys and no blanks; TypeError when it is no JSON value."""
    return _ENCODER.encode(value).encode("utf-8")
