"""How many households every channel missed, estimated from how the channels overlap (capture–recapture).

Two lists: Chapman's estimator (1951) with the log-normal interval of Chao (1987). Several lists: Chao's
lower bound in its bias-corrected form. Where too few households were seen twice there is no number, only
the reason: the bias of Chapman's estimator is small from an overlap of seven on (Robson and Regier 1964).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any, Final

NORMAL_95: Final = Decimal("1.959964")
LEVEL: Final = "0.95"
ASSUMPTIONS: Final = (
    "各渠道相互独立：某一渠道发现一户，不影响其他渠道发现该户（渠道之间通报线索会使估计偏低，互相避开会使估计偏高）",
    "总体封闭：所列期间内应发现的农户没有新增或退出",
    "同一渠道内各户被发现的机会相同（越难被发现的户越多，估计越偏低，故合并估计只作下限）",
    "各渠道对“有返贫致贫风险”的口径一致：只统计经程序纳入监测的农户",
    "跨渠道能认出是同一户：按登记簿的户归并",
)
"""What must hold for the estimates; stands in every answer."""


@dataclass(frozen=True)
class Estimate:
    """An estimate of all, with its interval, in whole households; `reason` says why there is none."""

    method: str
    seen: int
    overlap: int
    total: int | None = None
    low: int | None = None
    high: int | None = None
    reason: str = ""

    @property
    def missed(self) -> int | None:
        """How many nobody of these lists saw."""
        return None if self.total is None else self.total - self.seen

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form; `total`, `low`, `high`, `missed` None while unknown."""
        kept = ("method", "seen", "overlap", "total", "low", "high", "missed", "reason")
        return {name: getattr(self, name) for name in kept} | {"level": LEVEL}


def chapman(first: int, second: int, both: int, least: int) -> Estimate:
    """Estimate all from two lists of `first` and `second` households with `both` on either.

    N = (n1+1)(n2+1)/(m+1) − 1; variance (n1+1)(n2+1)(n1−m)(n2−m) / ((m+1)²(m+2)).
    """
    seen = first + second - both
    if both < least:
        return _unknown("Chapman", seen, both, least)
    total = Decimal((first + 1) * (second + 1)) / (both + 1) - 1
    spread = Decimal(first + 1) * (second + 1) * (first - both) * (second - both)
    return _estimate("Chapman", seen, both, total, spread / ((both + 1) ** 2 * (both + 2)))


def chao(histories: Iterable[Collection[str]], lists: int, least: int) -> Estimate:
    """Estimate a lower bound of all from how many households exactly one, and exactly two, of `lists` saw.

    N ≥ D + A·f1(f1−1)/(2(f2+1)), A = (t−1)/t; variance as for the bias-corrected Chao2.
    """
    sizes = Counter(len(set(history)) for history in histories)
    seen, once, twice = sum(sizes.values()) - sizes[0], sizes[1], sizes[2]
    repeated = seen - once
    if lists < 2 or repeated < least:
        return _unknown("Chao 下限", seen, repeated, least)
    share = Decimal(lists - 1) / lists
    hidden = share * once * (once - 1) / (2 * (twice + 1))
    return _estimate("Chao 下限", seen, repeated, seen + hidden, _chao_variance(share, once, twice))


def _chao_variance(share: Decimal, once: int, twice: int) -> Decimal:
    more = twice + 1
    first = share * once * (once - 1) / (2 * more)
    second = share**2 * once * (2 * once - 1) ** 2 / (4 * more**2)
    third = share**2 * once**2 * twice * (once - 1) ** 2 / (4 * more**4)
    return first + second + third


def _estimate(method: str, seen: int, overlap: int, total: Decimal, variance: Decimal) -> Estimate:
    hidden = total - seen
    if hidden <= 0:
        return Estimate(method, seen, overlap, seen, seen, seen)
    factor = (NORMAL_95 * (1 + variance / hidden**2).ln().sqrt()).exp()
    low, high = seen + hidden / factor, seen + hidden * factor
    return Estimate(method, seen, overlap, round(total), math.floor(low), math.ceil(high))


def _unknown(method: str, seen: int, overlap: int, least: int) -> Estimate:
    reason = f"被重复发现的只有 {overlap} 户，少于 {least} 户，不作估计"
    return Estimate(method, seen, overlap, reason=reason)


def pairs(histories: Iterable[Collection[str]], least: int) -> list[dict[str, Any]]:
    """Return for each pair of lists how many both, only one, saw, with Chapman's estimate."""
    found = [set(history) for history in histories]
    names = sorted(set().union(*found))
    return [_pair(found, one, other, least) for one, other in combinations(names, 2)]


def _pair(found: list[set[str]], one: str, other: str, least: int) -> dict[str, Any]:
    first, second = (sum(name in history for history in found) for name in (one, other))
    both = sum({one, other} <= history for history in found)
    estimate = chapman(first, second, both, least)
    counts = {"both": both, "only_first": first - both, "only_second": second - both}
    return {"first": one, "second": other, **counts, "estimate": estimate.to_dict()}
