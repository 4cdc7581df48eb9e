"""Three answers and Kleene's logic over them: what is missing stays unknown, it never becomes "no"."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol


class Verdict(StrEnum):
    """Yes, no, or unknown. Has no truth value of its own: `if verdict` is an error, ask `is Verdict.YES`."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise TypeError("a verdict has three values: compare it with YES, NO or UNKNOWN")

    @property
    def label(self) -> str:
        """The Chinese word."""
        return _LABELS[self.value]


_LABELS = {"yes": "是", "no": "否", "unknown": "不能判定"}
YES, NO, UNKNOWN = Verdict.YES, Verdict.NO, Verdict.UNKNOWN


class Decided(Protocol):
    """Anything with a verdict, such as a Decision."""

    @property
    def verdict(self) -> Verdict:
        """Its answer."""


Answer = Verdict | Decided | bool | None
Amount = int | Decimal | None


def verdict_of(answer: Answer) -> Verdict:
    """Return the verdict of an answer: a truth value, None (unknown), a verdict, a decision."""
    if answer is None:
        return UNKNOWN
    if isinstance(answer, bool):
        return YES if answer else NO
    return answer if isinstance(answer, Verdict) else answer.verdict


def all_of(*answers: Answer) -> Verdict:
    """Kleene's and: one no is no; else one unknown is unknown; of nothing, yes."""
    verdicts = [verdict_of(answer) for answer in answers]
    if NO in verdicts:
        return NO
    return UNKNOWN if UNKNOWN in verdicts else YES


def any_of(*answers: Answer) -> Verdict:
    """Kleene's or: one yes is yes; else one unknown is unknown; of nothing, no."""
    return not_(all_of(*(not_(answer) for answer in answers)))


def not_(answer: Answer) -> Verdict:
    """Turn yes and no around; unknown stays."""
    return {YES: NO, NO: YES, UNKNOWN: UNKNOWN}[verdict_of(answer)]


def _compared(left: Amount, right: Amount, test: Callable[[Any, Any], bool]) -> Verdict:
    if left is None or right is None:
        return UNKNOWN
    return verdict_of(test(left, right))


def below(left: Amount, right: Amount) -> Verdict:
    """Left < right; unknown when either is not known."""
    return _compared(left, right, lambda a, b: a < b)


def at_most(left: Amount, right: Amount) -> Verdict:
    """Left ≤ right; unknown when either is not known."""
    return _compared(left, right, lambda a, b: a <= b)


def above(left: Amount, right: Amount) -> Verdict:
    """Left > right; unknown when either is not known."""
    return not_(at_most(left, right))


def at_least(left: Amount, right: Amount) -> Verdict:
    """Left ≥ right; unknown when either is not known."""
    return not_(below(left, right))
