"""Growth of income: area by area, against the same households a year before; no household's target (D-04).

A summary adds up: {scope, known, compared, persons, persons_before, now: {kind: fen}, before: {kind: fen},
falling, bands: [n, …]}. Only households known in both periods are compared, so that who was collected late
is not taken for growth; how many are known stands beside. Source: 大委乡振组〔2023〕21号 二 (全区脱贫户、
监测对象人均收入年均增长率 20%); 中央 2020-12-16 (过渡期 2021–2025).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from shouwang.decision import (
    NO,
    UNKNOWN,
    YES,
    Decision,
    Ground,
    Input,
    all_of,
    at_least,
    outcome,
    recordable,
    rule,
)
from shouwang.money import round_half_up
from shouwang.policy import View

from services.monitoring.domain.income.figures import NET, Figures, a_head, net_income

Summary = dict[str, Any]

BANDS: Final = (Decimal("-0.2"), Decimal(0), Decimal("0.2"))
"""Below −20 %, up to 0, up to 20 %, from 20 % on: where households stand, for people to look at."""
LAW: Final = "大委乡振组〔2023〕21号 二"


@dataclass(frozen=True)
class Compared:
    """One household in two periods: its figures, its size then and now (None: not known)."""

    now: Figures
    before: Figures
    size: int | None
    size_before: int | None

    @property
    def per_head(self) -> int | None:
        """Net income in fen per head now."""
        return a_head(net_income(self.now), Input(self.size))

    @property
    def per_head_before(self) -> int | None:
        """Net income in fen per head a year before."""
        return a_head(net_income(self.before), Input(self.size_before))


def empty() -> Summary:
    """Return the summary of nobody."""
    counted = dict.fromkeys(("scope", "known", "compared", "persons", "persons_before", "falling"), 0)
    zero = dict.fromkeys(NET, 0)
    return {**counted, "now": dict(zero), "before": dict(zero), "bands": [0] * (len(BANDS) + 1)}


def summary(households: Iterable[Compared]) -> Summary:
    """Return the summary of households in scope (脱贫户 and monitored ones)."""
    return added(map(_of_one, households))


def _of_one(one: Compared) -> Summary:
    found = {**empty(), "scope": 1, "known": int(one.per_head is not None)}
    now, before = one.per_head, one.per_head_before
    if now is None or before is None:
        return found
    bands = [0] * (len(BANDS) + 1)
    bands[_band(now, before)] = 1
    found |= {"compared": 1, "persons": one.size, "persons_before": one.size_before, "bands": bands}
    found |= {"now": _amounts(one.now), "before": _amounts(one.before), "falling": int(now < before)}
    return found


def _amounts(figures: Figures) -> dict[str, int]:
    return {kind: int(figures[kind].value) for kind in NET}


def _band(now: int, before: int) -> int:
    """Return in which band the change lies; from nothing or a loss, up is the highest and else the second."""
    if before <= 0:
        return len(BANDS) if now > before else 1
    return sum(Decimal(now - before) >= limit * before for limit in BANDS)


def added(summaries: Iterable[Mapping[str, Any]]) -> Summary:
    """Return several summaries as one: villages make a town, towns a county."""
    total = empty()
    for one in summaries:
        for name, value in one.items():
            total[name] = _plus(total[name], value)
    return total


def _plus(left: Any, right: Any) -> Any:
    if isinstance(left, dict):
        return {name: left[name] + right[name] for name in left}
    if isinstance(left, list):
        return [one + other for one, other in zip(left, right, strict=True)]
    return left + right


def net(amounts: Mapping[str, int]) -> int:
    """Return the net income of sums by kind."""
    return sum(amounts[kind] for kind in NET) - 2 * amounts["business_costs"]


def per_head(of: Summary, when: str) -> int | None:
    """Return fen per head of the compared households, `when` "now" or "before"; None when there are none."""
    persons = of["persons" if when == "now" else "persons_before"]
    return round_half_up(Decimal(net(of[when])) / persons) if persons else None


def rate(now: int | None, before: int | None) -> Decimal | None:
    """Return the growth as a ratio with four decimals; None when unknown, or from nothing or a loss."""
    if now is None or before is None or before <= 0:
        return None
    return ((Decimal(now) - before) / before).quantize(Decimal("0.0001"))


def portion(part: int, whole: int) -> Decimal | None:
    """Return a share with four decimals; None of nobody."""
    return (Decimal(part) / whole).quantize(Decimal("0.0001")) if whole else None


@recordable("monitoring.income_growth")
@dataclass(frozen=True)
class Growth:
    """Income per head of an area now and a year before, of whom it is known and of whom it should be."""

    now: Input
    before: Input
    known: Input
    scope: Input

    @property
    def grounds(self) -> list[Ground]:
        """Return the clauses."""
        both = (self.before, self.now, self.scope, self.known)
        return [Ground.of_input(one.label, one, "{label} {value}") for one in both]


@rule("D-04", version=1, valid_from=date(2023, 1, 1), title="区域人均收入增长达到目标", source=LAW)
def meets_the_target(growth: Growth, policy: View) -> Decision:
    """Yes when income per head of the whole area grew by at least the target of the year.

    Unknown outside the years of the target (K-05), and while too few households are known.
    """
    target, enough = policy.find("income_growth_target"), policy.find("income_growth_coverage")
    grounds = [*growth.grounds, Ground.of_parameter(target), Ground.of_parameter(enough)]
    if _covered(growth, enough.value) is not YES:
        return outcome(UNKNOWN, grounds, "可比户数不足或标准不详，暂不能判定全域增长")
    verdict = at_least(growth.now.value, _aim(growth.before.value, target.value, 1))
    words = {YES: "达到区域平均增长目标", NO: "未达到区域平均增长目标"}
    return outcome(
        verdict, grounds, words.get(verdict, ""), value=rate(growth.now.value, growth.before.value)
    )


def _covered(growth: Growth, enough: Decimal | None) -> Any:
    least = None if enough is None or growth.scope.value is None else growth.scope.value * enough
    return all_of(at_least(growth.known.value, least), at_least(growth.known.value, 1))


def _aim(before: int | None, target: Decimal | None, years: int) -> Decimal | None:
    if before is None or target is None:
        return None
    return before * (1 + target) ** years


@rule("D-04.average", version=1, valid_from=date(2023, 1, 1), title="年均增长达到目标", source=LAW)
def on_course(years: Sequence[Growth], policy: View) -> Decision:
    """Yes when the growth of the years so far, one upon the other, is at least the target of each.

    年均: what matters is the average of the years, so one weak year may be made up by another. years: from
    the first year of the target on; unknown while one of them is.
    """
    target = policy.find("income_growth_target")
    grounds = [*(ground for one in years for ground in one.grounds), Ground.of_parameter(target)]
    reached, aimed = _chained(years), _aim(1, target.value, len(years))
    verdict = at_least(reached, aimed)
    words = {YES: "年均增长达到目标", NO: "年均增长未达到目标"}
    return outcome(verdict, grounds, words.get(verdict, ""))


def _chained(years: Sequence[Growth]) -> Decimal | None:
    grown = Decimal(1)
    for one in years:
        if one.now.value is None or one.before.value is None or one.before.value <= 0:
            return None
        grown = grown * one.now.value / one.before.value
    return grown if years else None
