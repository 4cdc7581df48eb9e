"""From grounds to the sentence that an official reads.

Every number stands with its period, owner and day, every parameter with its reference, the conclusion with
its article. What a phrase does not tell itself is added behind it in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from shouwang.decision.ground import EITHER, PLACEHOLDER, Ground
from shouwang.decision.verdict import Verdict

if TYPE_CHECKING:
    from shouwang.decision.decision import Decision


def sentence(decision: Decision) -> str:
    """Return the reasons, the conclusion, and then where the parts of the figures come from."""
    citing = _Citations()
    main = [clause(ground, citing) for ground in decision.grounds if not ground.supports]
    told = "，".join([*main, f"故{_conclusion(decision, citing)}"])
    parts = [clause(ground, citing) for ground in decision.grounds if ground.supports]
    behind = "，".join(parts) + "。" if parts else ""
    return f"{_spaced(decision.subject, told)}。{behind}"


def clause(ground: Ground, citing: _Citations | None = None) -> str:
    """Return the clause of one ground, complete with what its phrase leaves out."""
    citing = citing or _Citations()
    template = _template(ground)
    return _fill(ground, template, citing) + _bracket(ground, template, citing)


class _Citations:
    """Names a document once, then says 同文 for as long as the same one is cited."""

    def __init__(self) -> None:
        self._last = ""

    def cite(self, source: str) -> str:
        document, _, article = source.partition(" ")
        again = document == self._last and bool(document)
        self._last = document
        return f"同文 {article}".strip() if again else source


def _template(ground: Ground) -> str:
    template = _wording(ground)
    told = ground.period is None or "{period}" in template
    return template if told else "{period} " + template


def _wording(ground: Ground) -> str:
    if ground.phrase.count(EITHER) == 2:
        yes, no, unknown = ground.phrase.split(EITHER)
        return {"yes": yes, "no": no, "unknown": unknown}[_answer(ground)]
    if not ground.known:
        return "{source}" if _is_unknown_parameter(ground) else "{label}不详"
    return ground.phrase or "{label} {value}"


def _is_unknown_parameter(ground: Ground) -> bool:
    # Its source is the whole reason why the policy has no value, document included.
    return ground.kind == "parameter" and not ground.known and bool(ground.source)


def _answer(ground: Ground) -> str:
    if isinstance(ground.value, Verdict):
        return ground.value.value
    if ground.value is None:
        return "unknown"
    return "yes" if ground.value else "no"


def _fill(ground: Ground, template: str, citing: _Citations) -> str:
    words = {
        "value": ground.text,
        "label": ground.label,
        "owner": ground.owner,
        "on": str(ground.on or ""),
        "period": str(ground.period or ""),
    }

    def word(found: re.Match[str]) -> str:
        return citing.cite(ground.source) if found[1] == "source" else words[found[1]]

    return PLACEHOLDER.sub(word, template)


def _bracket(ground: Ground, template: str, citing: _Citations) -> str:
    attribution = _attribution(ground, template) if ground.kind != "parameter" else ""
    source = citing.cite(ground.source) if ground.source and "{source}" not in template else ""
    text = "，".join(part for part in (attribution, source) if part)
    return f"（{text}）" if text else ""


def _attribution(ground: Ground, template: str) -> str:
    owner = ground.owner if "{owner}" not in template else ""
    day = str(ground.on) if ground.on and "{on}" not in template else ""
    if not ground.known and owner:
        return f"应由{owner}提供"
    return " ".join(part for part in (owner, day) if part)


def _conclusion(decision: Decision, citing: _Citations) -> str:
    source = f"（{citing.cite(decision.source)}）" if decision.source else ""
    return f"{decision.conclusion_text or _default_conclusion(decision)}{source}"


def _default_conclusion(decision: Decision) -> str:
    title = decision.title or decision.rule
    if decision.verdict is Verdict.UNKNOWN:
        return f"暂不能判定{title}，待补：{_missing(decision.grounds) or '依据'}"
    return f"{title}：{decision.verdict.label}"


def _missing(grounds: Iterable[Ground]) -> str:
    return "、".join(ground.label for ground in grounds if not ground.known)


def _spaced(subject: str, told: str) -> str:
    return f"{subject} {told}" if subject and told[:1].isascii() else f"{subject}{told}"
