"""Where a household that is registered no longer went: its open clues go there, or end with it (D-01)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def went_to(household: Mapping[str, Any]) -> str | None:
    """Return the household that took its last members in; None when they died or left the county.

    household: {ended: {on, kind} | None, former: [{left: {on, to?}}]}. Who had left before the last day
    counts no more: a daughter who married years ago did not take the household with her.
    """
    if household["ended"] is None:
        return None
    left = [one["left"] for one in household["former"]]
    last = [one for one in left if one["on"] == household["ended"]["on"] and one.get("to")]
    return str(last[-1]["to"]) if last else None
