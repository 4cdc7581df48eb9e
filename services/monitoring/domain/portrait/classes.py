"""The four classes of ex-poor households (M-11). Source: 大委乡振组发〔2023〕21号 四(二).

The document names the classes and what to look at: income, ability, 两不愁三保障. Where one ends and the next
begins is the county's decision (docs/decisions/0172). Asked in this order: 兜底保障户, 重点监测户,
高质量脱贫户, else 稳定脱贫户; while an earlier question is open, the later ones are not decided.
"""

from __future__ import annotations

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
    against,
    all_of,
    any_of,
    at_least,
    at_most,
    not_,
    outcome,
    recordable,
    rule,
)
from shouwang.policy import View

from services.monitoring.domain.income.figures import Income
from services.monitoring.domain.proceedings.category import EX_POOR, KINDS
from services.monitoring.domain.proceedings.risk import Danger
from services.monitoring.domain.registry.labour import able_ground, able_to_work

PROTECTED: Final = "protected"
KEY_MONITORED: Final = "key_monitored"
HIGH_QUALITY: Final = "high_quality"
STABLE: Final = "stable"
CLASSES: Final = {
    HIGH_QUALITY: "高质量脱贫户",
    STABLE: "稳定脱贫户",
    KEY_MONITORED: "重点监测户",
    PROTECTED: "兜底保障户",
}


@recordable("monitoring.living")
@dataclass(frozen=True)
class Living:
    """What a class stands on besides income and risk.

    kind: ex_poor or ordinary. monitored: whether it is on the list. labour: A14 of each member. destitute,
    minimum_living: whether any member is 特困 or on 低保.
    """

    kind: Input
    monitored: Input
    labour: tuple[Input, ...]
    destitute: Input
    minimum_living: Input

    @property
    def able(self) -> Verdict:
        """Whether somebody can work."""
        return able_to_work([one.value for one in self.labour])

    @property
    def protected(self) -> Verdict:
        """Nobody can work, and somebody lives on 特困 or 低保."""
        return all_of(not_(self.able), any_of(self.destitute.value, self.minimum_living.value))

    def grounds(self) -> list[Ground]:
        """Return its clauses."""
        kind = Input(KINDS.get(str(self.kind.value)), self.kind.owner, self.kind.on, "户类型")
        return [
            Ground.of_input("kind", kind, "属{value}"),
            able_ground(self.labour),
            Ground.of_input("destitute", self.destitute, "有特困供养人员｜无特困供养人员｜是否特困供养不详"),
            Ground.of_input("minimum_living", self.minimum_living, "享受低保｜未享受低保｜是否享受低保不详"),
            Ground.of_input("monitored", self.monitored, "已是监测对象｜不是监测对象｜是否监测对象不详"),
        ]


@rule(
    "M-11",
    version=1,
    valid_from=date(2021, 1, 1),
    title="脱贫户分类管理",
    source="本县决定，比照大委乡振组发〔2023〕21号 四(二)",
)
def class_of(income: Income, danger: Danger, living: Living, policy: View) -> Decision:
    """Yes with the class as value; no for a household that never was poor; unknown while one is open."""
    line, high = policy.find("monitoring_line"), policy.find("class_high_line")
    limit = line.value if line.known else None
    weak = any_of(
        living.monitored.value,
        danger,
        at_most(income.per_head, limit),
        at_most(income.reference_per_head, limit),
        not_(living.able),
    )
    well_off = at_least(income.per_head, high.value if high.known else None)
    grounds = [
        *(income.ground(), against(income.per_head, line), against(income.per_head, high)),
        *(income.reference_ground(), *danger.grounds(), *living.grounds()),
        *income.parts(reference=True),
    ]
    return _found(living, _first(living.protected, weak, well_off), grounds)


def _first(protected: Verdict, weak: Verdict, well_off: Verdict) -> str | None:
    """Return the first class that holds; None while an earlier question is open."""
    asked = ((protected, PROTECTED), (weak, KEY_MONITORED), (well_off, HIGH_QUALITY))
    for verdict, name in asked:
        if verdict is UNKNOWN:
            return None
        if verdict is YES:
            return name
    return STABLE


def _found(living: Living, name: str | None, grounds: list[Ground]) -> Decision:
    if living.kind.value not in KINDS:
        return outcome(UNKNOWN, grounds)
    if living.kind.value != EX_POOR:
        return outcome(NO, grounds, "不属脱贫户，不作四类划分")
    if name is None:
        return outcome(UNKNOWN, grounds)
    return outcome(YES, grounds, f"为{CLASSES[name]}", value=name)
