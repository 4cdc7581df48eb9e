"""Yes, no, or nobody said: so that one thing that is certain is not lost beside one that is open."""

from __future__ import annotations

from collections.abc import Callable

from shouwang.decision import UNKNOWN, Verdict, verdict_of
from shouwang.errors import UnknownValue


def said(answer: Callable[[], bool]) -> Verdict:
    """Return what an answer says; UNKNOWN when it cannot be given."""
    try:
        return verdict_of(answer())
    except UnknownValue:
        return UNKNOWN
