"""Older versions of the rules of plans: no new plan is made by them, old decisions are replayed."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from shouwang.decision import YES, Decision, Ground, outcome, rule

from services.assistance.domain.planning.rules import (
    DEVELOPMENT,
    Offer,
    able_ground,
    rank,
    without_choice,
    word_of,
)

_FROM: Final = date(2021, 7, 2)
_SOURCE: Final = "湘委乡振组发〔2021〕1号 三(二)"


@rule("A-01.kind", version=1, valid_from=_FROM, title="单项措施或综合施策", source=_SOURCE)
def one_or_several(risks: tuple[str, ...]) -> Decision:
    """Say "single" for one risk and "combined" for several (value), guarantees counted (until 0203)."""
    several = len(risks) > 1
    grounds = [Ground("input", "risks", "风险", [word_of(risk) for risk in risks], phrase="风险为{value}")]
    words = "风险复杂多样，综合施策" if several else "风险单一，实施单项措施"
    return outcome(YES, grounds, words, value="combined" if several else "single")


@rule("A-01.choice", version=2, valid_from=_FROM, title="一项风险一项措施", source=_SOURCE)
def one_besides_rights(
    risk: str, able: bool | None, secured: bool, due: tuple[Offer, ...], unsure: tuple[Offer, ...]
) -> Decision:
    """Choose one optional measure for a risk, also one that secures what is secured by right (until 0252)."""
    fitting = [one for one in due if not (secured and able is False and one.group in DEVELOPMENT)]
    best = min(fitting, key=lambda one: rank(one, able), default=None)
    answered = secured or best is not None
    verdict: Any = answered if answered or not unsure else None
    phrase = "已有应享的保障｜没有应享的保障｜是否有应享的保障不详"
    grounds = [
        Ground("input", "risk", "风险", word_of(risk), phrase="{value}风险"),
        able_ground(able),
        Ground("input", "secured", "应享保障", secured, phrase=phrase),
        Ground("input", "due", "可选择", [one.title for one in due], phrase="可选择的措施：{value}"),
        Ground("input", "unsure", "待核", [one.title for one in unsure], phrase="尚待认定的措施：{value}"),
    ]
    if best is not None:
        return outcome(verdict, grounds, f"安排“{best.title}”", value=best.key)
    return outcome(verdict, grounds, without_choice(risk, secured, unsure))


@rule("A-01.choice", version=1, valid_from=_FROM, title="一项风险一项措施", source=_SOURCE)
def one_of_all(risk: str, able: bool | None, due: tuple[Offer, ...], unsure: tuple[Offer, ...]) -> Decision:
    """Choose one measure for a risk, of guarantees and others alike (docs/decisions/0091, until 0203)."""
    best = min(due, key=lambda one: rank(one, able), default=None)
    verdict: Any = best is not None if best is not None or not unsure else None
    grounds = [
        Ground("input", "risk", "风险", word_of(risk), phrase="{value}风险"),
        able_ground(able),
        Ground("input", "due", "可安排", [one.title for one in due], phrase="可安排的措施：{value}"),
        Ground("input", "unsure", "待核", [one.title for one in unsure], phrase="尚待认定的措施：{value}"),
    ]
    if best is not None:
        return outcome(verdict, grounds, f"安排“{best.title}”", value=best.key)
    return outcome(verdict, grounds, "" if unsure else f"{word_of(risk)}风险暂无措施覆盖")
