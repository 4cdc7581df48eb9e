"""Why the plan of a household is as it is: every choice and every omission as a sentence (A-01)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from shouwang.decision import Decision, replay

from services.assistance.domain.planning import former  # noqa: F401  (old versions, for replay)
from services.assistance.domain.planning.rights import LEFT

TRAP: Final = "未安排：所对应的风险已有一项措施，防止陷入福利陷阱（湘委乡振组发〔2021〕1号 三(二)）。"
ONCE: Final = "未安排：同一项保障已由另一部门或另一种途径落实，不重复（湘委乡振组发〔2021〕1号 三(二)）。"

Json = dict[str, Any]


def explained(decisions: Sequence[Mapping[str, Any]], tasks: Sequence[Mapping[str, Any]]) -> list[Json]:
    """Return [{about, given, sentence, decision}]: each decision computed again from its own inputs.

    `given`: for a measure whether a task came of it (None for what is no measure). Tampered when a stored
    decision does not come out again as it stands.
    """
    given = {f"{one['department']}/{one['measure']}" for one in tasks}
    told = [(one, replay(one["decision"])) for one in decisions]
    twice = {key for _, decision in told for key in _given_elsewhere(decision)}
    return [_told(one, decision, given, twice) for one, decision in told]


def _told(one: Mapping[str, Any], decision: Decision, given: set[str], twice: set[str]) -> Json:
    about = one["about"]
    measure = "/" in about
    left_out = measure and decision.is_yes and about not in given
    return {
        "about": about,
        "given": about in given if measure else None,
        "verdict": decision.verdict.value,
        "sentence": decision.sentence() + (_left_out(about, twice) if left_out else ""),
        "decision": one["decision"],
    }


def _left_out(about: str, twice: set[str]) -> str:
    """Say why a measure that may be given was not: the same is given, or its risk has another one."""
    return ONCE if about in twice else TRAP


def _given_elsewhere(decision: Decision) -> list[str]:
    return [key for ground in decision.grounds if ground.name == LEFT for key in ground.value]
