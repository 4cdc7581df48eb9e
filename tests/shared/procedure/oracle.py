"""A second opinion on what a procedure allows, written without the engine: plain sets and days.

It reads the random specification itself (not the YAML reader's result) and keeps its own books of what was
accepted. It says yes or no to every attempt; the engine must say the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

Spec = dict[str, Any]


@dataclass
class Hanging:
    """A notice as the oracle keeps it."""

    asked: date
    posted: date | None = None
    objections: dict[str, date | None] = field(default_factory=dict)


@dataclass
class Oracle:
    """The books of one case."""

    spec: Spec
    region: str
    today: date
    end: str | None = None
    done: set[str] = field(default_factory=set)
    crossed: set[str] = field(default_factory=set)
    notices: dict[str, Hanging] = field(default_factory=dict)
    hands: dict[str, set[str]] = field(default_factory=dict)
    undone_on: dict[str, date] = field(default_factory=dict)
    debts: dict[tuple[str, str], bool] = field(default_factory=dict)

    @property
    def steps(self) -> list[Spec]:
        return list(self.spec["steps"])

    def one(self, id: str) -> Spec:
        return next(step for step in self.steps if step["id"] == id)

    def rank(self, id: str) -> int:
        """Number of the step's group: members of a group have the same."""
        number, before = -1, None
        for step in self.steps:
            label = step["together"] or step["id"]
            number += int(label != before)
            before = label
            if step["id"] == id:
                return number
        raise KeyError(id)

    def after(self, id: str) -> list[str]:
        return [step["id"] for step in self.steps if self.rank(step["id"]) > self.rank(id)]

    # what is asked

    def allows(self, tried: dict[str, Any]) -> bool:
        """Whether an action may be taken; `tried` holds everything the attempt brings."""
        if self.end is not None or tried["on"] < self.today:
            return False
        if not self.region.startswith(tried["region"]):
            return False
        if tried["action"] == "withdraw":
            return bool(self.spec["withdraw"] == tried["role"])
        step = self.one(tried["step"])
        if step["role"] is None or tried["action"] not in step["may"]:
            return False
        return self.in_turn(step) and self.by_right(step, tried) and self.brings(step, tried)

    def in_turn(self, step: Spec) -> bool:
        rank = self.rank(step["id"])
        acted = [one for one in self.steps if one["role"] is not None]
        before = [one["id"] for one in acted if self.rank(one["id"]) < rank]
        return set(before) <= self.done and step["id"] not in self.done

    def by_right(self, step: Spec, tried: dict[str, Any]) -> bool:
        if tried["role"] != step["role"] or tried["level"] != step["level"]:
            return False
        mine = {tried["person"], *(person for person, _ in tried["people"])}
        return all(not mine & self.hands.get(other, set()) for other in step["apart_from"])

    def brings(self, step: Spec, tried: dict[str, Any]) -> bool:
        action, reasoned = tried["action"], bool((tried["reason"] or "").strip())
        if not self.gates_open(step, action, tried["on"]):
            return False
        if action == "send_back":
            return reasoned and (tried["to"] is None or tried["to"] in self.back(step))
        judged = self.enough_people(step, tried["people"]) and tried["facts"].get("flag") is True
        if action == "refuse":
            return judged and reasoned
        known = not step["needs"] or tried["facts"].get("fact") is not None
        return judged and known and self.enough_papers(step, tried) and self.may_end(step, tried)

    def enough_people(self, step: Spec, people: list[tuple[str, str]]) -> bool:
        functions: dict[str, str] = {}
        for person, role in people:
            functions.setdefault(person, role)
        counted = [role for role in functions.values() if role in step["from"]]
        return len(counted) >= step["people"] and set(step["signatures"]) <= set(functions.values())

    def green(self, step: Spec, tried: dict[str, Any]) -> bool:
        ends = tried["action"] in step["ends"]
        return bool(step["green"]) and not ends and tried["facts"].get("emergency") is True

    def is_there(self, step: Spec, name: str, tried: dict[str, Any]) -> bool:
        earliest = self.undone_on.get(step["id"], date.min)
        days = [day for paper, day in tried["papers"] if paper == name]
        return any(day is None or earliest <= day <= tried["on"] for day in days)

    def enough_papers(self, step: Spec, tried: dict[str, Any]) -> bool:
        owed = set(step["green"]) if self.green(step, tried) else set()
        return all(name in owed or self.is_there(step, name, tried) for name in step["papers"])

    def pays(self, tried: dict[str, Any]) -> set[tuple[str, str]]:
        """The debts that the papers of the attempt settle."""
        return {key for key in self.debts if self.is_there(self.one(key[0]), key[1], tried)}

    def may_end(self, step: Spec, tried: dict[str, Any]) -> bool:
        open_debts = {key for key, owed in self.debts.items() if owed}
        return tried["action"] not in step["ends"] or not open_debts - self.pays(tried)

    def gates_open(self, step: Spec, action: str, on: date) -> bool:
        rank = self.rank(step["id"])
        gates = [one for one in self.steps if one["role"] is None and self.rank(one["id"]) < rank]
        if not all(gate["id"] in self.crossed or self.over(gate, on) for gate in gates):
            return False
        if step["days"] and action == "refuse":
            hanging = self.notices.get(step["id"])
            return hanging is None or None not in hanging.objections.values()
        return not step["days"] or action == "send_back" or self.over(step, on)

    def over(self, gate: Spec, on: date) -> bool:
        """Whether `days` whole days lie between the posting and today, and nothing is left to answer."""
        hanging = self.notices.get(gate["id"])
        if hanging is None or hanging.posted is None or None in hanging.objections.values():
            return False
        whole_days = [hanging.posted + timedelta(days=n) for n in range(1, (on - hanging.posted).days)]
        answered = [day for day in hanging.objections.values() if day]
        return len(whole_days) >= gate["days"] and all(on >= day for day in answered)

    def back(self, step: Spec) -> list[str]:
        if step["send_back_to"]:
            return list(step["send_back_to"])
        rank = self.rank(step["id"])
        earlier = [one for one in self.steps if one["role"] is not None and self.rank(one["id"]) < rank]
        nearest = max(self.rank(one["id"]) for one in earlier)
        return [next(one["id"] for one in earlier if self.rank(one["id"]) == nearest)]

    # what has happened

    def took(self, tried: dict[str, Any]) -> None:
        """Book an action that was taken."""
        self.today, action = tried["on"], tried["action"]
        if action in ("withdraw", "refuse"):
            self.end = {"withdraw": "withdrawn", "refuse": "refused"}[action]
            return
        step = self.one(tried["step"])
        if action == "send_back":
            self.undo(tried["to"] or self.back(step)[0], tried["on"])
            return
        self.book_debts(step, tried)
        self.crossed |= {one["id"] for one in self.steps if self.rank(one["id"]) < self.rank(step["id"])}
        self.done.add(step["id"])
        hands = {tried["person"], *(person for person, _ in tried["people"])}
        self.hands.setdefault(step["id"], set()).update(hands)
        self.end = step["ends"].get(action)
        if self.end is None:
            self.ask_for_notice(step)

    def book_debts(self, step: Spec, tried: dict[str, Any]) -> None:
        for key in self.pays(tried):
            self.debts[key] = False
        if self.green(step, tried):
            for name in step["green"]:
                if not self.is_there(step, name, tried):
                    self.debts[step["id"], name] = True

    def ask_for_notice(self, step: Spec) -> None:
        rank = self.rank(step["id"])
        group = {one["id"] for one in self.steps if self.rank(one["id"]) == rank}
        if group <= self.done:
            for one in self.steps:
                if one["days"] and self.rank(one["id"]) == rank + 1:
                    self.notices[one["id"]] = Hanging(self.today)

    def undo(self, to: str, on: date) -> None:
        gone = {to, *self.after(to)}
        self.done -= gone
        self.crossed -= gone
        for step in gone:
            self.notices.pop(step, None)
            self.undone_on[step] = on
        self.debts = {key: owed for key, owed in self.debts.items() if key[0] not in gone}

    # notices

    def waiting(self) -> tuple[Spec, Hanging] | None:
        """The notice at which the case stands now."""
        if self.end is None:
            for step in self.steps:
                hanging = self.notices.get(step["id"])
                if hanging and step["id"] not in self.done and step["id"] not in self.crossed:
                    return step, hanging
        return None

    def post(self, on: date) -> bool:
        found = self.waiting()
        if found is None or found[1].posted is not None or on < found[1].asked:
            return False
        found[1].posted = on
        self.today = max(self.today, on)
        return True

    def object(self, objection: str, on: date) -> bool:
        found = self.waiting()
        if found is None or found[1].posted is None or on < found[1].posted or self.too_late(*found, on):
            return False
        found[1].objections[objection] = None
        self.today = max(self.today, on)
        return True

    def too_late(self, step: Spec, hanging: Hanging, on: date) -> bool:
        assert hanging.posted is not None
        if None in hanging.objections.values():
            return False
        first = hanging.posted + timedelta(days=step["days"] + 1)
        late = [day for day in hanging.objections.values() if day and day >= first]
        return on > max(late) if late else on >= first

    def answer(self, objection: str, on: date, upheld: bool) -> bool:
        found = self.waiting()
        if found is None or found[1].objections.get(objection, on) is not None:
            return False
        if objection not in found[1].objections:
            return False
        step, hanging = found
        hanging.objections[objection] = on
        self.today = max(self.today, on)
        if upheld:
            self.undo(step["when_upheld"] or self.back(step)[0], self.today)
        return True
