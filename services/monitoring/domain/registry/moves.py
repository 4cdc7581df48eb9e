"""Members who go from one household to another: what each of the two documents is told (D-01).

A move: {kind: split|merge|move|duplicate, household, to, refs, on, head, relations, staying_head,
staying_relations, reason, paper, status}. `head` and `relations` are of the household that receives,
`staying_…` of the one that they leave. A member who moves gets a new ref there and keeps `came_from` {move,
ref}; the household that he left keeps him as a former member with `to`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from shouwang.errors import BadRequest, Conflict

from services.monitoring.domain.registry.changes import Wanted, leaves
from services.monitoring.domain.registry.history import PLAIN, counted, new_history, next_place, ref_of
from services.monitoring.domain.registry.roster_household import HEAD

Json = dict[str, Any]
State = Mapping[str, Any]
OPEN: Final = "open"
_INHERITED: Final = ("group", "kind")
_CODES: Final = ("risks", "disasters")


def day(move: State) -> date:
    """Return the day on which a move took effect."""
    return date.fromisoformat(move["on"])


def wanted(move: State, move_id: str | None = None) -> Wanted:
    """Return the leaving as a change of the household that they leave."""
    head, relations = move["staying_head"], move["staying_relations"]
    return Wanted(move["kind"], day(move), head=head, relations=relations, to=move["to"], move=move_id)


def check(kind: str, source: State, refs: Sequence[str], head: str | None) -> None:
    """BadRequest when a move is no move of its kind."""
    everybody = {one["ref"] for one in source["members"]}
    if kind == "split" and set(refs) == everybody:
        raise BadRequest(
            "分户后原户没有人了。",
            code="move.nobody_stays",
            remedy="全户迁走的请办迁出；换户主的请办变更户主。",
        )
    if kind == "split" and head not in refs:
        raise BadRequest("新户没有户主。", code="move.no_head", remedy="请在 head 中给出分出成员中的新户主。")
    if kind == "merge" and set(refs) != everybody:
        raise BadRequest("并户应为全户并入。", code="move.not_whole", remedy="只有部分成员转入的请用 move。")


def check_target(source: str, target: str, state: State) -> None:
    """Conflict when nobody can move into that household."""
    if source == target:
        raise BadRequest("转入户就是本户。", code="move.same_household", remedy="请核对转入户编号。")
    if state["ended"] is not None:
        raise Conflict("转入户的登记已终止。", code="move.target_ended", remedy="请核对转入户编号。")


def stands_in_the_way(source: State, move_id: str, move: State) -> str | None:
    """Return why a move cannot go on: somebody left the household otherwise before he was received."""
    here = {one["ref"] for one in source["members"]}
    gone = {one["ref"] for one in source["former"] if one["left"].get("move") == move_id}
    lost = [ref for ref in move["refs"] if ref not in here | gone]
    if lost:
        return f"成员 {'、'.join(lost)} 已以其他原因离开本户，请核实后重新办理"
    return _cannot_leave(source, move_id, move)


def _cannot_leave(source: State, move_id: str, move: State) -> str | None:
    """Return why those who are still here cannot leave any more: the new head may have left meanwhile."""
    going = still_here(source, move)
    try:
        leaves(source, wanted(move, move_id), going) if going else []
    except (BadRequest, Conflict) as error:
        return error.message
    return None


def still_here(source: State, move: State) -> tuple[str, ...]:
    """Return those of a move who have not left yet."""
    here = {one["ref"] for one in source["members"]}
    return tuple(ref for ref in move["refs"] if ref in here)


def received(target: State, household: str, source: State, move_id: str, move: State) -> list[Json]:
    """Return the effects of those arriving who have not arrived yet."""
    there = {one.get("came_from", {}).get("ref") for one in [*target["members"], *target["former"]]}
    coming = [one for one in _of(source, move) if one["ref"] not in there]
    first = next_place(target)
    return [
        {"op": "add", "member": _moved(one, ref_of(household, first + place), move_id, move)}
        for place, one in enumerate(coming)
    ]


def _of(source: State, move: State) -> list[State]:
    return [one for one in [*source["members"], *source["former"]] if one["ref"] in move["refs"]]


def _moved(member: State, ref: str, move_id: str, move: State) -> Json:
    """Return a member with his new ref; how he is related to the head there is unknown until somebody says
    it.
    """
    relation = HEAD if member["ref"] == move["head"] else move["relations"].get(member["ref"])
    kept = {name: value for name, value in member.items() if name != "left"}
    came_from = {"move": move_id, "ref": member["ref"]}
    return {**kept, "ref": ref, "relation": relation, "came_from": came_from}


def split_off(source: State, household: str, move_id: str, move: State) -> Json:
    """Return a household that splits off: its people, its group and kind; the rest is unknown."""
    plain: Json = {name: [] if name in _CODES else None for name in PLAIN}
    inherited = {name: source[name] for name in _INHERITED}
    dated: Json = {**plain, **inherited, "former": [], "figures": {}}
    dated["members"] = [
        _moved(one, ref_of(household, place), move_id, move) for place, one in enumerate(_of(source, move), 1)
    ]
    village, _, number = household.partition("-")
    known = {**new_history(move["on"]), "to_clarify": {}, "measures": [], "roster_date": move["on"]}
    return {"village": village, "number": number, **counted(dated), **known, "former": []}
