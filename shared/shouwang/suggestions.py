"""“是否为 …？”: what a misspelt name probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return "是否为 “…”？" with the nearest choice, or the choices themselves when none is near."""
    known = sorted(choices)
    near = get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f"是否为 “{near[0]}”？"
    return f"可用的有：{'、'.join(known)}。" if known else ""
