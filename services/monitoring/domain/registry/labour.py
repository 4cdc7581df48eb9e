"""Who in a household can work (M-04, R-02). Source: 湘委乡振组发〔2021〕1号 附件6 A14、二(三)1.

Half able (弱劳动力或半劳动力) counts as able, the actual ability is judged in the village, and a disability
card alone never makes somebody unable (docs/decisions/0064).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from shouwang.decision import YES, Decision, Ground, Input, Verdict, any_of, outcome, rule

ABLE: Final = frozenset({"ordinary", "skilled", "weak"})
LABELS: Final = {
    "ordinary": "普通劳动力",
    "skilled": "技能劳动力",
    "lost": "丧失劳动力",
    "none": "无劳动力",
    "weak": "弱劳动力或半劳动力",
}


def able(labour: object) -> bool | None:
    """Return whether a person of this A14 can work; None when it is unknown."""
    return None if labour is None else labour in ABLE


def able_to_work(labour: Sequence[object]) -> Verdict:
    """Yes when one member can work, unknown while one who might is unknown, else no."""
    return any_of(*map(able, labour))


def able_ground(labour: Sequence[Input]) -> Ground:
    """Return the clause of how many of the household can work."""
    people = "、".join(LABELS.get(str(one.value), "不详") for one in labour)
    return Ground("input", "labour", "家庭劳动力", people or None, phrase="该户成员劳动技能为{value}")


@rule(
    "M-04",
    version=1,
    valid_from=date(2021, 1, 1),
    title="家庭有劳动能力",
    source="湘委乡振组发〔2021〕1号 附件6 A14",
)
def household_able(labour: tuple[Input, ...]) -> Decision:
    """Yes when somebody in the household can work (labour: A14 of each member)."""
    verdict = able_to_work([one.value for one in labour])
    words = {YES: "该户有劳动能力", Verdict.NO: "该户无劳动能力"}
    return outcome(verdict, [able_ground(labour)], words.get(verdict, ""))
