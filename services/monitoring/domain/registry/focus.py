"""Families to be watched with special care (M-09): illness, disability, children, elders.

重点关注有大病重病和负担较重的慢性病患者、各类重度残疾人、留守儿童和困境儿童、失能老年人口等特殊群体的家庭.
附件2 does not ask who can care for himself or where a child's parents live; how both are read from what it
asks stands in docs/decisions/0115. Source: 湘委乡振组发〔2021〕1号 二(一)2.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from shouwang.decision import (
    NO,
    YES,
    Decision,
    Ground,
    Input,
    Verdict,
    all_of,
    any_of,
    at_least,
    at_most,
    outcome,
    recordable,
    rule,
)
from shouwang.policy import View

from services.monitoring.domain.registry.ages import age

State = Mapping[str, Any]
_SOURCE = "湘委乡振组发〔2021〕1号 二(一)2"
_FROM = date(2021, 7, 2)
OUT_OF_COUNTY: Final = ("in_province", "out_of_province")
PARENTS: Final = {
    "son": ("head", "spouse"),
    "daughter": ("head", "spouse"),
    "grandson": ("son", "daughter_in_law"),
    "granddaughter": ("son", "daughter_in_law"),
    "daughters_son": ("daughter", "son_in_law"),
    "daughters_daughter": ("daughter", "son_in_law"),
}
"""Relation of a child to the head → relations of those who may be its parents."""
TITLES: Final = {
    "illness": "大病重病或负担较重的慢性病患者家庭",
    "disability": "重度残疾人家庭",
    "child": "留守儿童或困境儿童家庭",
    "elder": "失能老年人家庭",
}


@recordable("monitoring.focus_person")
@dataclass(frozen=True)
class Person:
    """One member: age in years, A13, A14, grade of the card (None: has none), 低保 or 特困, left behind.

    card_known: whether anything is known of a card: without an ID number nothing is.
    """

    age: int | None
    health: str | None
    labour: str | None
    grade: int | None
    card_known: bool
    supported: bool | None
    left_behind: bool | None


def people(state: State, on: date) -> tuple[Person, ...]:
    """Return the members of a household as these rules see them, on a day."""
    return tuple(_person(one, state["members"], on) for one in state["members"])


def _person(member: State, members: Sequence[State], on: date) -> Person:
    card = member["disability"]
    return Person(
        age(member, on),
        member["health"],
        member["labour"],
        card["grade"] if card else None,
        member["id_number"] is not None,
        _either(member["minimum_living"], member["destitute"]),
        left_behind(member, members),
    )


def _either(*given: bool | None) -> bool | None:
    return _truth(any_of(*given))


def _truth(verdict: Verdict) -> bool | None:
    return {YES: True, NO: False}.get(verdict)


def left_behind(child: State, members: Sequence[State]) -> bool | None:
    """Whether no parent of a child is at hand: each works outside the county, or is not in the household.

    None when the relation does not tell who the parents are, or where one of them works is unknown.
    """
    relations = PARENTS.get(child["relation"] or "")
    if relations is None:
        return None
    parents = [one["work_area"] for one in members if one["relation"] in relations]
    if None in parents and not any(area is not None and area not in OUT_OF_COUNTY for area in parents):
        return None
    return all(area in OUT_OF_COUNTY for area in parents)


@rule("M-09.illness", version=1, valid_from=_FROM, title="大病重病慢性病家庭", source=_SOURCE)
def seriously_ill(members: tuple[Person, ...], own_payments: Input, policy: View) -> Decision:
    """Yes with somebody seriously ill, or chronically with a heavy burden (A36 from the county's figure
    on).
    """
    serious = any_of(*(_is(one.health, "serious_illness") for one in members))
    chronic = any_of(*(_is(one.health, "chronic_illness") for one in members))
    burden = policy.find("chronic_burden")
    heavy = all_of(chronic, at_least(own_payments.value, burden.value if burden.known else None))
    grounds = [
        _ground("serious", serious, "有大病患者｜无大病患者｜是否有大病患者不详"),
        _ground("chronic", chronic, "有长期慢性病患者｜无长期慢性病患者｜是否有慢性病患者不详"),
        Ground.of_input("own_payments", own_payments, "合规自付支出 {value}"),
        Ground.of_parameter(burden),
    ]
    return _group("illness", any_of(serious, heavy), grounds)


def _is(value: str | None, wanted: str) -> bool | None:
    return None if value is None else value == wanted


@rule("M-09.disability", version=1, valid_from=_FROM, title="重度残疾人家庭", source=_SOURCE)
def severely_disabled(members: tuple[Person, ...], policy: View) -> Decision:
    """Yes with somebody whose card is of a grade that counts as severe, whatever its category."""
    found = any_of(*(_severe(one, policy) for one in members))
    return _group(
        "disability", found, [_ground("severe", found, "有重度残疾人｜无重度残疾人｜是否有重度残疾人不详")]
    )


def _severe(person: Person, policy: View) -> bool | None:
    grades = policy.find("severe_disability_grades")
    if not person.card_known or grades.value is None:
        return None
    return person.grade is not None and str(person.grade) in grades.value


@rule("M-09.child", version=1, valid_from=_FROM, title="留守儿童困境儿童家庭", source=_SOURCE)
def needy_child(members: tuple[Person, ...], policy: View) -> Decision:
    """Yes with a child that is left behind, seriously ill, severely disabled, or lives on 低保 or 特困."""
    limit = policy.find("child_age_to")
    oldest = limit.value if limit.known else None
    found = any_of(*(all_of(at_most(one.age, oldest), _in_need(one, policy)) for one in members))
    phrase = "有留守或困境儿童｜无留守或困境儿童｜是否有留守或困境儿童不详"
    return _group("child", found, [_ground("child", found, phrase), Ground.of_parameter(limit)])


def _in_need(person: Person, policy: View) -> Verdict:
    ill = _is(person.health, "serious_illness")
    return any_of(person.left_behind, ill, _severe(person, policy), person.supported)


@rule("M-09.elder", version=1, valid_from=_FROM, title="失能老年人家庭", source=_SOURCE)
def frail_elder(members: tuple[Person, ...], policy: View) -> Decision:
    """Yes with an elder who lost his ability to work and is disabled or seriously ill."""
    limit = policy.find("elder_age_from")
    youngest = limit.value if limit.known else None
    found = any_of(*(all_of(at_least(one.age, youngest), _frail(one)) for one in members))
    phrase = "有失能老年人｜无失能老年人｜是否有失能老年人不详"
    return _group("elder", found, [_ground("elder", found, phrase), Ground.of_parameter(limit)])


def _frail(person: Person) -> Verdict:
    unable = None if person.labour is None else person.labour in ("none", "lost")
    ill = None if person.health is None else person.health in ("disabled", "serious_illness")
    return all_of(unable, ill)


def focus_groups(state: State, on: date, policy: View) -> dict[str, Decision]:
    """Return the decision of each of the four groups for a household on a day."""
    members = people(state, on)
    figure = state["figures"].get("own_payments")
    given = Input(None, label="合规自付支出", unit="fen") if figure is None else _figure(figure)
    return {
        "illness": seriously_ill(members, given, policy),
        "disability": severely_disabled(members, policy),
        "child": needy_child(members, policy),
        "elder": frail_elder(members, policy),
    }


def _figure(figure: Mapping[str, Any]) -> Input:
    on = date.fromisoformat(figure["on"]) if figure["on"] else None
    return Input(figure["fen"], figure["giver"], on, "合规自付支出", "fen")


def _ground(name: str, found: Verdict, phrase: str) -> Ground:
    return Ground.of_input(name, Input(_truth(found), label=TITLES.get(name, name)), phrase)


def _group(name: str, found: Verdict, grounds: list[Ground]) -> Decision:
    words = {YES: f"属{TITLES[name]}", NO: f"不属{TITLES[name]}"}
    return outcome(found, grounds, words.get(found, ""))
