"""The contact person of a monitored household: given, replaced, visiting, never released too early (D-03).

State: {household, status, due_kind, person, org, level, since, due_on, escalated, follow_until, history:
[{person, org, level, since, until, reason}], visits: [newest …], visited, last_visit_on}. `due_on` is the day
by which a missing person is to be named, else the day of the next visit. Persons are actor ids; what they are
called stands in `card`, encrypted.
Source: 湘委乡振组发〔2021〕1号 三(三); 衡办发〔2021〕7号 三(三).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from shouwang.decision import Decision, Ground, Input, all_of, below, not_, outcome, rule
from shouwang.policy import View

from services.monitoring.domain.care.refusing import refused

State = dict[str, Any]

MISSING: Final = "missing"
HELD: Final = "held"
FOLLOWING: Final = "following"
ENDED: Final = "ended"
STATUSES: Final[dict[str, str]] = {
    MISSING: "待落实联系人",
    HELD: "联系人在岗",
    FOLLOWING: "风险已消除，回访期内",
    ENDED: "已结束",
}
WITH_PERSON: Final = (HELD, FOLLOWING)
ASSIGN, VISIT = "assign", "visit"
DUE: Final = {MISSING: ASSIGN, HELD: VISIT, FOLLOWING: VISIT, ENDED: None}
"""What is due in which status: `due_kind`, by which the store finds it."""
ORIGINS: Final[dict[str, str]] = {
    "city": "市直单位",
    "county": "县直单位",
    "town": "乡镇（街道）",
    "team": "驻村工作队",
}
"""From where a contact person may come (三(三)): not from among those who collect for the village."""
REASONS: Final[dict[str, str]] = {
    "transfer": "工作调动",
    "retirement": "退休",
    "illness": "患病",
    "death": "去世",
    "overload": "结对户数过多",
    "unfit": "履责不力",
}
LOOKED_AT: Final[dict[str, str]] = {
    "income": "收入支出",
    "guarantees": "两不愁三保障及饮水",
    "measures": "帮扶措施落实",
    "difficulties": "实际困难",
    "members": "家庭成员变动",
}
CHANGES: Final[dict[str, str]] = {"same": "无明显变化", "better": "好转", "worse": "变差"}
VISITS_KEPT: Final = 12
_FROM = date(2021, 7, 2)
_SOURCE = "湘委乡振组发〔2021〕1号 三(三)；衡办发〔2021〕7号 三(三)"


def wanting(household: str, since: date, assign_days: int) -> State:
    """Return the record of a household that has nobody yet; somebody is due so many days after inclusion."""
    return {
        "household": household,
        **_in(MISSING),
        "due_on": (since + timedelta(days=assign_days)).isoformat(),
        "escalated": "village",
        "history": [],
        "visits": [],
        "visited": 0,
    } | dict.fromkeys(("person", "org", "level", "since", "card", "follow_until", "last_visit_on"))


def _in(status: str) -> State:
    return {"status": status, "due_kind": DUE[status]}


def assigned(state: State, who: State, on: date, visit_days: int) -> State:
    """Return the record with its contact person: who is {person, org, level, card}; visits start to run."""
    if state["status"] != MISSING:
        raise refused(
            f"该户{STATUSES[state['status']]}，不能再次指定联系人。",
            "D-03",
            _SOURCE,
            "更换请用 replace_contact 并写明原因。",
            code="care.has_contact",
        )
    return _with_person(state, who, on, visit_days) | _in(HELD)


def replaced(state: State, who: State, reason: str, on: date, visit_days: int) -> State:
    """Return the record handed over: the one before stays in the history with the reason."""
    if state["status"] not in WITH_PERSON:
        raise refused(
            f"该户{STATUSES[state['status']]}，没有可更换的联系人。",
            "D-03",
            _SOURCE,
            "请用 assign_contact 指定。",
            code="care.no_contact",
        )
    if who["person"] == state["person"]:
        raise refused("新旧联系人是同一人。", "D-03", _SOURCE, "请核对新联系人。", code="care.same_contact")
    return _with_person(_left(state, reason, on), who, on, visit_days)


def _left(state: State, reason: str, on: date) -> State:
    past = {name: state[name] for name in ("person", "org", "level", "since")}
    past |= {"until": on.isoformat(), "reason": reason}
    return {**state, "history": [*state["history"], past]}


def _with_person(state: State, who: State, on: date, visit_days: int) -> State:
    due = (on + timedelta(days=visit_days)).isoformat()
    return {**state, **who, "since": on.isoformat(), "due_on": due, "escalated": "village"}


def risk_gone(state: State, until: date) -> State:
    """Return the record after removal: whoever has the household keeps it while it is revisited (R-04)."""
    return {**state, **_in(FOLLOWING if state["person"] else ENDED), "follow_until": until.isoformat()}


def risk_again(state: State, since: date, assign_days: int) -> State:
    """Return the record of a household that is monitored again: who had it keeps it."""
    if state["status"] == FOLLOWING:
        return {**state, **_in(HELD), "follow_until": None}
    if state["status"] != ENDED:
        return state
    fresh = wanting(state["household"], since, assign_days)
    kept = ("history", "visits", "visited", "last_visit_on")
    return fresh | {name: state[name] for name in kept}


def released(state: State, on: date) -> State:
    """Return the record closed; Refused while the risk stands (帮扶责任不脱钩), and while revisited."""
    if state["status"] in (MISSING, HELD):
        message = "该户风险尚未消除，帮扶责任不脱钩，不得解除联系人。"
        remedy = "联系人不能履责的请用 replace_contact 更换；风险消除后方可解除。"
        raise refused(message, "D-03", _SOURCE, remedy, code="care.risk_stands")
    if state["status"] == FOLLOWING and on <= date.fromisoformat(state["follow_until"]):
        message = f"该户回访期至 {state['follow_until']}，期内联系人不变。"
        raise refused(
            message, "D-03", _SOURCE, "期满后再解除，或用 replace_contact 更换。", code="care.follow_up"
        )
    if state["status"] == ENDED:
        raise refused("该户联系人已解除。", "D-03", _SOURCE, "无需重复办理。", code="care.contact_ended")
    gone = dict.fromkeys(("person", "org", "level", "since", "card"))
    return {**_left(state, "risk_gone", on), **gone, **_in(ENDED)}


def visited(state: State, visit: State, visit_days: int) -> State:
    """Return the record with a visit {on, by, looked, change, note, next_on}; the next is due from then."""
    if state["status"] not in WITH_PERSON:
        raise refused(
            f"该户{STATUSES[state['status']]}，没有联系人走访可登记。",
            "D-03",
            _SOURCE,
            "请先用 assign_contact 指定联系人。",
            code="care.no_contact",
        )
    kept = sorted([*state["visits"], visit], key=lambda one: str(one["on"]))[-VISITS_KEPT:]
    last = str(kept[-1]["on"])
    due = kept[-1]["next_on"] or (date.fromisoformat(last) + timedelta(days=visit_days)).isoformat()
    told = {"visits": kept, "visited": state["visited"] + 1, "last_visit_on": last}
    return {**state, **told, "due_on": due, "escalated": "village"}


@rule("D-03", version=1, valid_from=_FROM, title="联系人结对户数未超限", source=_SOURCE)
def may_take_another(load: Input, policy: View) -> Decision:
    """Yes while the person has fewer households than the county lets one have; `load`: those now."""
    most = policy.find("contact_households_max")
    verdict = below(load.value, most.value if most.known else None)
    grounds = [
        Ground.of_input("load", load, "该联系人已结对 {value}"),
        Ground.of_parameter(most, "上限 {value}"),
    ]
    return outcome(verdict, grounds)


@rule(
    "S-09.contact",
    version=1,
    valid_from=_FROM,
    title="联系人不是本户信息采集人",
    source="湘委乡振组发〔2021〕1号 二(四)、附件6 A55",
)
def apart_from_collector(collector: Input, contact: Input, known_same: Input) -> Decision:
    """Yes when the contact person is somebody else than collector A55.

    `collector`, `contact`: whether each is known by name; `known_same`: whether the names are the same.
    """
    verdict = all_of(collector.value or None, contact.value or None, not_(known_same.value))
    phrases = (
        "信息采集人已知｜信息采集人未填｜信息采集人不详",
        "联系人姓名已知｜联系人姓名未报｜联系人姓名不详",
        "采集人与联系人是同一人｜采集人与联系人不是同一人｜采集人与联系人是否同一人不详",
    )
    given = zip(("collector", "contact", "same"), (collector, contact, known_same), phrases, strict=True)
    return outcome(verdict, [Ground.of_input(name, one, phrase) for name, one, phrase in given])


def apart(collector: str | None, contact: str | None) -> Decision:
    """Compare A55 with the contact person by name; unknown when either is not known."""
    same = collector.strip() == contact.strip() if collector and contact else None
    return apart_from_collector(
        Input(bool(collector), label="信息采集人"),
        Input(bool(contact), label="联系人"),
        Input(same, label="同一人"),
    )
