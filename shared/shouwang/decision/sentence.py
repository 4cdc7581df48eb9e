"""From grounds to the sentence that an official reads: every number with its period, owner and day,
every parameter with its legal reference, and the conclusion with the article that draws it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from shouwang.decision.ground import EITHER, Ground
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
    filled = _fill(ground, _template(ground), citing)
    return filled + _bracket(ground, filled, citing)


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
    if ground.phrase.count(EITHER) == 2:
        yes, no, unknown = ground.phrase.split(EITHER)
        return {"yes": yes, "no": no, "unknown": unknown}[_answer(ground)]
    if not ground.known:
        return _unknown(ground)
    if ground.phrase:
        return ground.phrase
    return "{label}" if ground.kind == "decision" else "{label} {value}"


def _unknown(ground: Ground) -> str:
    if ground.kind == "parameter":
        return ground.source or "{label}不详"
    return "{label}不详"


def _answer(ground: Ground) -> str:
    if isinstance(ground.value, Verdict):
        return ground.value.value
    if ground.value is None:
        return "unknown"
    return "yes" if ground.value else "no"


def _fill(ground: Ground, template: str, citing: _Citations) -> str:
    if ground.period is not None and "{period}" not in template:
        template = "{period} " + template
    if "{source}" in template:
        template = template.replace("{source}", citing.cite(ground.source))
    for name, text in _words(ground).items():
        template = template.replace(f"{{{name}}}", text)
    return template


def _words(ground: Ground) -> dict[str, str]:
    return {
        "value": ground.text,
        "label": ground.label,
        "owner": ground.owner,
        "on": str(ground.on or ""),
        "period": str(ground.period or ""),
    }


def _bracket(ground: Ground, filled: str, citing: _Citations) -> str:
    text = _attribution(ground, filled) if ground.kind == "input" else ""
    if ground.source and ground.source not in filled and "同文" not in filled:
        text = "，".join(part for part in (text, citing.cite(ground.source)) if part)
    return f"（{text}）" if text else ""


def _attribution(ground: Ground, filled: str) -> str:
    if not ground.known:
        return f"应由{ground.owner}提供" if ground.owner else ""
    told = (ground.owner, str(ground.on or ""))
    return " ".join(text for text in told if text and text not in filled)


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
