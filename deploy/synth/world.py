"""The world file: one line per household with what is true of it, day by day (fields: docs/synth.md)."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from deploy.synth.households import Change, Household, Spell
from deploy.synth.people import Person

_PERSON = tuple(one.name for one in fields(Person))


def household_line(household: Household) -> dict[str, Any]:
    """Return the line of a household: members, monthly flows in whole yuan, what holds from when to when."""
    return {
        "household": household.key,
        "village": household.village.code,
        "number": household.number,
        "group": household.group,
        "phone": household.phone,
        "kind": household.kind,
        "persons": [_person(person) for person in household.persons],
        "flows": household.flows,
        "risks": [_spell(one) for one in household.risks],
        "states": [_spell(one) for one in household.states],
        "unsettled": [_spell(one) for one in household.unsettled],
        "changes": [_change(one) for one in household.changes],
        "signs_authorisation": household.story is None or household.story.missed != "no_authorisation",
    }


def _person(person: Person) -> dict[str, Any]:
    made = {name: getattr(person, name) for name in _PERSON}
    made["birth"], made["until"] = person.birth.isoformat(), _day(person.until)
    return made


def _spell(spell: Spell) -> dict[str, Any]:
    return {
        "what": spell.what,
        "since": spell.since.isoformat(),
        "until": _day(spell.until),
        "detail": spell.detail,
        "pretended": spell.pretended,
    }


def _change(change: Change) -> dict[str, Any]:
    return {"on": change.on.isoformat(), "ref": change.ref, "name": change.name, "value": change.value}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
