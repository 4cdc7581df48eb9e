"""Income against physical facts: 注重实物工作量与增收成效的对应关系 (D-05).

Each rule says yes where a figure does not fit what was counted; that is a question for the town, not a
verdict on the household, and changes no figure. What nobody counted is unknown: it is neither plausible nor
padded. Bounds are figures of the county. Source: 大委乡振组〔2023〕21号 四(五).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from shouwang.decision import (
    NO,
    YES,
    Decision,
    Ground,
    Input,
    Verdict,
    above,
    all_of,
    any_of,
    at_least,
    at_most,
    below,
    outcome,
    rule,
)
from shouwang.money import round_half_up, share
from shouwang.policy import View
from shouwang.policy.values import Unknown, Value

from services.monitoring.domain.income.collecting import CROPS, STOCK

LAW: Final = "大委乡振组〔2023〕21号 四(五)"
SINCE: Final = date(2021, 1, 1)
TO_CHECK: Final = "与实物不相称，须由乡镇核实"


@rule("D-05.work", version=1, valid_from=SINCE, title="工资性收入与务工月数相称", source=LAW)
def wages_fit_the_months(wages: Input, months: Input, policy: View) -> Decision:
    """Yes when wages lie outside months worked × the plausible range of a month; no months, no wages."""
    lowest, highest = policy.find("wage_month_lowest"), policy.find("wage_month_highest")
    least, most = _times(months.value, lowest), _times(months.value, highest)
    verdict = any_of(below(wages.value, least), above(wages.value, most))
    grounds = [_said(wages), _said(months), Ground.of_parameter(lowest), Ground.of_parameter(highest)]
    return _to_check(verdict, grounds, "工资性收入与务工月数")


@rule("D-05.production", version=1, valid_from=SINCE, title="生产经营性收入与面积、存栏相称", source=LAW)
def business_fits_the_facts(
    business: Input, area: Mapping[str, Decimal] | None, sold: Mapping[str, Decimal] | None, policy: View
) -> Decision:
    """Yes when business income is more than area × value per mu and head sold × value per head allow.

    area: mu by crop; sold: head by kind of stock; {} where there is none, None when nobody counted. A crop
    without a figure of the county cannot be checked.
    """
    counted = [*_counted(area, CROPS, "crop_value"), *_counted(sold, STOCK, "stock_value")]
    bounds = [policy.find(name) for name, _, _ in counted]
    most = None if area is None or sold is None else _together(counted, bounds)
    facts = [_fact(label, amount) for _, label, amount in counted]
    grounds = [_said(business), *facts, *map(Ground.of_parameter, bounds), _bound(most)]
    return _to_check(above(business.value, most), grounds, "生产经营性收入与种养规模")


def _counted(
    facts: Mapping[str, Decimal] | None, names: Mapping[str, str], group: str
) -> list[tuple[str, str, Decimal]]:
    return [(f"{group}.{name}", names[name], amount) for name, amount in (facts or {}).items()]


def _together(counted: list[tuple[str, str, Decimal]], bounds: list[Value | Unknown]) -> int | None:
    """Return the most that was to be earned; None when the county has no value for one of the things."""
    parts = [_times(amount, bound) for (_, _, amount), bound in zip(counted, bounds, strict=True)]
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def _times(amount: Decimal | int | None, bound: Value | Unknown) -> int | None:
    if amount is None or bound.value is None:
        return None
    return round_half_up(Decimal(amount) * int(bound.value))


@rule("D-05.paid", version=1, valid_from=SINCE, title="收入不少于部门已发放", source=LAW)
def not_less_than_paid(collected: Input, paid: Input, policy: View) -> Decision:
    """Yes when somebody collected less than departments have paid: the collector forgot something."""
    verdict = below(collected.value, paid.value)
    return _to_check(verdict, [_said(collected), _said(paid)], "采集数少于部门发放数，")


@rule("D-05.round", version=1, valid_from=SINCE, title="数字不是估数", source=LAW)
def not_all_round(figures: Mapping[str, Input], policy: View) -> Decision:
    """Yes when every figure that is not zero is a round number, and there are enough to be no chance."""
    unit, enough = policy.find("round_figure_unit"), policy.find("round_figures")
    given = [one for one in figures.values() if one.value]
    grounds = [*map(_said, given), Ground.of_parameter(unit), Ground.of_parameter(enough)]
    rest = None if unit.value is None else sum(int(one.value) % int(unit.value) for one in given)
    return _to_check(
        all_of(at_most(rest, 0), at_least(len(given), enough.value)), grounds, "各项收支均为整数，"
    )


@rule("D-05.jump", version=1, valid_from=SINCE, title="消除前收入突增", source=LAW)
def no_jump_before_removal(now: Input, before: Input, removal: Input, policy: View) -> Decision:
    """Yes when income per head jumps in the quarter before a removal is proposed.

    now: of the quarter; before: a quarter's average of the four before it; removal: months from the end of
    the quarter until the proposal, None when none is proposed (then there is nothing to check).
    """
    growth, near = policy.find("jump_share"), policy.find("jump_months")
    grounds = [_said(now), _said(before), Ground.of_parameter(growth), Ground.of_parameter(near)]
    if removal.value is None:
        return outcome(NO, grounds, "未提出风险消除")
    grounds.append(_said(removal))
    jumped = at_least(now.value, _grown(before.value, growth))
    rose = above(now.value, before.value)
    soon = at_most(removal.value, near.value)
    return _to_check(all_of(soon, rose, jumped), grounds, "提出消除前收入突增，")


def _grown(before: int | None, growth: Value | Unknown) -> int | None:
    if before is None or growth.value is None:
        return None
    return before + share(max(before, 0), growth.value)


def _said(given: Input) -> Ground:
    return Ground.of_input(given.label, given, "{label} {value}")


def _fact(label: str, amount: Decimal) -> Ground:
    return _said(Input(str(amount), label=f"{label}数量"))


def _bound(most: int | None) -> Ground:
    return _said(Input(most, label="按实物测算的上限", unit="fen"))


def _to_check(verdict: Verdict, grounds: Iterable[Ground], what: str) -> Decision:
    words = {YES: f"{what}{TO_CHECK}", NO: f"{what}未见不相称"}
    return outcome(verdict, list(grounds), words.get(verdict, ""))
