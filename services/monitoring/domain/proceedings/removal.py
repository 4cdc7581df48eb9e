"""When a risk may be marked as removed, and when not (R-01, R-02, R-03, R-06).

Never below the floor, exactly the floor may; from there up to the line only with special county review
(docs/decisions/0063). Source: 湘委乡振组发〔2021〕1号 二(三).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from shouwang.decision import (
    NO,
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
from services.monitoring.domain.proceedings.risk import Danger, all_secured
from services.monitoring.domain.registry.labour import able_ground, able_to_work

_FROM = date(2021, 7, 2)
_CRITERIA = "湘委乡振组发〔2021〕1号 二(三)1"
_STEPS = "湘委乡振组发〔2021〕1号 二(三)2"

JUDGED: Final[dict[str, tuple[str, str]]] = {
    "measures_delivered": (
        "帮扶措施",
        "帮扶措施已有效落实｜帮扶措施未落实到位｜帮扶措施是否落实不详",
    ),
    "fed_and_clothed": ("不愁吃不愁穿", "不愁吃、不愁穿｜吃穿尚有困难｜是否不愁吃穿不详"),
    "income_stable": ("收入稳定", "收入持续稳定｜收入不稳定｜收入是否稳定不详"),
    "spending_controlled": ("刚性支出", "大额刚性支出已解决｜刚性支出不可控｜刚性支出是否解决不详"),
}


@recordable("monitoring.removal")
@dataclass(frozen=True)
class Progress:
    """What the village and the checkers judged: Inputs true, false or None by name of JUDGED."""

    measures_delivered: Input
    fed_and_clothed: Input
    income_stable: Input
    spending_controlled: Input

    def ground(self, name: str) -> Ground:
        """Return the clause of one judgement."""
        return Ground.of_input(name, getattr(self, name), JUDGED[name][1])


def _words(verdict: Verdict, yes: str, no: str) -> str:
    return {YES: yes, NO: no}.get(verdict, "")


@rule("R-06", version=1, valid_from=_FROM, title="可以提名消除风险", source=f"{_STEPS} 第一步")
def may_be_proposed(labour: tuple[Input, ...], progress: Progress) -> Decision:
    """Yes when somebody can work, income is stable and spending under control; else it is left out."""
    stable, controlled = progress.income_stable.value, progress.spending_controlled.value
    verdict = all_of(able_to_work([one.value for one in labour]), stable, controlled)
    grounds = [able_ground(labour), progress.ground("income_stable"), progress.ground("spending_controlled")]
    return outcome(verdict, grounds, _words(verdict, "可以提名", "不得提名，继续跟踪帮扶"))


@rule("R-01", version=1, valid_from=_FROM, title="风险消除四项标准", source=_CRITERIA)
def criteria_met(progress: Progress, danger: Danger) -> Decision:
    """Yes when all four are met: measures; food, clothing, guarantees and water; income; spending."""
    judged = [getattr(progress, name).value for name in JUDGED]
    verdict = all_of(*judged, all_secured(danger))
    grounds = [*(progress.ground(name) for name in JUDGED), *danger.check_grounds()]
    return outcome(verdict, grounds, _words(verdict, "四项标准全部达到", "未全部达到消除标准"))


@rule("R-02", version=1, valid_from=_FROM, title="人均纯收入不低于消除底线", source=_CRITERIA)
def not_below_the_floor(income: Income, policy: View) -> Decision:
    """Yes from the floor (5000 yuan a head) up; below it removal is forbidden."""
    floor = policy.find("removal_floor")
    verdict = at_least(income.per_head, floor.value if floor.known else None)
    grounds = [income.ground(), against(income.per_head, floor), *income.parts()]
    return outcome(verdict, grounds, _words(verdict, "未触及消除底线", "不得标注“风险消除”"))


@rule("R-02.labour", version=1, valid_from=_FROM, title="有劳动能力方可标注", source=_CRITERIA)
def somebody_can_work(labour: tuple[Input, ...]) -> Decision:
    """Yes when somebody can work; a household without stays followed after social protection is in place."""
    verdict = able_to_work([one.value for one in labour])
    words = _words(verdict, "可以标注", "落实社会保障措施后暂不标注“风险消除”，持续跟踪")
    return outcome(verdict, [able_ground(labour)], words)


@recordable("monitoring.special")
@dataclass(frozen=True)
class Special:
    """What calls for special county review: protected groups among the members, and how many risks stand.

    destitute, minimum_living: whether any member is; risks: how many types; reviewed: whether the record of
    the special review is on the case.
    """

    destitute: Input
    minimum_living: Input
    risks: Input
    reviewed: Input


@rule("R-03", version=1, valid_from=_FROM, title="重点审查", source=f"{_STEPS} 第五步")
def specially_reviewed(special: Special, income: Income, policy: View) -> Decision:
    """Yes when no special review is called for, or it was held.

    Called for: 特困, 低保, several risks, or income between the floor and the line.
    """
    line = policy.find("monitoring_line")
    several = None if special.risks.value is None else special.risks.value > 1
    low = at_most(income.per_head, line.value if line.known else None)
    called = any_of(special.destitute.value, special.minimum_living.value, several, low)
    verdict = any_of(special.reviewed.value, not_(called))
    grounds = [
        Ground.of_input("destitute", special.destitute, "有特困供养人员｜无特困供养人员｜是否特困供养不详"),
        Ground.of_input("minimum_living", special.minimum_living, "享受低保｜未享受低保｜是否享受低保不详"),
        Ground.of_input("risks", special.risks, "风险共 {value}"),
        income.ground(),
        against(income.per_head, line),
        Ground.of_input("reviewed", special.reviewed, "已作重点审查｜未作重点审查｜是否作过重点审查不详"),
        *income.parts(),
    ]
    return outcome(verdict, grounds, _words(verdict, "县级可以审定", "须先作重点审查"))


def any_member(given: Iterable[bool | None]) -> bool | None:
    """Return whether any member is; None when none is known to be and somebody is unknown."""
    values = list(given)
    if True in values:
        return True
    return None if None in values else False
