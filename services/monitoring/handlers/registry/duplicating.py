"""People who may be registered twice: found at import, by command and by day; decided by a person (M-01).

A matter stands between two households and holds the pairs of people in question. Same number at import: the
newcomer's household waits (its side names the row). Otherwise both are registered. Deciding "the same
person" takes him out of one household by a move, or his row out of the one that waits; "different people"
is never asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from shouwang.access import require_region
from shouwang.errors import BadRequest, Conflict
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.domain.registry import changes
from services.monitoring.domain.registry import duplicates as rules
from services.monitoring.domain.registry.changes import Wanted
from services.monitoring.domain.registry.roster import SHARED, RosterHousehold
from services.monitoring.handlers.registry import moving
from services.monitoring.handlers.registry.villages import DONE, DUE

Json = dict[str, Any]
OPEN, CARRYING, DECIDED = "open", "carrying", "decided"
TOWN_DIGITS, COUNTY_DIGITS = 9, 6
MOST: Final = 1000
ROW: Final = "row-"
DIGEST: Final = 8


def find_duplicates(ctx: Context, request: Json) -> Json:
    """Compare everybody of a village or town with each other; return {compared, open}: persons, open
    matters.
    """
    region = request["region"]
    if len(region) < TOWN_DIGITS:
        raise BadRequest(
            "一次只比对一个村或一个乡镇。", code="duplicate.region", remedy="请给出乡镇或村的区划代码。"
        )
    persons = list(_persons(ctx, region))
    found = [_matter(ctx, homes, pairs, {}) for homes, pairs in rules.pairs_in(persons).items()]
    return {"compared": len(persons), "open": sum(agg.state["status"] == OPEN for agg in found)}


def _persons(ctx: Context, region: str) -> Iterable[rules.Person]:
    for row in ctx.store.households.rows(["members"], region=region):
        yield from rules.persons_of(row["id"], row["members"])


def found_among_new(ctx: Context, new: list[RosterHousehold]) -> None:
    """Compare the households that a batch brought with each other; with all others on the next day."""
    people = [person for one in new for person in rules.persons_of(one.id, one.state["members"])]
    for homes, pairs in rules.pairs_in(people).items():
        _matter(ctx, homes, pairs, {})


def found_at_import(
    ctx: Context, request: Json, held: list[RosterHousehold], elsewhere: Mapping[str, str]
) -> None:
    """Bring to a person whoever holds a newcomer back because another household already has him."""
    sharing = [one for one in held if SHARED in {problem.code for problem in one.problems}]
    homes = sorted(
        {elsewhere[n] for one in sharing for n in one.id_numbers if n in elsewhere} - {o.id for o in sharing}
    )
    known = ctx.store.many_households(homes) if homes else {}
    people = [person for one in sharing for person in _waiting(one, request["digest"])]
    people += [person for id, agg in known.items() for person in rules.persons_of(id, agg.state["members"])]
    for homes_of_two, pairs in rules.pairs_in(people).items():
        same = [pair for pair in pairs if pair["ground"] == rules.SAME_NUMBER]
        if same:
            _matter(ctx, homes_of_two, same, {one.id: None for one in sharing})


def _waiting(one: RosterHousehold, digest: str) -> Iterable[rules.Person]:
    """The people of a household that waits, by their rows in this file: another file counts them anew."""
    for row, member in zip(one.row_numbers, one.state["members"], strict=True):
        named = {**member, "ref": f"{ROW}{row}@{digest[:DIGEST]}"}
        yield from rules.persons_of(one.id, [named])


def _matter(ctx: Context, homes: tuple[str, str], found: list[Json], waiting: Mapping[str, Any]) -> Aggregate:
    """Return the matter between two households, with whatever is new in it stored."""
    id = "~".join(homes)
    agg: Aggregate = ctx.store.duplicates.get_or_none(id) or _new_matter(ctx, id, homes)
    pairs = rules.with_pairs(agg.state["pairs"], found)
    waits = sorted(set(homes) & {*waiting, *agg.state["waiting"]})
    if agg.is_new or pairs != agg.state["pairs"]:
        agg.state |= {"pairs": pairs, "waiting": waits, "kind": rules.kind_of(pairs), "status": OPEN}
        ctx.save(ctx.store.duplicates, agg, "duplicate.found", {"pairs": len(pairs)})
    return agg


def _new_matter(ctx: Context, id: str, homes: tuple[str, str]) -> Aggregate:
    state = {"households": list(homes), "pairs": [], "waiting": [], "kind": "person", "status": OPEN}
    agg: Aggregate = ctx.store.duplicates.new(id, region=common_region(*homes), state=state)
    return agg


def common_region(one: str, other: str) -> str:
    """Return the smallest division that holds both households: village, town, or the county, which then
    decides.
    """
    places = (one.partition("-")[0], other.partition("-")[0])
    for digits in (12, TOWN_DIGITS):
        if places[0][:digits] == places[1][:digits]:
            return places[0][:digits]
    return places[0][:COUNTY_DIGITS]


def region_of_matter(ctx: Context, request: Json) -> str:
    """Resolve the region of a call about a matter."""
    return str(ctx.store.duplicates.get(request["matter"]).region)


def duplicates(ctx: Context, request: Json) -> list[Json]:
    """Return the matters of a region, by status."""
    where = {"state.status": request["status"]} if request["status"] else None
    page = {"after": request["after"], "limit": request["limit"]}
    return [view(agg) for agg in ctx.store.duplicates.find(where, region=request["region"], **page)]


def view(agg: Aggregate) -> Json:
    """Return a matter as callers see it: who by ref, why, and what was decided."""
    pairs = [
        {"refs": one["refs"], "ground": rules.GROUNDS[one["ground"]], "decided": one["decided"]}
        for one in agg.state["pairs"]
    ]
    names = ("households", "waiting", "kind", "status")
    return {
        "matter": agg.id,
        "region": agg.region,
        **{name: agg.state[name] for name in names},
        "pairs": pairs,
    }


def decide_duplicate(ctx: Context, request: Json) -> Json:
    """Decide one pair: the same person, and which household keeps him, or two people; then carry it out."""
    agg = ctx.store.duplicates.get(request["matter"])
    if not agg.carried_out(ctx.request_id):
        pair = _pair(agg, request)
        _check(ctx, agg, request)
        made = {"by": ctx.actor.on_behalf_of or ctx.actor.id, "on": ctx.today.isoformat()}
        pair["decided"] = made | {name: request[name] for name in ("same", "keep", "reason", "head", "paper")}
        agg.state["status"] = CARRYING
        detail = {"same": request["same"], "keep": request["keep"]}
        ctx.save(ctx.store.duplicates, agg, "duplicate.decided", detail, result={"matter": agg.id})
    carry_out(ctx, agg)
    return view(agg)


def _check(ctx: Context, agg: Aggregate, request: Json) -> None:
    """Refuse, before anything is decided, what could not be carried out."""
    if not request["same"]:
        return
    household, ref = _who_leaves(agg, request["refs"], request["keep"])
    if not ref.startswith(ROW):
        source = ctx.store.households.get(household)
        require_region(ctx.actor, source.region)
        changes.leaves(source.state, Wanted("duplicate", ctx.today, ref, head=request["head"]))


def _who_leaves(agg: Aggregate, refs: list[str], keep: str) -> tuple[str, str]:
    """Return the household that does not keep the person, and his ref there."""
    first, second = agg.state["households"]
    return (second, refs[1]) if keep == first else (first, refs[0])


def _pair(agg: Aggregate, request: Json) -> Json:
    found: Json | None = next((one for one in agg.state["pairs"] if one["refs"] == request["refs"]), None)
    if found is None:
        raise BadRequest("没有这一对人员。", code="duplicate.no_such_pair", remedy="请用 duplicates 查看。")
    if found["decided"] is not None:
        raise Conflict(
            "这一对已有决定。", code="duplicate.decided", remedy="决定有误的，用 change_members 更正成员。"
        )
    if request["same"] and request["keep"] not in agg.state["households"]:
        raise BadRequest("同一人应留在两户之一。", code="duplicate.keep", remedy="请在 keep 中给出留下的户。")
    return found


def carry_out(ctx: Context, agg: Aggregate) -> None:
    """Do what was decided and is not done yet; may be repeated."""
    for pair in agg.state["pairs"]:
        decided = pair["decided"]
        if decided and decided["same"]:
            _leave_one(ctx, agg, pair, decided)
    if agg.state["status"] == CARRYING:
        agg.state["status"] = OPEN if rules.still_open(agg.state["pairs"]) else DECIDED
        ctx.save(ctx.store.duplicates, agg, "duplicate.carried_out")


def _leave_one(ctx: Context, agg: Aggregate, pair: Json, decided: Json) -> None:
    """Take the person out of the household that does not keep him."""
    other, ref = _who_leaves(agg, pair["refs"], decided["keep"])
    if ref.startswith(ROW):
        row, _, digest = ref.removeprefix(ROW).partition("@")
        _without_row(ctx, other, int(row), digest)
    else:
        _without_member(ctx, other, ref, decided)
        _again(ctx, decided["keep"])


def _without_member(ctx: Context, household: str, ref: str, decided: Json) -> None:
    source = ctx.store.households.get(household)
    if ref not in [one["ref"] for one in source.state["members"]]:
        return
    given = {"kind": "duplicate", "to": decided["keep"], "refs": [ref], "paper": decided["paper"]}
    given |= {"reason": decided["reason"], "on": ctx.today, "head": None, "relations": {}}
    given |= {"staying_head": decided["head"], "staying_relations": {}}
    move = moving.open_move(ctx, source, given)
    moving.carry_out(ctx, move.id)


def _without_row(ctx: Context, household: str, row: int, digest: str) -> None:
    """Take a row out of a household that waits, and read the household again without it.

    Not of another file than the one in which it was found: there the row may be somebody else's.
    """
    agg = ctx.store.held.get_or_none(household)
    if agg is None or not agg.state["rows"] or not agg.state["digest"].startswith(digest):
        return
    rows = [one for one in agg.state["rows"] if one["row"] != row]
    if len(rows) < len(agg.state["rows"]):
        agg.state["rows"] = rows
        ctx.save(ctx.store.held, agg, "held.row_left_out", {"row": row})
    _again(ctx, household)


def _again(ctx: Context, household: str) -> None:
    """Read a household that waits once more from the rows that were kept."""
    from services.monitoring.handlers.registry import rosters  # noqa: PLC0415 - rosters finds duplicates

    rosters.read_again(ctx, household)


def compare_due(ctx: Context) -> None:
    """Once a day, finish what was decided, and compare the towns in which a village changed since."""
    for agg in ctx.store.duplicates.find({"state.status": CARRYING}, limit=MOST):
        carry_out(ctx, agg)
    due = ctx.store.villages.find({"state.compare": DUE}, limit=MOST)
    for town in sorted({agg.region[:TOWN_DIGITS] for agg in due}):
        find_duplicates(ctx, {"region": town})
    for agg in due:
        agg.state["compare"] = DONE
        ctx.save(ctx.store.villages, agg, "village.compared")
