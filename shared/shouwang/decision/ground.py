"""Grounds: what a decision rests on, each with its clause in Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from shouwang.decision.codec import decode, encode, recordable
from shouwang.decision.verdict import Verdict
from shouwang.errors import ConfigurationError
from shouwang.periods import Month, Quarter, Window
from shouwang.policy.units import show
from shouwang.policy.values import Unknown, Value

if TYPE_CHECKING:
    from shouwang.decision.decision import Decision

Kind = Literal["input", "parameter", "decision"]
EITHER = "｜"  # separates the clauses for yes, no and unknown
WORDS = frozenset({"value", "label", "owner", "on", "period", "source"})
PLACEHOLDER = re.compile(r"\{(\w+)\}")

for _name, _type in {"verdict": Verdict, "month": Month, "quarter": Quarter, "window": Window}.items():
    recordable(f"shouwang.{_name}")(_type)
for _name, _type in {"value": Value, "unknown": Unknown}.items():
    recordable(f"shouwang.{_name}")(_type)


@recordable("shouwang.input")
@dataclass(frozen=True)
class Input:
    """A fact with who gave it and when; None is not known. Units as in `policy.units` (fen, months …)."""

    value: Any
    owner: str = ""
    on: date | None = None
    label: str = ""
    unit: str = ""
    period: Window | None = None
    source: str = ""


@recordable("shouwang.ground")
@dataclass(frozen=True)
class Ground:
    """One ground. `phrase` is a template: {value} {label} {owner} {on} {period} {source} are filled in.

    A yes/no value needs three clauses: "存在因病风险｜不存在因病风险｜是否存在因病风险不详". What the
    phrase leaves out (period, owner, day, source) is added behind it, so that no number stands without them.
    `supports` names a ground of which this one is a part: it is told in the second sentence.
    """

    kind: Kind
    name: str
    label: str
    value: Any
    unit: str = ""
    owner: str = ""
    on: date | None = None
    source: str = ""
    phrase: str = ""
    period: Window | None = None
    supports: str = ""

    def __post_init__(self) -> None:
        unknown = set(PLACEHOLDER.findall(self.phrase)) - WORDS
        if unknown:
            raise ConfigurationError(
                f"依据“{self.name}”的句子里有未知的空位 {'、'.join(sorted(unknown))}。",
                code="decision.phrase",
                remedy=f"可用的有 {'、'.join(sorted(WORDS))}。",
            )
        if self.phrase and not self._speaks():
            raise ConfigurationError(
                f"依据“{self.name}”的句子“{self.phrase}”没有说出它的值。",
                code="decision.phrase",
                remedy="数值请写 {value}；是非请写成“是的句子｜否的句子｜不详的句子”。",
            )

    @classmethod
    def of_input(cls, name: str, given: Input, phrase: str = "", supports: str = "") -> Ground:
        """Return the ground of an input; its label, unit, owner, day and period come with it."""
        return cls(
            kind="input",
            name=name,
            label=given.label or name,
            value=given.value,
            unit=given.unit,
            owner=given.owner,
            on=given.on,
            source=given.source,
            phrase=phrase,
            period=given.period,
            supports=supports,
        )

    @classmethod
    def of_parameter(cls, found: Value | Unknown, phrase: str = "") -> Ground:
        """Return the ground of a policy parameter, known or unknown."""
        label = found.title or found.name
        if isinstance(found, Unknown):
            return cls("parameter", found.name, label, None, source=found.reason)
        return cls(
            "parameter", found.name, label, found.value, found.unit, source=found.source, phrase=phrase
        )

    @classmethod
    def of_decision(cls, decision: Decision, phrase: str = "") -> Ground:
        """Return the ground of an earlier decision: its verdict, with its source and day."""
        return cls(
            kind="decision",
            name=decision.rule,
            label=decision.conclusion_text or decision.title or decision.rule,
            value=decision.verdict,
            on=decision.on,
            source=decision.source,
            phrase=phrase,
        )

    @property
    def known(self) -> bool:
        """Whether the value is known."""
        return self.value is not None and self.value is not Verdict.UNKNOWN

    @property
    def text(self) -> str:
        """The value as people read it."""
        if isinstance(self.value, Verdict):
            return self.value.label
        if isinstance(self.value, list | tuple):
            return "、".join(str(item) for item in self.value) or "无"
        return show(self.value, self.unit)

    def _speaks(self) -> bool:
        if "{value}" in self.phrase or self.phrase.count(EITHER) == 2:
            return True
        plain = not isinstance(self.value, bool | Verdict) and self.value is not None
        return plain and self.text in self.phrase

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            **{key: getattr(self, key) for key in ("kind", "name", "label", "unit", "owner", "source")},
            "value": encode(self.value),
            "on": self.on.isoformat() if self.on else None,
            "phrase": self.phrase,
            "period": self.period.to_dict() if self.period else None,
            "supports": self.supports,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Ground:
        """Read the JSON form."""
        period, on = data.get("period"), data.get("on")
        return cls(
            **{
                **data,
                "value": decode(data["value"]),
                "on": date.fromisoformat(on) if on else None,
                "period": Window.from_dict(period) if period else None,
            }
        )


def against(amount: Any, parameter: Value | Unknown) -> Ground:
    """Return the ground of a parameter that `amount` was compared with: "低于 6,500 元/人·年的监测基准线"."""
    if amount is None or isinstance(parameter, Unknown):
        return Ground.of_parameter(parameter)
    below_or_above = "低于" if amount < parameter.value else "高于"
    word = "等于" if amount == parameter.value else below_or_above
    return Ground.of_parameter(parameter, f"{word} {{value}}的{parameter.title}")
