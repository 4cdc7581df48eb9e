"""The guards that the procedures name: facts (JSON of facts.py) and the policy view in, a decision out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from shouwang.decision import Decision, Input
from shouwang.periods import Window
from shouwang.policy import View
from shouwang.procedure import GuardRegistry, guard

from services.monitoring.domain.income.figures import LABELS, Income
from services.monitoring.domain.proceedings import category, early_help, measures, removal
from services.monitoring.domain.proceedings.early_help import borne_out
from services.monitoring.domain.proceedings.risk import GUARANTEES, Danger, risk_label
from services.monitoring.domain.regional import guards as regional
from services.monitoring.domain.registry import labour

Facts = Mapping[str, Any]


def input_of(given: Mapping[str, Any] | None, label: str, unit: str = "") -> Input:
    """Return an answer {value, by, on} as an input of rules; None is unknown."""
    if given is None:
        return Input(None, label=label, unit=unit)
    on = date.fromisoformat(given["on"]) if given["on"] else None
    return Input(given["value"], given["by"], on, label, unit)


def income_of(facts: Facts) -> Income:
    """Return the income that the facts hold."""
    given = facts["income"]
    figures = {name: input_of(one, LABELS[name], "fen") for name, one in given["figures"].items()}
    return Income(figures, input_of(given["size"], "家庭人口", "persons"), Window.from_dict(given["window"]))


def danger_of(facts: Facts) -> Danger:
    """Return the risks and checks that the facts hold."""
    given = facts["danger"]
    found = [input_of({**one, "value": True}, risk_label(one["risk"])) for one in given["risks"]]
    checks = {name: input_of(given["checks"].get(name), label) for name, label in GUARANTEES.items()}
    return Danger(tuple(found), checks)


def labour_of(facts: Facts) -> tuple[Input, ...]:
    """Return A14 of each member."""
    return tuple(input_of(one, "劳动技能") for one in facts["labour"])


def progress_of(facts: Facts) -> removal.Progress:
    """Return what the village and the checkers judged."""
    given = facts["progress"]
    return removal.Progress(
        **{name: input_of(given.get(name), label) for name, (label, _) in removal.JUDGED.items()}
    )


def special_of(facts: Facts) -> removal.Special:
    """Return what may call for special review, and whether it was held."""
    groups, reviewed = facts["special"], facts["special"].get("reviewed", False)
    return removal.Special(
        Input(removal.any_member(groups["destitute"]), label="特困供养"),
        Input(removal.any_member(groups["minimum_living"]), label="低保"),
        Input(len(danger_of(facts).standing), label="风险类型", unit="items"),
        Input(reviewed, label="重点审查"),
    )


@guard("eligible", rule="M-08")
def eligible(facts: Facts, policy: View) -> Decision:
    """Whether the household belongs to one of the three categories."""
    kind, difficulty = input_of(facts["kind"], "户类型"), input_of(facts["difficulty"], "基本生活")
    return category.category_of(income_of(facts), danger_of(facts), kind, difficulty, policy)


@guard("not_must_include", rule="M-12")
def not_must_include(facts: Facts, policy: View) -> Decision:
    """Whether the household may be refused at all."""
    return category.may_be_refused(income_of(facts), danger_of(facts), policy)


@guard("may_be_proposed", rule="R-06")
def may_be_proposed(facts: Facts, policy: View) -> Decision:
    """Whether the village may propose it for removal."""
    return removal.may_be_proposed(labour_of(facts), progress_of(facts))


@guard("criteria_met", rule="R-01")
def criteria_met(facts: Facts, policy: View) -> Decision:
    """Whether all four criteria of removal are met."""
    return removal.criteria_met(progress_of(facts), danger_of(facts))


@guard("not_below_the_floor", rule="R-02")
def not_below_the_floor(facts: Facts, policy: View) -> Decision:
    """Whether income is at or above the floor of removal."""
    return removal.not_below_the_floor(income_of(facts), policy)


@guard("somebody_can_work", rule="R-02")
def somebody_can_work(facts: Facts, policy: View) -> Decision:
    """Whether somebody in the household can work."""
    return removal.somebody_can_work(labour_of(facts))


@guard("specially_reviewed", rule="R-03")
def specially_reviewed(facts: Facts, policy: View) -> Decision:
    """Whether no special review is called for, or it was held."""
    return removal.specially_reviewed(special_of(facts), income_of(facts), policy)


@guard("measures_confirmed", rule="R-01")
def measures_confirmed(facts: Facts, policy: View) -> Decision:
    """Whether plan and people on site agree that the measures are delivered."""
    judged = input_of(facts["progress"].get("measures_delivered"), removal.JUDGED["measures_delivered"][0])
    return measures.measures_confirmed(judged, tasks_of(facts), input_of(facts.get("way"), "消除方式"))


def tasks_of(facts: Facts) -> measures.Tasks:
    """Return what assistance knows of the measures; nothing while it was not asked."""
    given = facts.get("assistance") or {"total": None, "confirmed": None, "on": None}
    on = date.fromisoformat(given["on"]) if given["on"] else None
    return measures.Tasks(given["total"], given["confirmed"], on)


@guard("may_be_helped_first", rule="S-07")
def may_be_helped_first(facts: Facts, policy: View) -> Decision:
    """Whether the household is helped first and papered afterwards."""
    kinds = policy.find("green_channel_risks")
    told = {
        name: {**one, "value": borne_out(one["value"], _standing(facts), kinds.value)}
        for name, one in facts["early"].items()
    }
    seen = (input_of(told["clue"], "线索"), input_of(told["warning"], "区域性风险预警"))
    return early_help.may_be_helped_first(danger_of(facts), *seen, policy)


def _standing(facts: Facts) -> set[str]:
    return {one["risk"] for one in facts["danger"]["risks"]}


def able_to_work(facts: Facts) -> Decision:
    """Whether the household can work: for the plan of help (A-01)."""
    return labour.household_able(labour_of(facts))


GUARDS = GuardRegistry(
    eligible,
    not_must_include,
    may_be_proposed,
    criteria_met,
    measures_confirmed,
    may_be_helped_first,
    not_below_the_floor,
    somebody_can_work,
    specially_reviewed,
    regional.affected_drawn,
    regional.studied_together,
    regional.measures_assigned,
    regional.measures_done,
)
