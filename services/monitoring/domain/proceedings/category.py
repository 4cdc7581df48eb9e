"""Which of the three categories a household belongs to, and when nobody may leave it out (M-07, M-08, M-12).

Exactly the line is within it (以内); the duty of M-12 holds only below (docs/decisions/0062). Source:
湘委乡振组发〔2021〕1号 二(一); 衡办发〔2021〕7号 二(一).
"""

from __future__ import annotations

from datetime import date
from typing import Final

from shouwang.decision import (
    NO,
    RULES,
    UNKNOWN,
    YES,
    Decision,
    Ground,
    Input,
    Verdict,
    against,
    all_of,
    any_of,
    at_most,
    below,
    not_,
    outcome,
    rule,
)
from shouwang.policy import View
from shouwang.vocabulary import Category

from services.monitoring.domain.income.figures import Income
from services.monitoring.domain.proceedings.risk import Danger

EX_POOR: Final = "ex_poor"
KINDS: Final = {EX_POOR: "建档立卡脱贫户", "ordinary": "一般农户"}
_LAW = "湘委乡振组发〔2021〕1号 二(一)2"
_FROM = date(2021, 7, 2)
_DUTY = "衡办发〔2021〕7号 二(一)"
_DUTY_FROM = date(2021, 8, 27)
_HARD = "基本生活出现严重困难｜基本生活未出现严重困难｜基本生活是否出现严重困难不详"


@rule("M-08", version=1, valid_from=date(2021, 1, 1), title="监测对象类型", source=_LAW)
def category_of(income: Income, danger: Danger, kind: Input, difficulty: Input, policy: View) -> Decision:
    """Yes with the category as value, no, or unknown.

    kind: "ex_poor" or "ordinary". difficulty: whether the check found grave difficulty in basic life. At or
    under the line with risk: 脱贫不稳定户 (ex-poor) or 边缘易致贫户 (ordinary). Over it with risk:
    突发严重困难户, when the reference income A38 is within the line or basic life is in grave difficulty.
    """
    line = policy.find("monitoring_line")
    limit = line.value if line.known else None
    start = [income.ground(), against(income.per_head, line)]
    within = at_most(income.per_head, limit)
    if within is NO:
        hard = any_of(at_most(income.reference_per_head, limit), difficulty.value)
        sudden = [income.reference_ground(), against(income.reference_per_head, line)]
        sudden.append(Ground.of_input("difficulty", difficulty, _HARD))
        grounds = [*start, *sudden, *danger.grounds(), *income.parts(reference=True)]
        return _found(all_of(hard, danger), Category.SUDDEN_HARDSHIP, grounds)
    category = Category.UNSTABLE_EX_POOR if kind.value == EX_POOR else Category.MARGINAL
    grounds = [*start, *danger.grounds(), _kind(kind), *income.parts()]
    return _found(all_of(within, danger, _known_kind(kind, danger)), category, grounds)


def _known_kind(kind: Input, danger: Danger) -> Verdict:
    """Of no weight where there is no risk; unknown while nobody has said whether the household was poor."""
    return YES if kind.value in KINDS or danger.verdict is NO else UNKNOWN


def _found(verdict: Verdict, category: Category, grounds: list[Ground]) -> Decision:
    if verdict is YES:
        return outcome(YES, grounds, f"为{category.label}", value=category.value)
    return outcome(verdict, grounds, "不属监测对象" if verdict is NO else "")


def _kind(kind: Input) -> Ground:
    shown = Input(KINDS.get(str(kind.value)), kind.owner, kind.on, "户类型")
    return Ground.of_input("kind", shown, "属{value}")


@rule("M-12", version=1, valid_from=_FROM, title="应纳尽纳", source=_LAW)
def meets_the_definition(income: Income, danger: Danger, policy: View) -> Decision:
    """Yes when net income per head is below the line and there is risk: 应纳尽纳 (province)."""
    return _duty(income, danger, policy)


@rule("M-12", version=2, valid_from=_DUTY_FROM, title="必须纳入监测", source=_DUTY)
def must_include(income: Income, danger: Danger, policy: View) -> Decision:
    """Yes when net income per head is below the line and there is risk: nobody decides otherwise (city)."""
    return _duty(income, danger, policy)


def _duty(income: Income, danger: Danger, policy: View) -> Decision:
    line = policy.find("monitoring_line")
    low = below(income.per_head, line.value if line.known else None)
    verdict = all_of(low, danger)
    grounds = [income.ground(), against(income.per_head, line), *danger.grounds(), *income.parts()]
    words = {YES: "必须纳入监测，任何人不得另作决定", NO: "未达到必须纳入的条件"}
    return outcome(verdict, grounds, words.get(verdict, ""))


@rule("M-12.refusal", version=1, valid_from=_FROM, title="可以不予通过")
def may_be_refused(income: Income, danger: Danger, policy: View) -> Decision:
    """Yes when M-12 does not oblige to include: only then may a step refuse the household."""
    must: Decision = RULES.version("M-12", on=policy.on)(income, danger, policy)
    words = {YES: "必须纳入监测，任何人不得不予通过", NO: "可以不予通过，须说明理由"}
    return Decision(
        "",
        0,
        not_(must),
        grounds=must.grounds,
        conclusion=words.get(must.verdict, ""),
        source=must.source,
    )
