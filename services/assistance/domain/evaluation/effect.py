"""Does a measure work? Each quarter, by its effect on income and on guarantees (A-09).

A rule suggests, a person decides: a measure without effect is replaced, what is not known is collected first.
Source: 湘委乡振组发〔2021〕1号 二(四): 每季度至少集中开展一次帮扶效果评估.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from shouwang.decision import (
    YES,
    Decision,
    Ground,
    Input,
    Verdict,
    above,
    all_of,
    at_least,
    outcome,
    rule,
)

from services.assistance.domain.planning.rules import DEVELOPMENT, group

KEEP, REPLACE, COLLECT, DELIVER = "keep", "replace", "collect", "deliver"
SUGGESTIONS: Final = {
    KEEP: "继续实施",
    REPLACE: "建议更换",
    COLLECT: "先补充数据再评估",
    DELIVER: "尚未落实，先督促落实",
}
_SOURCE: Final = "湘委乡振组发〔2021〕1号 二(四)"
_FROM: Final = date(2021, 7, 2)


@rule("A-09.effect", version=2, valid_from=_FROM, title="帮扶措施成效", source=_SOURCE)
def effect(
    measure: str, delivered: bool, before: Input, now: Input, secured: Input, answers: bool
) -> Decision:
    """Yes when a delivered measure works; value: what is suggested (keep, replace, collect, deliver).

    Measures that earn (A39–A42) work when the per-head income rose; guarantees (A43–A52) when what they
    secure is secured and income did not fall. before, now: per-head net income in fen; secured: whether
    the risks that the measure answers are gone. None is not known. answers: whether it answers a risk of the
    household at all; one that is due by who somebody is (A45-01) may not: its effect is not known, there
    is nothing to collect, and it goes on.
    """
    earns = group(measure) in DEVELOPMENT
    rose, held = above(now.value, before.value), at_least(now.value, before.value)
    works = rose if earns else all_of(secured.value, held) if answers else Verdict.UNKNOWN
    verdict = all_of(delivered, works)
    judged = earns or answers
    suggested = KEEP if delivered and not judged else suggest(delivered, works)
    grounds = [*grounds_of(earns, delivered, before, now), _risks(judged, secured)]
    return outcome(verdict, grounds, value=suggested)


def suggest(delivered: bool, works: Verdict) -> str:
    """Return what is suggested for a measure that works, does not, or of which it is not known."""
    if not delivered:
        return DELIVER
    if works is Verdict.UNKNOWN:
        return COLLECT
    return KEEP if works is YES else REPLACE


def grounds_of(earns: bool, delivered: bool, before: Input, now: Input) -> list[Ground]:
    """Return the clauses of what kind a measure is, whether it was delivered, and of income."""
    done = "措施已落实｜措施未落实｜措施是否落实不详"
    kind = "增收类措施看收入是否增加｜保障类措施看风险是否消除、收入是否不降｜措施类别不详"
    return [
        Ground("input", "earns", "措施类别", earns, phrase=kind),
        Ground("input", "delivered", "落实情况", delivered, phrase=done),
        Ground.of_input("before", before, "制定计划时人均纯收入 {value}"),
        Ground.of_input("now", now, "本季度人均纯收入 {value}"),
    ]


def secured_ground(secured: Input) -> Ground:
    """Return the clause of whether the risks that a measure answers are gone."""
    phrase = "所针对的风险已消除｜所针对的风险仍在｜所针对的风险是否消除不详"
    return Ground.of_input("secured", secured, phrase)


def _risks(judged: bool, secured: Input) -> Ground:
    if judged:
        return secured_ground(secured)
    phrase = "针对该户的风险｜不针对该户的风险，不以风险消除评成效，继续实施｜是否针对该户的风险不详"
    return Ground("input", "answers", "针对风险", judged, phrase=phrase)
