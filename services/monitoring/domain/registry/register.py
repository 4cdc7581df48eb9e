"""The registry against the household register of the public security: differences for a person to decide.

Members are those of the register, exceptions are the county's (M-01). Nothing is changed here: a difference
is settled by a change of members, by the county's exception, or by a word that the register is wrong. What
the register did not say is no difference. Source: 湘委乡振组发〔2021〕1号 二(一)1–2, 附件6 A5.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from shouwang.errors import Conflict, NotFound
from shouwang.register import CANCELLED, DEAD, MOVED_OUT, NOT_REGISTERED, REGISTERED

from services.monitoring.domain.registry.roster_household import HEAD

Json = dict[str, Any]
State = Mapping[str, Any]
ELSEWHERE, APART, TOWN = "elsewhere", "apart", "town"
KINDS: Final = {
    DEAD: "公安登记死亡",
    MOVED_OUT: "户口已迁出",
    CANCELLED: "户口已注销",
    NOT_REGISTERED: "本县户籍查无此人",
    ELSEWHERE: "户籍在本县另一村居",
    APART: "户籍与户主不在一户",
    TOWN: "户籍类别为城镇",
}
AGAINST_THE_REGISTER: Final = frozenset({MOVED_OUT, CANCELLED, NOT_REGISTERED, ELSEWHERE, APART})
"""Kinds that an exception of the county answers: he counts though he is not registered here."""
COUNTS, REGISTER_WRONG = "counts", "register_wrong"
DECISIONS: Final = {COUNTS: "县级决定计入", REGISTER_WRONG: "公安登记有误或滞后，登记簿不变"}


def differences(state: State, village: str, told: Mapping[str, State]) -> list[Json]:
    """Return [{ref, kind, since}] of the members whom the register knows otherwise.

    told: by ref what the fact `household_register` says (shouwang.register).
    """
    head = next((one["ref"] for one in state["members"] if one["relation"] == HEAD), None)
    home = told.get(head, {}).get("household") if head else None
    found = []
    for member in state["members"]:
        for kind in _kinds(told.get(member["ref"]), village, home):
            if not _answered(member, kind):
                since = told[member["ref"]].get("since")
                found.append(
                    {"ref": member["ref"], "kind": kind, "since": None if since is None else str(since)}
                )
    return found


def _kinds(told: State | None, village: str, home: str | None) -> Iterator[str]:
    """Yield how the register differs: where he is registered, and apart from that as what (0211)."""
    if told is None or told.get("status") is None:
        return
    if told["status"] != REGISTERED:
        yield str(told["status"])
        return
    if told.get("village") not in (None, village):
        yield ELSEWHERE
    elif None not in (home, told.get("household")) and told["household"] != home:
        yield APART
    if told.get("kind") == "town":
        yield TOWN


def _answered(member: State, kind: str) -> bool:
    """Whether the county has decided of this member what the register raises."""
    exception, known = member.get("exception"), member.get("registration")
    counted = exception is not None and exception["decision"] == COUNTS
    if kind == TOWN:
        return known is not None and known["register"] == "town"
    elsewhere = known is not None and known["register"] == "elsewhere"
    return kind in AGAINST_THE_REGISTER and (counted or elsewhere)


def merged(before: State | None, found: Iterable[State]) -> list[Json]:
    """Return what was found now, each with the decision that stands for the very same difference."""
    known = {_same(one): one for one in (before or {}).get("differences", ())}
    return [{**one, "decided": known.get(_same(one), {}).get("decided")} for one in found]


def _same(one: State) -> tuple[Any, ...]:
    return one["ref"], one["kind"], one["since"]


def open_ones(state: State) -> Iterator[State]:
    """Yield the differences of present members that nobody has decided."""
    here = {one["ref"] for one in state["members"]}
    for one in (state.get("register") or {}).get("differences", ()):
        if one["decided"] is None and one["ref"] in here:
            yield one


def decided(register: State | None, ref: str, kind: str, made: State) -> Json:
    """Return the comparison with one difference decided; NotFound, Conflict `register.…`."""
    listed = (register or {}).get("differences", [])
    wanted = next((one for one in listed if one["ref"] == ref and one["kind"] == kind), None)
    if register is None or wanted is None:
        raise NotFound(
            "没有这一项户籍差异", code="register.no_difference", remedy="请用 register_differences 查看。"
        )
    if wanted["decided"] is not None:
        raise Conflict("这一项差异已有决定", code="register.decided", remedy="请以新的比对为准。")
    if made["decision"] == COUNTS and kind not in AGAINST_THE_REGISTER:
        raise Conflict(
            f"“{KINDS[kind]}”不能以县定计入了结",
            code="register.not_an_exception",
            remedy="死亡的请办死亡，城镇户籍的请办户籍性质认定；登记有误的请说明。",
        )
    return {**register, "differences": [{**one, "decided": made} if one is wanted else one for one in listed]}


def settled(register: State, refs: Iterable[str], how: State) -> Json:
    """Return the comparison with the open differences of these members, who left, settled by a change."""
    gone = set(refs)
    return _settled(register, lambda one: one["ref"] in gone, how)


def settled_by_registration(register: State, member: State, how: State) -> Json:
    """Return the comparison with those differences of a member settled that their registration now answers.

    Where somebody is registered says nothing of the town registration, nor the other way round (0211).
    """
    return _settled(register, lambda one: one["ref"] == member["ref"] and _answered(member, one["kind"]), how)


def _settled(register: State, answered: Callable[[State], bool], how: State) -> Json:
    kept = [
        {**one, "decided": how} if one["decided"] is None and answered(one) else one
        for one in register["differences"]
    ]
    return {**register, "differences": kept}


def warning(one: State) -> str:
    """Return the sentence that warns those who decide a case."""
    since = f"（{one['since']}）" if one["since"] else ""
    return f"户籍比对：成员 {one['ref']} {KINDS[one['kind']]}{since}，与登记簿不符，请核实后决定。"
