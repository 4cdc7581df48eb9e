"""Why the plan of a household is as it is: every choice and every omission as a sentence (A-01)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shouwang.decision import Decision, replay

Json = dict[str, Any]


def explained(decisions: Sequence[Mapping[str, Any]], tasks: Sequence[Mapping[str, Any]]) -> list[Json]:
    """Return [{about, given, sentence, decision}]: each decision computed again from its own inputs.

    `given`: for a measure whether a task came of it (None for what is no measure). Tampered when a stored
    decision does not come out again as it stands.
    """
    given = {f"{one['department']}/{one['measure']}" for one in tasks}
    return [_told(one, given) for one in decisions]


def _told(one: Mapping[str, Any], given: set[str]) -> Json:
    decision = replay(one["decision"])
    measure = "/" in one["about"]
    return {
        "about": one["about"],
        "given": one["about"] in given if measure else None,
        "verdict": decision.verdict.value,
        "sentence": decision.sentence() + _left_out(one["about"], decision, measure, given),
        "decision": one["decision"],
    }


def _left_out(about: str, decision: Decision, measure: bool, given: set[str]) -> str:
    """Say why a measure that may be given was not: its risk has another one, or it answers none."""
    if not measure or not decision.is_yes or about in given:
        return ""
    return "未安排：所对应的风险已有一项措施，防止陷入福利陷阱（湘委乡振组发〔2021〕1号 三(二)）。"
