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


@rule("A-09.effect", version=1, valid_from=_FROM, title="帮扶措施成效", source=_SOURCE)
def effect(measure: str, delivered: bool, before: Input, now: Input, secured: Input) -> Decision:
    """Yes when a delivered measure works; value: what is suggested (keep, replace, collect, deliver).

    Measures that earn (A39–A42) work when the per-head income rose; guarantees (A43–A52) when what they
    secure is secured and income did not fall. before, now: per-head net income in fen; secured: whether
    the risks that the measure answers are gone. None is not known.
    """
    earns = group(measure) in DEVELOPMENT
    rose, held = above(now.value, before.value), at_least(now.value, before.value)
    works = rose if earns else all_of(secured.value, held)
    verdict = all_of(delivered, works)
    return outcome(
        verdict, _grounds(earns, delivered, before, now, secured), value=_suggest(delivered, works)
    )


def _suggest(delivered: bool, works: Verdict) -> str:
    if not delivered:
        return DELIVER
    if works is Verdict.UNKNOWN:
        return COLLECT
    return KEEP if works is YES else REPLACE


def _grounds(earns: bool, delivered: bool, before: Input, now: Input, secured: Input) -> list[Ground]:
    done = "措施已落实｜措施未落实｜措施是否落实不详"
    kind = "增收类措施看收入是否增加｜保障类措施看风险是否消除、收入是否不降｜措施类别不详"
    safe = "所针对的风险已消除｜所针对的风险仍在｜所针对的风险是否消除不详"
    return [
        Ground("input", "earns", "措施类别", earns, phrase=kind),
        Ground("input", "delivered", "落实情况", delivered, phrase=done),
        Ground.of_input("before", before, "制定计划时人均纯收入 {value}"),
        Ground.of_input("now", now, "本季度人均纯收入 {value}"),
        Ground.of_input("secured", secured, safe),
    ]
