"""Older versions of the rule of effect: nothing new is judged by them, old decisions are replayed."""

from __future__ import annotations

from datetime import date
from typing import Final

from shouwang.decision import Decision, Input, above, all_of, at_least, outcome, rule

from services.assistance.domain.evaluation.effect import grounds_of, secured_ground, suggest
from services.assistance.domain.planning.rules import DEVELOPMENT, group

_FROM: Final = date(2021, 7, 2)
_SOURCE: Final = "湘委乡振组发〔2021〕1号 二(四)"


@rule("A-09.effect", version=1, valid_from=_FROM, title="帮扶措施成效", source=_SOURCE)
def effect_on_risks(measure: str, delivered: bool, before: Input, now: Input, secured: Input) -> Decision:
    """Judge every guarantee by risks, also one that answers none of the household's (until 0252)."""
    earns = group(measure) in DEVELOPMENT
    rose, held = above(now.value, before.value), at_least(now.value, before.value)
    works = rose if earns else all_of(secured.value, held)
    grounds = [*grounds_of(earns, delivered, before, now), secured_ground(secured)]
    return outcome(all_of(delivered, works), grounds, value=suggest(delivered, works))
