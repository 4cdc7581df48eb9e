"""Why the plan of a household is as it is: every choice and every omission as a sentence (A-01)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from shouwang.decision import Decision, replay

from services.assistance.domain.planning import former  # noqa: F401  (old versions, for replay)
from services.assistance.domain.planning.once import not_put_back
from services.assistance.domain.planning.rights import LEFT
from services.assistance.domain.planning.rules import thing

TRAP: Final = "未安排：所对应的风险已有一项措施，防止陷入福利陷阱（湘委乡振组发〔2021〕1号 三(二)）。"
WAITING: Final = "未安排：有关政策参数已过复核期或尚缺，应否落实、何时落实暂不能认定，补齐后再办。"
BY_HAND: Final = "未安排：本计划中同一项已由工作人员停止或更换，不自动恢复。"
ONCE: Final = "未安排：同一项保障已由另一部门或另一种途径落实，不重复（湘委乡振组发〔2021〕1号 三(二)）。"

Json = dict[str, Any]
Many = Sequence[Mapping[str, Any]]


def explained(decisions: Many, tasks: Many, unknown: Many = ()) -> list[Json]:
    """Return [{about, given, sentence, decision}]: each decision computed again from its own inputs.

    `given`: for a measure whether a task came of it (None for what is no measure). unknown: proposals of
    which the plan does not know. Tampered when a stored decision does not come out again as it stands.
    """
    given = {_key(one) for one in tasks}
    told = [(one, replay(one["decision"])) for one in decisions]
    twice = {key for _, decision in told for key in _given_elsewhere(decision)}
    why = _Left(twice, {_key(one) for one in unknown}, not_put_back(tasks))
    return [_told(one, decision, given, why) for one, decision in told]


def _told(one: Mapping[str, Any], decision: Decision, given: set[str], why: _Left) -> Json:
    about = one["about"]
    measure = "/" in about
    left_out = measure and decision.is_yes and about not in given
    return {
        "about": about,
        "given": about in given if measure else None,
        "verdict": decision.verdict.value,
        "sentence": decision.sentence() + (why.out(about) if left_out else ""),
        "decision": one["decision"],
    }


@dataclass(frozen=True)
class _Left:
    """What is left out: the same is given (keys), the policy is silent (keys), a person did it (things)."""

    twice: set[str]
    waiting: set[str]
    by_hand: set[str]

    def out(self, about: str) -> str:
        """Say why a measure that may be given was not; of the rest, its risk has another one."""
        if about in self.waiting:
            return WAITING
        if about in self.twice:
            return ONCE
        return BY_HAND if thing(*about.split("/")) in self.by_hand else TRAP


def _key(one: Mapping[str, Any]) -> str:
    return f"{one['department']}/{one['measure']}"


def _given_elsewhere(decision: Decision) -> list[str]:
    return [key for ground in decision.grounds if ground.name == LEFT for key in ground.value]
