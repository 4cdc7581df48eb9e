"""Village monitors and named collectors: who holds which post, where, from when to when (S-09).

State: {role, person, place, from, to, reason, replaces, replaced_by}; `person` is the account, never a name.
Source: 湘委乡振组发〔2021〕1号 二(四) (镇村两级要明确专人负责信息采集), 附件6 A55; 衡办发〔2021〕7号
五(一)(二).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from shouwang.decision import NO, UNKNOWN, YES, Decision, Ground, Input, outcome, rule
from shouwang.errors import BadRequest, Refused

State = dict[str, Any]
MONITOR, COLLECTOR = "monitor", "collector"
ROLES: Final[dict[str, str]] = {MONITOR: "村级防贫监测员", COLLECTOR: "信息采集员"}
VILLAGE_DIGITS, TOWN_DIGITS = 12, 9
LEVELS: Final[dict[str, tuple[int, ...]]] = {
    MONITOR: (VILLAGE_DIGITS,),
    COLLECTOR: (VILLAGE_DIGITS, TOWN_DIGITS),
}
"""At which level a post stands, by the digits of its place."""


def post(role: str, person: str, place: str, since: date, replaces: str | None = None) -> State:
    """Return a new post; BadRequest where no such post stands at this level."""
    if len(place) not in LEVELS[role]:
        raise BadRequest(
            f"{ROLES[role]}不设在 {place} 这一级",
            code="post.level",
            remedy="监测员设在村；采集员设在村或乡镇。",
        )
    state = {"role": role, "person": person, "place": place, "from": since.isoformat(), "replaces": replaces}
    return {**state, "to": None, "reason": None, "replaced_by": None}


def ended(state: State, last: date, reason: str, replaced_by: str | None = None) -> State:
    """Return the post ended with its last day; Refused when it has ended or would end before it began."""
    if state["to"] is not None:
        raise _refused("ended", "该任职已经结束")
    if last.isoformat() < state["from"]:
        raise _refused("ends_before", f"离任日 {last} 早于任职日 {state['from']}")
    return {**state, "to": last.isoformat(), "reason": reason, "replaced_by": replaced_by}


def replaced(state: State, since: date, reason: str, by: str) -> State:
    """Return the post ended on the day before somebody else takes it."""
    return ended(state, since - timedelta(days=1), reason, by)


def check_same_post(old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Refuse to replace somebody on another post, or in another place."""
    if (old["role"], old["place"]) != (new["role"], new["place"]):
        raise _refused("other_post", f"被接替的是 {old['place']} 的{ROLES[old['role']]}，不是同一职务")


def holds_on(state: Mapping[str, Any], on: date) -> bool:
    """Whether the post is held on a day, both ends counted."""
    day = on.isoformat()
    return state["from"] <= day and (state["to"] is None or day <= state["to"])


def vacancies(places: Iterable[str], posts: Iterable[Mapping[str, Any]], on: date) -> list[State]:
    """Return what nobody holds on a day: {role, place} of each village and town that should have somebody."""
    held = {(one["role"], one["place"]) for one in posts if holds_on(one, on)}
    wanted = [(role, place) for place in places for role in ROLES if len(place) in LEVELS[role]]
    return [{"role": role, "place": place} for role, place in sorted(wanted) if (role, place) not in held]


@rule(
    "S-09",
    version=1,
    valid_from=date(2021, 7, 2),
    title="采集员与联系人不是同一人",
    source="湘委乡振组发〔2021〕1号 二(四)",
)
def collector_apart(contact: Input, collectors: tuple[str, ...]) -> Decision:
    """Yes when somebody collects who is not the household's contact person; unknown while either is unknown.

    contact: account of the contact person (D-03). collectors: accounts of those who collect there.
    """
    others = [one for one in collectors if one != contact.value]
    known = contact.value is not None and len(collectors) > 0
    verdict = UNKNOWN if not known else (YES if others else NO)
    named = Input(len(others) if known else None, contact.owner, contact.on, "联系人以外的采集员", "persons")
    words = {YES: "采集员与帮扶联系人不是同一人", NO: "采集员就是帮扶联系人，须另行明确采集员"}
    phrase = "除帮扶联系人外另有采集员 {value}"
    return outcome(
        verdict, [Ground.of_input("others", named, phrase)], words.get(verdict, ""), subject="该户"
    )


def _refused(code: str, message: str) -> Refused:
    return Refused(message, code=f"post.{code}", remedy="请用 finding_posts 查看任职情况。")
