"""What may be given and what is chosen: what is lacking (A-01), nothing twice, no money for nothing.

Single risk, single measure, so that help does not become a trap; several risks, a combined plan; who can work
is helped to earn first; who cannot gets the safety net; who lacks will is encouraged. What the law grants to
whoever is eligible stands apart (`rights`): it is due besides.
Sources: 湘委乡振组发〔2021〕1号 三(二); 农业农村部 2024-10-21 内生动力意见 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Self

from shouwang.decision import (
    NO,
    YES,
    Decision,
    Ground,
    Input,
    Verdict,
    all_of,
    any_of,
    not_,
    outcome,
    recordable,
    rule,
)
from shouwang.vocabulary import Risk, State, measure_label

DEVELOPMENT: Final = ("A39", "A40", "A41", "A42")
SAFETY_NET: Final = ("A48",)
SECURING: Final = ("A43", "A44", "A45", "A46", "A47", "A48")
"""Groups that secure: housing, water, health, school, education, the safety net."""
_FROM: Final = date(2021, 7, 2)
_SOURCE: Final = "湘委乡振组发〔2021〕1号 三(二)"
_WILL: Final = "农业农村部 2024-10-21 增强内生动力意见 1"
_ELIGIBLE: Final = {"yes": YES, "no": NO}


@recordable("assistance.offer")
@dataclass(frozen=True)
class Offer:
    """What a department proposes for the household. receiving: it is given already (None: nobody said).

    condition: what the household does for the money; amount_fen None: no money, or not known how much.
    """

    department: str
    measure: str
    title: str
    risks: tuple[str, ...]
    eligible: str
    amount_fen: int | None
    receiving: bool | None = None
    condition: str = ""

    @classmethod
    def of(cls, proposal: Mapping[str, Any]) -> Self:
        """Build it from a proposal as the plan keeps it."""
        return cls(
            proposal["department"],
            proposal["measure"],
            proposal["title"],
            tuple(proposal["risks"]),
            proposal["eligible"],
            proposal["amount_fen"],
            proposal["receiving"],
            proposal["condition"],
        )

    @property
    def key(self) -> str:
        """Department and measure: one offer of a plan."""
        return f"{self.department}/{self.measure}"

    @property
    def group(self) -> str:
        """The measure group of its code: "A45-02" → "A45"."""
        return group(self.measure)


def group(measure: str) -> str:
    """Return the measure group of a code: "A45-02" → "A45"."""
    return measure.partition("-")[0]


def thing(department: str, measure: str) -> str:
    """Return what is the same thing whoever gives it: the item; of "其他", only that of one department."""
    label = measure_label(measure)
    return f"{department}/{measure}" if label in (None, "其他") else measure


def word_of(risk: str) -> str:
    """Return the Chinese label of a risk or state."""
    return Risk(risk).label if risk in {one.value for one in Risk} else State(risk).label


@rule("A-08.conditional", version=1, valid_from=_FROM, title="不无条件发钱发物", source=_WILL)
def conditional(offer: Offer) -> Decision:
    """Yes unless it is money for development (A39–A42) for which the household does nothing.

    Guarantees and the safety net (A43–A48) are due by law, not for something in return.
    """
    develops = offer.group in DEVELOPMENT
    money = (offer.amount_fen or 0) > 0
    free = all_of(develops, money, offer.condition == "")
    grounds = [
        _yes_no("develops", "发展类措施", develops, "属于增收发展类措施｜属于保障兜底类措施｜措施类别不详"),
        Ground("input", "amount_fen", "金额", offer.amount_fen, "fen", phrase="金额 {value}"),
        Ground("input", "condition", "条件", offer.condition or "无", phrase="条件：{value}"),
    ]
    return outcome(not_(free), grounds, _words(not_(free), "可以给付", "属于无条件发钱发物，不予安排"))


@rule("A-01.overlap", version=1, valid_from=_FROM, title="不重复享受", source=_SOURCE)
def not_held(offer: Offer, held: tuple[str, ...]) -> Decision:
    """Yes unless the household receives it already: its department says so, or another task gives it.

    `held`: things (see `thing`) that tasks of the household give this year. That a department says nothing
    of it is no obstacle: its own verdict of eligibility covers its own register.
    """
    elsewhere = thing(offer.department, offer.measure) in held
    twice = any_of(offer.receiving is True, elsewhere)
    grounds = [
        _yes_no(
            "receiving",
            "正在享受",
            offer.receiving,
            "部门登记正在享受｜部门登记未在享受｜部门未说明是否正在享受",
        ),
        _yes_no(
            "held", "另有任务", elsewhere, "本年另有任务给付同一项｜本年没有任务给付同一项｜是否另有任务不详"
        ),
    ]
    return outcome(not_(twice), grounds, _words(not_(twice), "不重复", "已在享受，不重复给付"))


@rule("A-01.due", version=1, valid_from=_FROM, title="可以安排的措施", source=_SOURCE)
def may_be_given(offer: Offer, held: tuple[str, ...]) -> Decision:
    """Yes when its department says the household is eligible, it is not given twice, nor for nothing."""
    eligible = _ELIGIBLE.get(offer.eligible, Verdict.UNKNOWN)
    once, earned = not_held(offer, held), conditional(offer)
    verdict = all_of(eligible, once, earned)
    phrase = "部门认定符合条件｜部门认定不符合条件｜部门尚不能认定是否符合条件"
    grounds = [
        Ground("input", "eligible", "部门认定", eligible, phrase=phrase),
        Ground.of_decision(once, "不重复享受｜重复享受｜是否重复享受不详"),
        Ground.of_decision(earned, "不属于无条件发钱发物｜属于无条件发钱发物｜是否无条件给付不详"),
    ]
    words = _words(verdict, f"“{offer.title}”可以安排", f"“{offer.title}”不予安排")
    return outcome(verdict, grounds, words, value=offer.key)


@rule("A-01.choice", version=3, valid_from=_FROM, title="一项风险一项措施", source=_SOURCE)
def choice(
    risk: str, able: bool | None, secured: bool, due: tuple[Offer, ...], unsure: tuple[Offer, ...]
) -> Decision:
    """Choose for one risk the one optional measure that fits best; value: its key, None when there is none.

    secured: what is due of right answers the risk already. due: optional ones that may be given for it;
    unsure: those of which it is not known. Who can work, or may be able to, is helped to earn first; who
    cannot and is secured is not made to. A risk that is secured by right needs no optional measure of the
    kind that secures (a loan besides a grant). Then the larger amount; then the code.
    """
    needless = SECURING if able is not False else (*SECURING, *DEVELOPMENT)
    fitting = [one for one in due if not (secured and one.group in needless)]
    best = min(fitting, key=lambda one: rank(one, able), default=None)
    answered = secured or best is not None
    verdict: Any = answered if answered or not unsure else None
    grounds = [
        Ground("input", "risk", "风险", word_of(risk), phrase="{value}风险"),
        able_ground(able),
        _yes_no("secured", "应享保障", secured, "已有应享的保障｜没有应享的保障｜是否有应享的保障不详"),
        Ground("input", "due", "可选择", [one.title for one in due], phrase="可选择的措施：{value}"),
        Ground("input", "unsure", "待核", [one.title for one in unsure], phrase="尚待认定的措施：{value}"),
    ]
    if best is not None:
        return outcome(verdict, grounds, f"安排“{best.title}”", value=best.key)
    return outcome(verdict, grounds, without_choice(risk, secured, unsure))


@rule("A-01.safety_net", version=1, valid_from=_FROM, title="无劳动能力的兜底保障", source=_SOURCE)
def safety_net(able: bool | None, due: tuple[Offer, ...]) -> Decision:
    """Yes for a household of which nobody can work: it gets every safety-net measure that is due (value)."""
    net = [one for one in due if one.group in SAFETY_NET]
    verdict = all_of(not_(able), len(net) > 0)
    grounds = [
        able_ground(able),
        Ground("input", "net", "兜底措施", [one.title for one in net], phrase="可安排的兜底措施：{value}"),
    ]
    keys = [one.key for one in net] if verdict is YES else []
    return outcome(verdict, grounds, _words(verdict, "同时兜底保障", "不另作兜底"), value=keys)


@rule("A-01.kind", version=2, valid_from=_FROM, title="单项措施或综合施策", source=_SOURCE)
def kind(risks: tuple[str, ...]) -> Decision:
    """Say "single" for one risk and "combined" for several (value); what is due of right is not counted."""
    several = len(risks) > 1
    grounds = [Ground("input", "risks", "风险", [word_of(risk) for risk in risks], phrase="风险为{value}")]
    words = "风险复杂多样，综合施策" if several else "风险单一，选择的帮扶实施单项措施"
    return outcome(YES, grounds, words, value="combined" if several else "single")


@rule(
    "A-01.will",
    version=1,
    valid_from=_FROM,
    title="扶志扶智",
    source=f"{_SOURCE} 8；农业农村部 2024-10-21 23",
)
def needs_encouragement(lacks_will: Input) -> Decision:
    """Yes for a household that lacks will; unknown as long as nobody judged it: nobody is presumed lazy."""
    phrase = "内生动力不足｜有内生动力｜内生动力如何尚无人判断"
    grounds = [Ground.of_input("lacks_will", lacks_will, phrase)]
    words = {True: "持续扶志扶智", False: "不需另作扶志扶智"}.get(lacks_will.value, "")
    return outcome(lacks_will.value, grounds, words)


def able_ground(able: bool | None) -> Ground:
    """Return the clause of whether somebody in the household can work."""
    phrase = "有劳动能力，开发式帮扶优先｜无劳动能力，保障优先｜是否有劳动能力不详，先按开发式帮扶"
    return _yes_no("able", "劳动能力", able, phrase)


def without_choice(risk: str, secured: bool, unsure: tuple[Offer, ...]) -> str:
    """Say why nothing is chosen for a risk; nothing while it is not known."""
    if secured:
        return "由应享的保障解决，不另选措施"
    return "" if unsure else f"{word_of(risk)}风险暂无措施覆盖"


def rank(offer: Offer, able: bool | None) -> tuple[int, int, str, str]:
    """Return the order in which offers are preferred: the least first, the same whoever computes it."""
    develops = offer.group in DEVELOPMENT
    first = 0 if develops == (able is not False) else 1
    return first, -(offer.amount_fen or 0), offer.measure, offer.department


def _yes_no(name: str, label: str, value: bool | None, phrase: str) -> Ground:
    return Ground("input", name, label, value, phrase=phrase)


def _words(verdict: Verdict, yes: str, no: str) -> str:
    return {YES: yes, NO: no}.get(verdict, "")
