"""A decision: verdict and value with their grounds, stored with the case and able to be computed again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from shouwang.decision.codec import decode, encode, recordable
from shouwang.decision.ground import Ground
from shouwang.decision.sentence import sentence
from shouwang.decision.verdict import NO, UNKNOWN, YES, Answer, Verdict, verdict_of
from shouwang.policy.units import show


@recordable("shouwang.decision")
@dataclass(frozen=True)
class Decision:
    """What was decided, on which grounds, by which version of which rule, on which day.

    `value` is what the rule yields besides the verdict (a category, an amount in `unit`). `inputs` and
    `parameters` hold the call as JSON: with them `replay` decides anew. Inside a rule use `outcome`.
    """

    rule: str
    version: int
    verdict: Verdict
    value: Any = None
    subject: str = ""
    on: date | None = None
    grounds: Sequence[Ground] = ()
    conclusion: str = ""
    title: str = ""
    source: str = ""
    unit: str = ""
    region: str = ""
    inputs: Mapping[str, Any] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "grounds", tuple(self.grounds))

    def __bool__(self) -> bool:
        raise TypeError("a decision has three values: ask is_yes, is_no or is_unknown")

    @property
    def is_yes(self) -> bool:
        """The answer is yes."""
        return self.verdict is YES

    @property
    def is_no(self) -> bool:
        """The answer is no."""
        return self.verdict is NO

    @property
    def is_unknown(self) -> bool:
        """Something needed is not known."""
        return self.verdict is UNKNOWN

    @property
    def conclusion_text(self) -> str:
        """The conclusion with {value} filled in."""
        return self.conclusion.replace("{value}", show(self.value, self.unit))

    def sentence(self) -> str:
        """Return the decision as Chinese: reasons, conclusion, and where the figures come from."""
        return sentence(self)

    def as_reason(self) -> dict[str, str]:
        """Return it as one of the reasons of a refusal: code, message, source."""
        return {"code": self.rule, "message": self.sentence(), "source": self.source}

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON form; without the personal data that grounds must not hold (see `codec`)."""
        plain = ("rule", "version", "subject", "conclusion", "title", "source", "unit", "region")
        return {
            **{key: getattr(self, key) for key in plain},
            "verdict": self.verdict.value,
            "value": encode(self.value),
            "on": self.on.isoformat() if self.on else None,
            "grounds": [ground.to_dict() for ground in self.grounds],
            "inputs": dict(self.inputs),
            "parameters": dict(self.parameters),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Decision:
        """Read the JSON form."""
        on = data.get("on")
        return cls(
            **{
                **data,
                "verdict": Verdict(data["verdict"]),
                "value": decode(data["value"]),
                "on": date.fromisoformat(on) if on else None,
                "grounds": [Ground.from_dict(ground) for ground in data["grounds"]],
            }
        )


def outcome(
    answer: Answer,
    grounds: Sequence[Ground],
    conclusion: str = "",
    *,
    value: Any = None,
    unit: str = "",
    subject: str = "",
) -> Decision:
    """Return what a rule found; `@rule` writes its number, version, day and source onto it."""
    return Decision(
        "", 0, verdict_of(answer), value, subject, grounds=grounds, conclusion=conclusion, unit=unit
    )
