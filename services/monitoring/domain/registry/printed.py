"""The printed numbers of 附件1, 3 and 5: ①–⑤ are states, ⑥–⑭ are risk types (M-14).

Source: 湘委乡振组发〔2021〕1号 附件1 说明1、2; L2411–2427.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from shouwang.vocabulary import RISKS, STATES

_CIRCLED: Final = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭"
NUMBERS: Final[dict[str, str]] = dict(zip((*STATES, *RISKS), _CIRCLED, strict=True))
"""Name of a state or risk → printed number: {"income": "①", …, "illness": "⑥", …, "other": "⑭"}."""

NAMES: Final[dict[str, str]] = {number: name for name, number in NUMBERS.items()}


def printed_states(names: Iterable[str]) -> str:
    """Return the numbers of the states among `names`, in printed order: "①③"."""
    return _printed(names, STATES)


def printed_risks(names: Iterable[str]) -> str:
    """Return the numbers of the risks among `names`, in printed order: "⑥⑫"."""
    return _printed(names, RISKS)


def _printed(names: Iterable[str], of: Iterable[str]) -> str:
    given = set(names)
    return "".join(NUMBERS[name] for name in of if name in given)
