"""Change of members and of fields, one dated change at a time: what each kind needs, and what it does (D-01).

A change is checked against the household as it stands and turned into effects of history.py. Sources:
湘委乡振组发〔2021〕1号 附件2 注3、附件6 A5; 大委乡振组〔2023〕21号 三(一).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, NoReturn

from shouwang.errors import BadRequest, Conflict

from services.monitoring.domain.registry.history import next_place, ref_of
from services.monitoring.domain.registry.roster_household import HEAD

Json = dict[str, Any]
State = Mapping[str, Any]

JOINING: Final = {
    "birth": "出生",
    "marriage_in": "婚入",
    "adopted": "收养",
    "move_in": "迁入",
    "county_counts": "县定计入（户籍不在本户）",
}
LEAVING: Final = {
    "death": "死亡",
    "marriage_out": "婚出",
    "move_out": "迁出",
    "enlisted": "应征入伍",
    "no_longer_supported": "不再供养的在外学生",
    "county_excludes": "县定不计入（户籍仍在本户）",
}
MOVING: Final = {
    "split": "分户",
    "merge": "并户",
    "move": "转入本县另一户",
    "duplicate": "重复登记并入另一户",
}
"""Kinds that concern two households: carried out by handlers/registry/moving.py."""
STAYING: Final = {
    "return": "返回本户",
    "head_change": "变更户主",
    "correction": "更正",
    "labour_judged": "劳动能力评判",
    "registration": "户籍性质认定",
    "still_here": "名册漏列，仍在本户",
}
KINDS: Final = {**JOINING, **LEAVING, **MOVING, **STAYING, "roster": "名册更新", "case_record": "入户核实"}
TOLD: Final = {**KINDS, "joined": "新增成员", "head": "变更户主"}
"""Words for every kind that household.changed tells; a roster adds what it changed."""
COUNTY_ONLY: Final = ("county_counts", "county_excludes", "registration")
"""Who counts otherwise than the register says is for the county to decide (M-01)."""


@dataclass(frozen=True)
class Wanted:
    """One change as it is asked for.

    person: values of a newcomer by field. ref: the member concerned, None for the household. values: what is
    corrected. head, relations: the new head and how the others are related to him (names of the code table).
    """

    kind: str
    on: date
    ref: str | None = None
    person: Mapping[str, Any] = field(default_factory=dict, repr=False)
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)
    head: str | None = None
    relations: Mapping[str, str] = field(default_factory=dict)
    to: str | None = None
    move: str | None = None


def effects_of(state: State, household: str, wanted: Wanted, today: date) -> list[Json]:
    """Return what a change does to the household; BadRequest, Conflict `member.…` when it cannot be."""
    if wanted.on > today:
        _bad(
            f"“{KINDS[wanted.kind]}”的日期晚于今天。",
            "日期应为事情发生之日，不得晚于今天。",
            code="member.future",
        )
    if wanted.kind in JOINING:
        return [_joins(state, household, wanted)]
    if wanted.kind in LEAVING or wanted.kind in MOVING:
        return leaves(state, wanted)
    return _OTHERS[wanted.kind](state, wanted)


def _joins(state: State, household: str, wanted: Wanted) -> Json:
    person = newborn(wanted) if wanted.kind == "birth" else dict(wanted.person)
    if not person.get("name"):
        _bad("新成员没有姓名。", "请按身份证或户口簿填写姓名。", code="member.nameless")
    if person.get("relation") == HEAD:
        _bad("一户只有一名户主。", "新成员要当户主的，先办加入，再办变更户主。", code="member.one_head")
    if person["id_number"] is not None and person["id_number"] in numbers_of(state):
        _conflict("此人已是本户成员。", "无须再办；信息有误的办更正。", code="member.already_here")
    if person["birth"] is not None and wanted.on.isoformat() < person["birth"]:
        _bad("加入日期早于出生日期。", "请核对日期。", code="member.before_birth")
    return {"op": "add", "member": {"ref": ref_of(household, next_place(state)), **person}}


def newborn(wanted: Wanted) -> Json:
    """Return the values of a child: born on the day of the change, whatever else is known of it."""
    person = dict(wanted.person)
    if person["birth"] is not None and person["birth"] != wanted.on.isoformat():
        _bad("出生日期与身份证号不符。", "出生一项的日期应为孩子的出生日期。", code="member.birth_day")
    return {**person, "birth": wanted.on.isoformat()}


def leaves(state: State, wanted: Wanted, refs: tuple[str, ...] = ()) -> list[Json]:
    """Return the effects of members leaving on the same day, with those of a new head if there must be."""
    leaving = refs or (str(wanted.ref),)
    for ref in leaving:
        _check_leaving(state, ref, wanted)
    left = {"kind": wanted.kind, "on": wanted.on.isoformat(), "to": wanted.to, "move": wanted.move}
    gone: list[Json] = [{"op": "leave", "ref": ref, "left": left} for ref in leaving]
    return [*gone, *_after(state, leaving, wanted)]


def _check_leaving(state: State, ref: str, wanted: Wanted) -> None:
    member = member_of(state, ref)
    on = wanted.on.isoformat()
    if member["birth"] is not None and on < member["birth"]:
        _bad("离开日期早于此人出生日期。", "请核对日期。", code="member.before_birth")
    joined = joined_on(state, ref)
    if joined is not None and on < joined:
        _bad(f"离开日期早于此人加入本户之日 {joined}。", "请核对日期。", code="member.before_joining")


def joined_on(state: State, ref: str) -> str | None:
    """Return the day on which a member (last) came in; None for one who was there from the start."""
    days = [one["on"] for one in state["changes"] if any(_brings(effect, ref) for effect in one["effects"])]
    return max(days, default=None)


def _brings(effect: State, ref: str) -> bool:
    if effect["op"] == "return":
        return bool(effect["ref"] == ref)
    return bool(effect["op"] == "add" and effect["member"]["ref"] == ref)


def _after(state: State, leaving: tuple[str, ...], wanted: Wanted) -> list[Json]:
    """Return the new head's effects when the head is among those who leave and others stay."""
    staying = [one for one in state["members"] if one["ref"] not in leaving]
    head = next((one["ref"] for one in staying if one["relation"] == HEAD), None)
    if not staying or (head is not None and wanted.head in (None, head)):
        return []
    if wanted.head is None:
        _bad(
            "户主离开，本户还有其他成员，须同时指定新户主。",
            "请在 head 中给出新户主的成员编号。",
            code="member.head_needed",
        )
    (headed,) = headed_by(staying, str(wanted.head), wanted.relations)
    since = _became_head(state, leaving)
    return [headed if since is None or since <= wanted.on.isoformat() else {**headed, "since": since}]


def _became_head(state: State, leaving: tuple[str, ...]) -> str | None:
    """Return since when one who leaves was head; None when he was from the first record on.

    A departure that is told late may lie before that day: until then another headed the household.
    """
    gone = {one["ref"] for one in state["members"] if one["relation"] == HEAD and one["ref"] in leaving}
    days = [
        effect.get("since") or one["on"]
        for one in state["changes"]
        for effect in one["effects"]
        if effect["op"] == "head" and effect["ref"] in gone
    ]
    return max(days, default=None)


def headed_by(members: list[Any], head: str, relations: Mapping[str, str]) -> list[Json]:
    """Return the effects of a new head; relations not given anew are unknown: the old were to another.

    The household stays the same household: its number does not change with its head.
    """
    if head not in [one["ref"] for one in members]:
        _bad("新户主不是本户成员。", "请给出在户成员的编号。", code="member.unknown_ref")
    if HEAD in [relation for ref, relation in relations.items() if ref != head]:
        _bad("一户只有一名户主。", "其他成员请填与新户主的关系。", code="member.one_head")
    return [{"op": "head", "ref": head, "relations": dict(relations)}]


def _returns(state: State, wanted: Wanted) -> list[Json]:
    former = next((one for one in state["former"] if one["ref"] == wanted.ref), None)
    if former is None:
        _bad("此人不是本户的离户成员。", "新成员请办迁入或婚入。", code="member.unknown_ref")
    if former["left"]["kind"] == "death":
        _conflict("此人已登记死亡。", "登记有误的，由乡镇核实后更正死亡记录。", code="member.dead")
    if wanted.on.isoformat() < former["left"]["on"]:
        _bad("返回日期早于离户日期。", "请核对日期。", code="member.before_leaving")
    relation = wanted.relations.get(str(wanted.ref))
    back: list[Json] = [{"op": "return", "ref": wanted.ref}]
    if former["relation"] == HEAD or relation is not None:
        back.append({"op": "member", "ref": wanted.ref, "values": {"relation": relation}})
    return back


def _new_head(state: State, wanted: Wanted) -> list[Json]:
    return headed_by(list(state["members"]), str(wanted.head), wanted.relations)


def _corrected(state: State, wanted: Wanted) -> list[Json]:
    if not wanted.values:
        _bad("没有要更正的内容。", "请给出要更正的项目和新值。", code="member.nothing_to_correct")
    if "relation" in wanted.values:
        _check_one_head(state, wanted)
    if wanted.ref is None:
        return [{"op": "household", "values": dict(wanted.values)}]
    member_of(state, wanted.ref)
    number = wanted.values.get("id_number")
    if number is not None and number in numbers_of(state, but=wanted.ref):
        _conflict("本户另一成员已是这个证件号。", "请核对是谁的证件。", code="member.already_here")
    return [{"op": "member", "ref": wanted.ref, "values": dict(wanted.values)}]


def _check_one_head(state: State, wanted: Wanted) -> None:
    was_head = any(one["ref"] == wanted.ref and one["relation"] == HEAD for one in state["members"])
    if was_head or wanted.values["relation"] == HEAD:
        _bad("户主不能用更正来改。", "请办变更户主（head_change）。", code="member.one_head")


def _about_a_member(state: State, wanted: Wanted) -> list[Json]:
    member_of(state, str(wanted.ref))
    return [{"op": "member", "ref": wanted.ref, "values": dict(wanted.values)}]


def _still_here(state: State, wanted: Wanted) -> list[Json]:
    member_of(state, str(wanted.ref))
    return []


_OTHERS: Final = {
    "still_here": _still_here,
    "return": _returns,
    "head_change": _new_head,
    "correction": _corrected,
    "labour_judged": _about_a_member,
    "registration": _about_a_member,
}


def member_of(state: State, ref: str) -> Json:
    """Return a member; BadRequest `member.unknown_ref` when nobody in the household has that ref."""
    found: Json | None = next((one for one in state["members"] if one["ref"] == ref), None)
    if found is None:
        _bad("此人不是本户在户成员。", "请用 household 查看成员编号。", code="member.unknown_ref")
    return found


def numbers_of(state: State, but: str | None = None) -> set[str]:
    """Return the ID numbers of the members, but for one."""
    return {one["id_number"] for one in state["members"] if one["id_number"] and one["ref"] != but}


def _bad(message: str, remedy: str, *, code: str) -> NoReturn:
    raise BadRequest(message, code=code, remedy=remedy)


def _conflict(message: str, remedy: str, *, code: str) -> NoReturn:
    raise Conflict(message, code=code, remedy=remedy)
