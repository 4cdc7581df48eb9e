"""Falls of income and surges of spending found early, before a household is monitored (D-04, D-07).

Two views of a fall, per head: the quarter against the same quarter of the year before, and the four quarters
that end now against the four before them (so that a season is no fall). A surge: more own payments than in
the same quarter of the year before, by a share of the year's income. Source: 国乡振发〔2023〕8号 一 (收入明显
下降以及支出负担骤增的脱贫人口和易地扶贫搬迁群众, 低收入人口); 大委乡振组〔2023〕21号 三(一).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
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
    any_of,
    at_least,
    at_most,
    outcome,
    recordable,
    rule,
)
from shouwang.money import share
from shouwang.policy import View
from shouwang.policy.values import Unknown, Value

Parameter = Value | Unknown
LAW: Final = "国乡振发〔2023〕8号 一"
GROUPS: Final = {"ex_poor": "脱贫户", "low_income": "低收入人口", "relocated": "易地扶贫搬迁人口"}


@recordable("monitoring.income_course")
@dataclass(frozen=True)
class Course:
    """How income per head and own payments went: each an Input in fen, its value None when not known."""

    now: Input
    year_ago: Input
    year: Input
    year_before: Input
    own: Input
    own_year_ago: Input

    def grounds(self) -> list[Ground]:
        """Return the clauses of the comparisons."""
        phrase = "{label} {value}"
        return [Ground.of_input(name, getattr(self, name), phrase) for name in self.__dataclass_fields__]


def followed(groups: Mapping[str, Input]) -> Verdict:
    """Whether the household belongs to those who are followed; unknown while a group is not known."""
    return any_of(*(groups[name].value for name in GROUPS))


def fell(now: int | None, before: int | None, ratio: Parameter) -> Verdict:
    """Whether an amount fell by at least a share of what it was; of nothing earned nothing falls."""
    if before is None or ratio.value is None:
        return UNKNOWN
    return all_of(above(before, 0), at_most(now, before - share(before, ratio.value)))


def surged(course: Course, ratio: Parameter) -> Verdict:
    """Whether own payments rose by at least a share of the year's income (of a loss: by anything)."""
    own, before, year = course.own.value, course.own_year_ago.value, course.year_before.value
    if own is None or before is None:
        return UNKNOWN
    burden = None if year is None or ratio.value is None else share(max(year, 0), ratio.value)
    return all_of(above(own - before, 0), at_least(own - before, burden))


@rule("D-07", version=1, valid_from=date(2021, 1, 1), title="收入明显下降或支出骤增", source=LAW)
def income_watch(course: Course, groups: Mapping[str, Input], policy: View) -> Decision:
    """Yes when somebody who is followed earns markedly less, or suddenly pays much.

    groups: Input by name of GROUPS, True, False or None. Who certainly belongs to none is not followed; while
    a group is unknown the household is looked at as if it belonged (docs/decisions/0123).
    """
    fall, burden = policy.find("income_fall_share"), policy.find("spending_surge_share")
    told = [_group(name, groups[name]) for name in GROUPS]
    if followed(groups) is NO:
        return outcome(NO, told, "不属重点跟踪的脱贫、低收入或搬迁人口")
    against_last = fell(course.now.value, course.year_ago.value, fall)
    over_a_year = fell(course.year.value, course.year_before.value, fall)
    verdict = any_of(against_last, over_a_year, surged(course, burden))
    grounds = [*course.grounds(), Ground.of_parameter(fall), Ground.of_parameter(burden), *told]
    words = {YES: "应提前入户跟踪", NO: "未见明显下降或骤增"}
    return outcome(verdict, grounds, words.get(verdict, ""))


def _group(name: str, given: Input) -> Ground:
    label = GROUPS[name]
    return Ground.of_input(name, given, f"属{label}｜不属{label}｜是否{label}不详")
