"""The circled codes of 附件1, 3 and 5: ①–⑤ are states, ⑥–⑭ are risks; the forms print both (M-14).

Source: 湘委乡振组发〔2021〕1号 附件1 说明1–2, 附件3 说明2–3, 附件5 说明2–3.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from shouwang.vocabulary import Risk, State

FIRST_RISK: Final = "⑥"
STATES: Final = {one.value: one.code for one in State}
RISKS: Final = {one.value: chr(ord(FIRST_RISK) + place) for place, one in enumerate(Risk)}


def states(names: Iterable[str], low_income: bool | None = None) -> list[str]:
    """Return the codes ①–⑤ of what is not in order; ① only where income is known to be below the line."""
    found = {*names, *([State.INCOME.value] if low_income is True else [])}
    return [code for name, code in STATES.items() if name in found]


def risks(names: Iterable[str]) -> list[str]:
    """Return the codes ⑥–⑭ of the risks."""
    found = set(names)
    return [code for name, code in RISKS.items() if name in found]
