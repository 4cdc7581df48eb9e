"""What the rules say of one household as it stands: income, category, duty, class.

A category said here is a suggestion on the newest figures; only a case decides (I-01 … I-05).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from shouwang.decision import RULES, UNKNOWN, YES, Decision, Ground, Input, outcome
from shouwang.errors import UnknownValue
from shouwang.periods import Month, twelve_months_before
from shouwang.policy import Unknown, View

from services.monitoring.domain.income.figures import Income
from services.monitoring.domain.portrait.classes import Living
from services.monitoring.domain.portrait.row import Row, facts_of
from services.monitoring.domain.proceedings import guards
from services.monitoring.domain.proceedings.removal import any_member
from services.monitoring.domain.proceedings.risk import Danger

Json = dict[str, Any]
Versions = Mapping[str, int]
CATEGORY: Final = "M-08"
DUTY: Final = "M-12"
CLASS: Final = "M-11"
JUDGED: Final = (CATEGORY, DUTY, CLASS)
NOBODY: Final = "none"
"""Instead of a category or class: the rule says no."""
OPEN: Final = "unknown"
"""Instead of a category or class: something needed is not known."""
MONITORED: Final = "monitored"


@dataclass(frozen=True)
class Judged:
    """The decisions on one household; `standing` is what is kept of them."""

    income: Income
    danger: Danger
    difficulty: Input
    living: Living
    view: View
    versions: Versions

    @property
    def category(self) -> Decision:
        """M-08."""
        given = (self.income, self.danger, self.living.kind, self.difficulty, self.view)
        return decided(CATEGORY, self.versions, self.view, *given)

    @property
    def duty(self) -> Decision:
        """M-12."""
        return decided(DUTY, self.versions, self.view, self.income, self.danger, self.view)

    @property
    def class_(self) -> Decision:
        """M-11."""
        given = (self.income, self.danger, self.living, self.view)
        return decided(CLASS, self.versions, self.view, *given)

    def standing(self) -> Json:
        """Return {a34, a38, risk, category, duty, class}: codes, `none` for no, `unknown`."""
        return {
            "a34": self.income.per_head,
            "a38": self.income.reference_per_head,
            "risk": self.danger.verdict.value,
            "category": short(self.category),
            "duty": self.duty.verdict.value,
            "class": short(self.class_),
        }


def judged(row: Row, view: View, versions: Versions | None = None) -> Judged:
    """Return what the rules say of a row under a policy; versions: of rules, where not those of the day."""
    return of_facts(facts_of(row, usable_from(view)), row["status"], view, versions)


def of_facts(facts: Json, status: str, view: View, versions: Versions | None = None) -> Judged:
    """Return what the rules say of facts."""
    window = facts["income"]["window"] or twelve_months_before(view.on).to_dict()
    living = Living(
        guards.input_of(facts["kind"], "户类型"),
        Input(status == MONITORED, label="监测对象"),
        guards.labour_of(facts),
        _of_members(facts, "destitute", "特困供养"),
        _of_members(facts, "minimum_living", "低保"),
    )
    return Judged(
        guards.income_of({**facts, "income": {**facts["income"], "window": window}}),
        guards.danger_of(facts),
        guards.input_of(facts["difficulty"], "基本生活"),
        living,
        view,
        versions or {},
    )


def _of_members(facts: Json, group: str, label: str) -> Input:
    """Return whether a member belongs to a group; who told of the members told of this too."""
    return guards.input_of({**facts["income"]["size"], "value": any_member(facts["special"][group])}, label)


def usable_from(view: View) -> date | None:
    """Return the earliest day on which a usable window may have ended; None while the policy does not say."""
    months = view.find("figures_usable_months")
    if isinstance(months, Unknown):
        return None
    return Month.of(view.on).shift(-int(months.value) - 1).last


def decided(rule: str, versions: Versions, view: View, *given: Any) -> Decision:
    """Return what a rule says in the version asked for, else that of the day; before its first: unknown."""
    try:
        asked = versions.get(rule)
        found = RULES.get(rule, asked) if asked else RULES.version(rule, on=view.on)
    except UnknownValue as error:
        ground = Ground.of_parameter(Unknown(rule, error.message))
        return outcome(UNKNOWN, [ground])
    answer: Decision = found(*given)
    return answer


def short(decision: Decision) -> str:
    """Return value, `none` or `unknown` of a decision."""
    if decision.is_unknown:
        return OPEN
    return str(decision.value) if decision.verdict is YES else NOBODY
