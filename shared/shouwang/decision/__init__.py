"""Decisions that explain themselves: three-valued, with grounds, as a sentence, replayable."""

from shouwang.decision.codec import recordable
from shouwang.decision.decision import Decision, outcome
from shouwang.decision.ground import Ground, Input, against
from shouwang.decision.replay import recompute, replay
from shouwang.decision.rules import RULES, Rules, RuleVersion, rule
from shouwang.decision.verdict import (
    NO,
    UNKNOWN,
    YES,
    Verdict,
    above,
    all_of,
    any_of,
    at_least,
    at_most,
    below,
    not_,
    verdict_of,
)

__all__ = [
    "NO",
    "RULES",
    "UNKNOWN",
    "YES",
    "Decision",
    "Ground",
    "Input",
    "RuleVersion",
    "Rules",
    "Verdict",
    "above",
    "against",
    "all_of",
    "any_of",
    "at_least",
    "at_most",
    "below",
    "not_",
    "outcome",
    "recompute",
    "recordable",
    "replay",
    "rule",
    "verdict_of",
]
