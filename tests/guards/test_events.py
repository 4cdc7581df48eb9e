"""Events: what is emitted has a schema, what is heard has a sender, and both mean the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from marshmallow import Schema, fields, validate
from shouwang.errors import BadRequest
from shouwang.service.entry import EntryPoint
from shouwang.service.requests import load

from deploy.tools.asyncapi import Speaker, speakers
from tests.guards.emitting import EVENT, emitted, mentioned, sources
from tests.guards.samples import sample
from tests.guards.tree import ROOT, home_of

EVERYONE = speakers()
DESK = ROOT / "shared/shouwang/procedure/desk.py"
SHARED = {"notice.requested"}
"""Emitted by the shared desk for every service with procedures."""
HEARD = [
    (one, entry, source)
    for one in EVERYONE
    for entry in one.entries
    if entry.kind == "on"
    for source in EVERYONE
    if entry.source in ("*", source.name) and entry.type in source.events
]


def files_of(speaker: Speaker) -> list[Path]:
    home = ROOT / "shared/shouwang/department" if speaker.key == "department" else home_of(speaker.key)
    return sources(home)


@pytest.mark.parametrize("speaker", EVERYONE, ids=lambda one: one.key)
def test_every_event_emitted_has_a_schema(speaker: Speaker) -> None:
    found = list(emitted(files_of(speaker)))
    assert found
    assert not [f"{one.where} {one.type}" for one in found if one.type not in speaker.events]


@pytest.mark.parametrize("speaker", EVERYONE, ids=lambda one: one.key)
def test_every_event_with_a_schema_is_emitted(speaker: Speaker) -> None:
    said = mentioned(files_of(speaker)) | SHARED
    shared = {event for event in speaker.events if event.startswith("case.") and "case." in mentioned([DESK])}
    assert not sorted(speaker.events.keys() - said - shared)


def test_the_shared_desk_emits_what_is_said_of_it() -> None:
    assert {one.type for one in emitted([DESK]) if EVENT.fullmatch(one.type)} == SHARED


@pytest.mark.parametrize("speaker", EVERYONE, ids=lambda one: one.key)
def test_every_event_that_is_heard_has_a_sender(speaker: Speaker) -> None:
    known = {entry.name for one, entry, _ in HEARD if one is speaker}
    heard = [entry for entry in speaker.entries if entry.kind == "on"]
    assert not [f"{entry.defined} {entry.source}/{entry.type}" for entry in heard if entry.name not in known]


@pytest.mark.parametrize(
    ("hearer", "entry", "sender"), HEARD, ids=lambda one: getattr(one, "key", getattr(one, "name", None))
)
def test_the_hearer_understands_what_the_sender_says(
    hearer: Speaker, entry: EntryPoint, sender: Speaker
) -> None:
    said = sender.events[entry.type]()
    assert entry.schema is not None
    assert not list(misunderstandings(said, entry.schema()))
    load(entry.schema, sample(said), where=f"{hearer.key}.{entry.name}", tolerant=True)


def misunderstandings(said: Schema, heard: Schema, path: str = "") -> list[str]:
    """Return every field of which the two schemas do not say the same."""
    found = [
        f"{path}{name} is not sent" for name, field in heard.fields.items() if _missing(name, field, said)
    ]
    for name in said.fields.keys() & heard.fields.keys():
        found += _differences(said.fields[name], heard.fields[name], f"{path}{name}")
    return found


def _missing(name: str, field: fields.Field[object], said: Schema) -> bool:
    return field.required and (name not in said.fields or not said.fields[name].required)


def _differences(said: fields.Field[object], heard: fields.Field[object], path: str) -> list[str]:
    if isinstance(said, fields.Nested) and isinstance(heard, fields.Nested):
        return misunderstandings(said.schema, heard.schema, f"{path}.")
    found = []
    if type(heard) is not fields.Raw and type(said) is not type(heard):
        found.append(f"{path} is {type(said).__name__}, expected {type(heard).__name__}")
    if said.allow_none and not heard.allow_none:
        found.append(f"{path} may be null")
    if isinstance(said, fields.List) and isinstance(heard, fields.List):
        found += _differences(said.inner, heard.inner, f"{path}[]")
    if (known := _choices(heard)) is not None and not (_choices(said) or {object()}) <= known:
        found.append(f"{path} may be more than {sorted(map(str, known))}")
    return found


def _choices(field: fields.Field[object]) -> set[object] | None:
    found = [set(one.choices) for one in field.validators if isinstance(one, validate.OneOf)]
    return found[0] if found else None


class Said(Schema):
    """What a sender says."""

    case = fields.String(required=True)
    way = fields.String(required=True, validate=validate.OneOf(["a", "b"]))
    due = fields.Date(allow_none=True)


@pytest.mark.parametrize(
    ("heard", "problem"),
    [
        (
            {"case": fields.Integer(), "way": fields.String(), "due": fields.Raw(allow_none=True)},
            "case is String",
        ),
        ({"household": fields.String(required=True)}, "household is not sent"),
        ({"due": fields.Date(required=True)}, "due may be null"),
        ({"way": fields.String(validate=validate.OneOf(["a"]))}, "way may be more"),
    ],
)
def test_the_guard_sees_a_misunderstanding(heard: dict[str, fields.Field[object]], problem: str) -> None:
    assert [one for one in misunderstandings(Said(), Schema.from_dict(heard)()) if one.startswith(problem)]


def test_the_guard_refuses_a_sample_that_the_hearer_does_not_take() -> None:
    with pytest.raises(BadRequest):
        load(Schema.from_dict({"case": fields.Integer(required=True)}), sample(Said()), where="x")
