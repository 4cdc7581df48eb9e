"""Found against true, rule by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from deploy.precision.kinds import KIND_OF


@dataclass(frozen=True)
class Score:
    """One rule: households so and found, missed (by reason), found and not so (by reason).

    `unexplained`: households that the truth says would be found and were not, or the other way round.
    """

    rule: str
    hits: int
    missed: Mapping[str, int] = field(default_factory=dict)
    alarms: Mapping[str, int] = field(default_factory=dict)
    unexplained: tuple[str, ...] = ()

    @property
    def precision(self) -> float | None:
        """How many of those found it is so with; None when nobody was found."""
        found = self.hits + sum(self.alarms.values())
        return self.hits / found if found else None

    @property
    def recall(self) -> float | None:
        """How many of those it is so with were found; None when it is so with nobody."""
        so = self.hits + sum(self.missed.values())
        return self.hits / so if so else None


def scores(truth: Mapping[str, Any], found: Mapping[str, set[str]]) -> list[Score]:
    """Return the score of every rule that has a kind."""
    return [
        _score(rule, _cases(truth, rule), households) for rule, households in found.items() if rule in KIND_OF
    ]


def not_covered(rules: Iterable[str], truth: Mapping[str, Any]) -> list[str]:
    """Return the rules of which the truth knows no case."""
    known = {(case["department"], case["kind"]) for case in truth["cases"]}
    return [rule for rule in rules if (rule.partition("/")[0], KIND_OF.get(rule)) not in known]


def _cases(truth: Mapping[str, Any], rule: str) -> dict[str, Mapping[str, Any]]:
    department, kind = rule.partition("/")[0], KIND_OF[rule]
    own = (case for case in truth["cases"] if (case["department"], case["kind"]) == (department, kind))
    return {case["household"]: case for case in own}


def _score(rule: str, cases: Mapping[str, Mapping[str, Any]], found: set[str]) -> Score:
    so = {key for key, case in cases.items() if case["so"]}
    seen = {key for key, case in cases.items() if case["seen"]}
    return Score(
        rule,
        len(found & so),
        _reasons(cases, so - found),
        _reasons(cases, found - so),
        tuple(sorted(found ^ seen)),
    )


def _reasons(cases: Mapping[str, Mapping[str, Any]], keys: set[str]) -> dict[str, int]:
    counted = Counter(str(cases[key]["reason"]) if key in cases else "nothing_planted" for key in keys)
    return dict(sorted(counted.items()))
