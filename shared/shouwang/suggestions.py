"""“是否为 …？”: what a misspelt name probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def near(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that the word probably meant, if any is near."""
    return next(iter(get_close_matches(word, sorted(choices), n=1, cutoff=0.6)), None)


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return "是否为 “…”？" with the nearest choice, or the choices themselves when none is near."""
    known = sorted(choices)
    found = near(word, known)
    if found is not None:
        return f"是否为 “{found}”？"
    return f"可用的有：{'、'.join(known)}。" if known else ""
