"""What a household earns, per head, over the twelve months of the case (M-05, M-06).

Figures are Inputs in fen by field name: wages A28, business A29, property A30, transfers A31,
business_costs A32, claims A35, own_payments A36. One that is missing makes the result unknown.
Source: 湘委乡振组发〔2021〕1号 附件2 注1、附件6 A28–A38.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from shouwang.decision import UNKNOWN, YES, Decision, Ground, Input, outcome, recordable, rule
from shouwang.money import round_half_up
from shouwang.periods import Window

Figures = Mapping[str, Input]

EARNED: Final = ("wages", "business", "property", "transfers")
NET: Final = (*EARNED, "business_costs")
REFERENCE: Final = (*NET, "claims", "own_payments")
LABELS: Final[dict[str, str]] = {
    "wages": "工资性收入",
    "business": "生产经营性收入",
    "property": "财产性收入",
    "transfers": "转移性收入",
    "business_costs": "生产经营性支出",
    "claims": "理赔收入",
    "own_payments": "合规自付支出",
}
_FROM_2021 = date(2021, 1, 1)
_SOURCE = "湘委乡振组发〔2021〕1号 附件2 注1"


@recordable("monitoring.income")
@dataclass(frozen=True)
class Income:
    """The figures of a household, its size (persons) and the window that they cover."""

    figures: Figures
    size: Input
    window: Window

    @property
    def per_head(self) -> int | None:
        """A34: net income in fen per head; None when a figure is missing."""
        return a_head(net_income(self.figures), self.size)

    @property
    def reference_per_head(self) -> int | None:
        """A38: reference income in fen per head; None when a figure is missing."""
        return a_head(reference_income(self.figures), self.size)

    def ground(self) -> Ground:
        """Return the clause of A34: "该户前十二个月（…）人均纯收入 6,250 元"."""
        phrase = "该户前十二个月（{period}）人均纯收入 {value}"
        given = Input(self.per_head, label="人均纯收入", unit="fen", period=self.window)
        return Ground.of_input("A34", given, phrase)

    def reference_ground(self) -> Ground:
        """Return the clause of A38."""
        phrase = "计入理赔收入、扣除合规自付支出后人均 {value}（{period}）"
        given = Input(self.reference_per_head, label="人均收入参考值", unit="fen", period=self.window)
        return Ground.of_input("A38", given, phrase)

    def parts(self, *, reference: bool = False) -> list[Ground]:
        """Return each figure with its giver and day, and the size: what A34 (or A38) is made of."""
        names, whole = (REFERENCE, "A38") if reference else (NET, "A34")
        given = [self.figures.get(name, Input(None, label=LABELS[name], unit="fen")) for name in names]
        phrase = "{label} {value}由{owner} {on} 提供"
        parts = [Ground.of_input(n, one, phrase, whole) for n, one in zip(names, given, strict=True)]
        return [*parts, Ground.of_input("size", self.size, "家庭人口 {value}", whole)]


def amount(figures: Figures, name: str) -> int | None:
    """Return one figure in fen, None when nobody gave it."""
    found = figures.get(name)
    return None if found is None or found.value is None else int(found.value)


def net_income(figures: Figures) -> int | None:
    """Return A33 = A28 + A29 + A30 + A31 − A32 in fen, None when a figure is missing."""
    earned = [amount(figures, name) for name in EARNED]
    costs = amount(figures, "business_costs")
    if costs is None or None in earned:
        return None
    return sum(one for one in earned if one is not None) - costs


def reference_income(figures: Figures) -> int | None:
    """Return A37 = A33 + A35 − A36 in fen, None when a figure is missing."""
    net = net_income(figures)
    claims, own = amount(figures, "claims"), amount(figures, "own_payments")
    if net is None or claims is None or own is None:
        return None
    return net + claims - own


def a_head(total: int | None, size: Input) -> int | None:
    """Return fen per head, rounded once; None when the total or the size is unknown."""
    if total is None or not size.value:
        return None
    return round_half_up(Decimal(total) / int(size.value))


@rule("M-05", version=1, valid_from=_FROM_2021, title="家庭人均纯收入（A34）", source=_SOURCE)
def per_head_net_income(income: Income) -> Decision:
    """A34 = (A28 + A29 + A30 + A31 − A32) ÷ size, over the window of M-06."""
    return _amount(income.per_head, "人均纯收入（A34）为 {value}", [income.ground(), *income.parts()])


@rule("M-05.reference", version=1, valid_from=_FROM_2021, title="人均收入参考值（A38）", source=_SOURCE)
def per_head_reference(income: Income) -> Decision:
    """A38 = (A33 + A35 − A36) ÷ size, over the window of M-06."""
    grounds = [income.reference_ground(), *income.parts(reference=True)]
    return _amount(income.reference_per_head, "人均收入参考值（A38）为 {value}", grounds)


def _amount(value: int | None, conclusion: str, grounds: list[Ground]) -> Decision:
    if value is None:
        return outcome(UNKNOWN, grounds)
    return outcome(YES, grounds, conclusion, value=value, unit="fen")
