"""A household as it was on any day: what was first recorded, and every dated change since (D-01).

The state of a household keeps `base` (the dated part as first recorded, with its day; None while nothing
has changed) and `changes`. A change: {no, kind, on, recorded_on, by, request, reason, paper, effects}. `on`
is the day on which it took effect, which may lie long before it was recorded: the state of a day is the
base with the changes that had taken effect, in the order of their days, and of their recording within a
day. So a death that is told late stands before the marriage that was told first (docs/decisions/0112).

Effects: {"op": "add", "member": {…}}, {"op": "leave", "ref", "left": {…}}, {"op": "return", "ref"},
{"op": "head", "ref", "relations", "since"} (`since`, if there: a day after that of the change),
{"op": "member", "ref", "values"}, {"op": "household", "values"}, {"op": "figures", "values"}.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import deepcopy
from datetime import date
from typing import Any, Final

from services.monitoring.domain.registry.roster_form import HOUSEHOLD_COLUMNS, MONEY_FIELDS
from services.monitoring.domain.registry.roster_household import HEAD, unknown_fields

Json = dict[str, Any]
State = Mapping[str, Any]

PLAIN: Final = tuple(column.field for column in HOUSEHOLD_COLUMNS if column.field not in MONEY_FIELDS)
DATED: Final = (*PLAIN, "members", "former", "figures")
"""The part of a household's state that has a history of its own; the rest belongs to others."""


def new_history(recorded: date | str) -> Json:
    """Return what a household that enters the registry has of history: known from that day on."""
    return {
        "former": [],
        "changes": [],
        "base": None,
        "known_from": str(recorded),
        "ended": None,
        "came_from": None,
    }


def with_change(state: State, change: Json) -> Json:
    """Return the household's state with one more change, wherever in time it belongs."""
    base = state["base"] or {name: deepcopy(state[name]) for name in DATED}
    changes = [*state["changes"], {**change, "no": len(state["changes"]) + 1}]
    dated = _folded(base, changes)
    figures = _newest(state["figures"], dated["figures"])
    whole = counted({**dated, "figures": figures})
    return {**state, **whole, "base": base, "changes": changes, "ended": _ended(dated, changes)}


def with_figures(state: State, figures: State, on: str, by: str) -> Json:
    """Return the household's state with figures that were given on a day, so that the older ones stay
    known.
    """
    differ = {name: one for name, one in figures.items() if one != state["figures"].get(name)}
    if not differ:
        return dict(state)
    told = {
        "kind": "case_record",
        "on": on,
        "recorded_on": on,
        "by": by,
        "request": "",
        "reason": "",
        "paper": None,
    }
    return with_change(state, {**told, "effects": [{"op": "figures", "values": differ}]})


def counted(dated: State) -> Json:
    """Return the dated part with what derives from it: size and what is missing."""
    figures = {name: one["fen"] for name, one in dated["figures"].items()}
    shared = {name: dated[name] for name in PLAIN} | {name: figures.get(name) for name in MONEY_FIELDS}
    unknown = unknown_fields(shared, dated["members"])
    return {**dated, "size": len(dated["members"]), "unknown": unknown}


def as_of(state: State, day: date) -> Json | None:
    """Return the state on a day; None before the registry knew the household.

    Dated fields are those of that day. Figures carry their own days: of two, the newer one that had been
    given by then. What other topics keep (monitoring, left_out …) is that of today: ask them.
    """
    if day.isoformat() < state["known_from"]:
        return None
    base = state["base"] or {name: state[name] for name in DATED}
    changes = [one for one in state["changes"] if one["on"] <= day.isoformat()]
    dated = _folded(base, changes, day.isoformat())
    given = {name: one for name, one in state["figures"].items() if (one["on"] or "") <= day.isoformat()}
    figures = _newest(given, dated["figures"])
    return {**state, **counted({**dated, "figures": figures}), "ended": _ended(dated, changes)}


def _ended(dated: State, changes: Iterable[State]) -> Json | None:
    """Return when and by what the last member left; None while somebody is there.

    What was told of the household for a later day (a case's record) did not end it.
    """
    if dated["members"]:
        return None
    last = max((one for one in changes if _lets_go(one)), key=_order)
    return {"on": last["on"], "kind": last["kind"]}


def _lets_go(change: State) -> bool:
    return any(effect["op"] == "leave" for effect in change["effects"])


def _order(change: State) -> tuple[str, int]:
    return change["on"], change["no"]


def _folded(base: State, changes: Iterable[State], until: str | None = None) -> Json:
    dated = {name: deepcopy(base[name]) for name in DATED}
    effects = list(_in_effect(changes, until))
    for effect in effects:
        _EFFECTS[effect["op"]](dated, effect)
    _one_head(dated, [*_heads(base["members"]), *(ref for effect in effects for ref in _claimed(effect))])
    return dated


def _in_effect(changes: Iterable[State], until: str | None) -> Iterator[Json]:
    """Yield what had taken effect by a day, in the order of the days, then of the recording."""
    dated = [
        (effect.get("since") or change["on"], change["no"], effect)
        for change in changes
        for effect in change["effects"]
    ]
    for on, _, effect in sorted(dated, key=lambda one: one[:2]):
        if until is None or on <= until:
            yield effect


def _one_head(dated: Json, claimed: list[str]) -> None:
    """Of several heads, or none, the one who was named last stays: what is told late may cross what was
    told first.

    claimed: everybody who was ever said to be head, in order.
    """
    if len(_heads(dated["members"])) == 1:
        return
    here = {one["ref"] for one in dated["members"]}
    last = next((ref for ref in reversed(claimed) if ref in here), None)
    for one in dated["members"]:
        if one["ref"] == last:
            one["relation"] = HEAD
        elif one["relation"] == HEAD:
            one["relation"] = None


def _heads(members: Iterable[State]) -> list[str]:
    return [one["ref"] for one in members if one["relation"] == HEAD]


def _claimed(effect: State) -> list[str]:
    """Return whom an effect says to be head."""
    if effect["op"] == "head" or effect.get("values", {}).get("relation") == HEAD:
        return [effect["ref"]]
    return _heads([effect["member"]]) if effect["op"] == "add" else []


def _set_head(dated: Json, effect: Json) -> None:
    """A new head; how the others are related to him is what was said then, else unknown.

    Nothing when he had left by then, as was told later.
    """
    if effect["ref"] not in [one["ref"] for one in dated["members"]]:
        return
    for one in dated["members"]:
        one["relation"] = HEAD if one["ref"] == effect["ref"] else effect["relations"].get(one["ref"])


def _add(dated: Json, effect: Json) -> None:
    member = effect["member"]
    if not any(one["ref"] == member["ref"] for one in [*dated["members"], *dated["former"]]):
        dated["members"].append(deepcopy(member))


def _leave(dated: Json, effect: Json) -> None:
    leaving = [one for one in dated["members"] if one["ref"] == effect["ref"]]
    dated["members"] = [one for one in dated["members"] if one["ref"] != effect["ref"]]
    dated["former"] += [{**one, "left": effect["left"]} for one in leaving]


def _return(dated: Json, effect: Json) -> None:
    back = [one for one in dated["former"] if one["ref"] == effect["ref"]]
    dated["former"] = [one for one in dated["former"] if one["ref"] != effect["ref"]]
    dated["members"] += [{name: value for name, value in one.items() if name != "left"} for one in back]


def _set_member(dated: Json, effect: Json) -> None:
    for one in [*dated["members"], *dated["former"]]:
        if one["ref"] == effect["ref"]:
            one.update(deepcopy(effect["values"]))


def _set_household(dated: Json, effect: Json) -> None:
    dated.update(deepcopy(effect["values"]))


def _set_figures(dated: Json, effect: Json) -> None:
    dated["figures"] = _newest(dated["figures"], effect["values"])


_EFFECTS: Final[dict[str, Callable[[Json, Json], None]]] = {
    "add": _add,
    "leave": _leave,
    "return": _return,
    "head": _set_head,
    "member": _set_member,
    "household": _set_household,
    "figures": _set_figures,
}


def _newest(known: State, given: State) -> Json:
    """Return the figures of both; of two for one field that of the later window, then of the later day.

    What comes second wins between equals: it was recorded later.
    """
    better = {name: one for name, one in given.items() if name not in known or not _older(one, known[name])}
    return {**known, **better}


def _older(figure: State, than: State) -> bool:
    return (figure["to"], figure["on"] or "") < (than["to"], than["on"] or "")


def next_place(state: State) -> int:
    """Return the number of the next ref: one that no member, now or ever, has had."""
    refs = [one["ref"] for one in [*state["members"], *state["former"]]]
    refs += [
        effect["member"]["ref"]
        for one in state["changes"]
        for effect in one["effects"]
        if effect["op"] == "add"
    ]
    return max((int(ref.rpartition("-")[2]) for ref in refs), default=0) + 1


def ref_of(household: str, place: int) -> str:
    """Return the ref of a member: "430426100001-0001-03"."""
    return f"{household}-{place:02d}"
