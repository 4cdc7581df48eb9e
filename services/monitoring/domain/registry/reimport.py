"""A roster that comes again: what it changes in a known household, and what it leaves alone (M-02).

Only what differs changes. A blank cell says nothing and keeps what is known. A member whom the new file
does not name is missing, not gone: somebody must say what became of him. A roster older than the last one
changes nothing. A member is the same by ID number; without one by name, or (name and number differ) by
nothing (docs/decisions/0113).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from services.monitoring.domain.registry.history import PLAIN, next_place, ref_of
from services.monitoring.domain.registry.roster_form import PERSON_COLUMNS
from services.monitoring.domain.registry.roster_household import HEAD

Json = dict[str, Any]
State = Mapping[str, Any]

MEMBER: Final = (*(column.field for column in PERSON_COLUMNS), "birth", "disability")
_BLANK: Final[tuple[Any, ...]] = (None,)
NEW, CHANGED, UNCHANGED, OLDER, HELD = "new", "changed", "unchanged", "older", "held"


@dataclass(frozen=True)
class Merge:
    """What a roster says anew of a household.

    effects: of history.py. fields: names of changed fields, by row of the sheet, those of the household
    under the head's row. joined: refs of newcomers. missing: refs of members whom the roster does not name.
    head_changed: whether it names another head.
    """

    effects: list[Json] = field(repr=False)
    fields: Mapping[int, list[str]]
    joined: list[str]
    missing: list[str]
    absent: list[str]
    head_changed: bool


def merged(known: State, household: str, given: State, rows: Sequence[int]) -> Merge:
    """Compare what a roster says (its state, and the row of each member) with what the registry has."""
    row_of = {one["ref"]: row for one, row in zip(given["members"], rows, strict=True)}
    same = matched(known["members"], given["members"])
    rest = [one for one in given["members"] if one["ref"] not in same]
    left = matched(known["former"], rest)
    names = _compared(given, left)
    changed = {ref: _differing(before, _of(given, ref), names) for ref, before in same.items()}
    new = [one for one in rest if one["ref"] not in left]
    joining = _joining(known, household, new)
    own = _of_household(known, given)
    fields = {row_of[ref]: sorted(values) for ref, values in changed.items() if values}
    if own:
        row = _head_row(given, row_of)
        fields[row] = sorted({*fields.get(row, []), *own})
    effects = [
        {"op": "member", "ref": same[ref]["ref"], "values": values}
        for ref, values in changed.items()
        if values
    ]
    effects += [*_no_second_head(known, same, given, left), *joining, *_household_effects(own)]
    return Merge(
        effects,
        fields,
        joined=[one["member"]["ref"] for one in joining],
        missing=[one["ref"] for one in known["members"] if one["ref"] not in _refs(same)],
        absent=sorted(_refs(left)),
        head_changed=_head_of(known) not in (None, _head_in_registry(same, given))
        and not _head_left(given, left),
    )


def _refs(same: Mapping[str, State]) -> set[str]:
    return {one["ref"] for one in same.values()}


def _of(given: State, ref: str) -> State:
    found: State = next(one for one in given["members"] if one["ref"] == ref)
    return found


def _joining(known: State, household: str, new: Sequence[State]) -> list[Json]:
    """Newcomers get the refs that follow on; a second head among them is nobody's head."""
    first = next_place(known)
    return [
        {"op": "add", "member": {**one, "ref": ref_of(household, first + place)}}
        for place, one in enumerate(new)
    ]


def _compared(given: State, left: Mapping[str, State]) -> list[str]:
    """Return what is compared of a member: not how he is related to a head who is not there any more."""
    return [name for name in MEMBER if name != "relation" or not _head_left(given, left)]


def _head_left(given: State, left: Mapping[str, State]) -> bool:
    return _head_of(given) in left


def matched(known: Iterable[State], given: Iterable[State]) -> dict[str, State]:
    """Return ref in the roster → the known person who is the same.

    By ID number first; then, where one of the two has none, by name: the roster learned the number, or lost
    it. Without name and number by the relation to the head.
    """
    free = {one["ref"]: one for one in known}
    found: dict[str, State] = {}
    listed = list(given)
    for same in (_same_number, _same_name):
        for member in listed:
            one = next((one for one in free.values() if same(one, member)), None)
            if one is not None and member["ref"] not in found:
                found[member["ref"]] = free.pop(one["ref"])
    return found


def _same_number(one: State, other: State) -> bool:
    return one["id_number"] is not None and one["id_number"] == other["id_number"]


def _same_name(one: State, other: State) -> bool:
    if one["id_number"] is not None and other["id_number"] is not None:
        return False
    nameless = one["name"] is None and one["id_number"] is None and one["relation"] == other["relation"]
    return bool(one["name"] == other["name"] and (one["name"] is not None or nameless))


def _differing(before: State, given: State, names: Iterable[str]) -> Json:
    return {
        name: given[name]
        for name in names
        if given.get(name) not in _BLANK and given.get(name) != before.get(name)
    }


def _of_household(known: State, given: State) -> Json:
    """Return the changed fields of the household itself, figures by name."""
    plain = _differing(known, given, PLAIN)
    figures = {
        name: one for name, one in given["figures"].items() if _says_more(known["figures"].get(name), one)
    }
    return {**plain, **figures}


def _says_more(known: State | None, given: State) -> bool:
    """Whether a figure is new: of a later window, or of the same window another amount, given no earlier."""
    if known is None or given["to"] > known["to"]:
        return True
    later = (given["on"] or "") >= (known["on"] or "")
    return bool(given["to"] == known["to"] and later and given["fen"] != known["fen"])


def _household_effects(own: Json) -> list[Json]:
    plain = {name: value for name, value in own.items() if name in PLAIN}
    figures = {name: one for name, one in own.items() if name not in PLAIN}
    effects: list[Json] = [{"op": "household", "values": plain}] if plain else []
    return [*effects, {"op": "figures", "values": figures}] if figures else effects


def _no_second_head(
    known: State, same: Mapping[str, State], given: State, left: Mapping[str, State]
) -> list[Json]:
    """A head beside whom the roster names another is head no longer; what he is to the new one it may not
    say.
    """
    old, new = _head_of(known), _head_in_registry(same, given)
    if old is None or old == new or _head_left(given, left) or _head_of(given) is None:
        return []
    said = next((_of(given, ref)["relation"] for ref, one in same.items() if one["ref"] == old), None)
    return [{"op": "member", "ref": old, "values": {"relation": said}}]


def _head_of(state: State) -> str | None:
    return next((str(one["ref"]) for one in state["members"] if one["relation"] == HEAD), None)


def _head_in_registry(same: Mapping[str, State], given: State) -> str | None:
    """Return the ref that the roster's head has in the registry; None when he is new there."""
    head = _head_of(given)
    return str(same[head]["ref"]) if head is not None and head in same else None


def _head_row(given: State, row_of: Mapping[str, int]) -> int:
    return row_of[_head_of(given) or given["members"][0]["ref"]]
