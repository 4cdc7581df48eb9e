"""A household's figures against those of its village: outliers, and the same figures in many books (D-05).

Median and median absolute deviation (MAD) instead of mean and deviation: a few padded figures must not move
the measure with which they are found. Source: 大委乡振组〔2023〕21号 四(五).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Final

from shouwang.decision import (
    NO,
    UNKNOWN,
    YES,
    Decision,
    Ground,
    Input,
    Verdict,
    above,
    all_of,
    at_least,
    outcome,
    recordable,
    rule,
)
from shouwang.policy import View

from services.monitoring.domain.income.figures import NET
from services.monitoring.domain.income.plausible import LAW, SINCE

NORMAL: Final = Decimal("1.4826")
"""MAD × 1.4826 is the standard deviation where figures are spread normally: arithmetic, not policy."""


@recordable("monitoring.spread")
@dataclass(frozen=True)
class Spread:
    """How income per head lies in a village: median and MAD in fen, over so many households."""

    median: Decimal
    mad: Decimal
    households: int


def spread(per_head: Iterable[int]) -> Spread | None:
    """Return the spread of these amounts; None of none."""
    amounts = [Decimal(one) for one in per_head]
    if not amounts:
        return None
    middle = Decimal(median(amounts))
    return Spread(middle, Decimal(median(abs(one - middle) for one in amounts)), len(amounts))


@rule("D-05.village", version=1, valid_from=SINCE, title="人均收入与本村相称", source=LAW)
def outlier(per_head: Input, village: Spread | None, policy: View) -> Decision:
    """Yes when income per head lies far from the village's median, in either direction.

    Unknown where too few households are known, or where so many earn the same that nothing can be measured.
    """
    factor, least = policy.find("village_outlier_factor"), policy.find("village_outlier_households")
    grounds = [Ground.of_input("per_head", per_head, "{label} {value}"), *_grounds(village)]
    grounds += [Ground.of_parameter(factor), Ground.of_parameter(least)]
    if village is None or _comparable(village, least.value) is not YES:
        return outcome(UNKNOWN, grounds, "本村已采集户数不足或收入无差异，不能比较")
    verdict = above(_distance(per_head, village), _limit(village, factor.value))
    words = {YES: "人均收入明显偏离本村，须由乡镇核实", NO: "人均收入与本村相称"}
    return outcome(verdict, grounds, words.get(verdict, ""))


def _comparable(village: Spread, least: int | None) -> Verdict:
    return all_of(at_least(village.households, least), above(village.mad, 0))


def _distance(per_head: Input, village: Spread) -> Decimal | None:
    return None if per_head.value is None else abs(Decimal(per_head.value) - village.median)


def _limit(village: Spread, factor: Decimal | None) -> Decimal | None:
    return None if factor is None else factor * NORMAL * village.mad


def _grounds(village: Spread | None) -> list[Ground]:
    if village is None:
        return [Ground.of_input("median", Input(None, label="本村人均收入中位数", unit="fen"))]
    return [
        Ground.of_input("households", Input(village.households, label="本村已采集", unit="households")),
        Ground.of_input("median", Input(round(village.median), label="本村人均收入中位数", unit="fen")),
        Ground.of_input("mad", Input(round(village.mad), label="中位绝对离差", unit="fen")),
    ]


def likeness(figures: Mapping[str, Input]) -> tuple[int, ...] | None:
    """Return what makes two households' figures the same; None when unknown or all zero."""
    amounts = tuple(figures[kind].value for kind in NET)
    return amounts if None not in amounts and any(amounts) else None


@rule("D-05.identical", version=1, valid_from=SINCE, title="各户数字不雷同", source=LAW)
def not_the_same_as_others(alike: Input, policy: View) -> Decision:
    """Yes when so many households of the village have exactly the same figures (this one counted)."""
    most = policy.find("identical_households")
    grounds = [Ground.of_input("alike", alike, "{label} {value}"), Ground.of_parameter(most)]
    verdict = at_least(alike.value, most.value)
    words = {YES: "多户数字雷同，须由乡镇核实", NO: "未见雷同"}
    return outcome(verdict, grounds, words.get(verdict, ""))
