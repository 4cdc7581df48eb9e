"""Writes docs/asyncapi.yaml (AsyncAPI 3) from entry points and schemas of events: `make asyncapi`.

Channels: one an event of a core service (`monitoring.case.opened`), one an event that every department
sends (`{department}.clues.found`), one a call (`monitoring.apply`). Operations: who sends, receives, answers.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

from marshmallow import Schema
from shouwang.department import schemas as of_departments
from shouwang.department.service import DepartmentService
from shouwang.service.entry import EntryPoint, entry_points

from deploy.tools import asyncapi_parts as parts
from deploy.tools import plain_yaml
from deploy.tools.entries import core
from deploy.tools.json_schema import JSON, Schemas

TARGET = Path(__file__).parents[2] / "docs" / "asyncapi.yaml"
HEAD = "# Written by `make asyncapi` from the entry points and schemas of the services. AsyncAPI 3.\n"
DEPARTMENT = "{department}"


@dataclass
class Speaker:
    """A core service, or every department: what it emits and which entry points it has."""

    name: str
    title: str
    events: dict[str, type[Schema]]
    entries: list[EntryPoint] = field(repr=False)

    @property
    def key(self) -> str:
        """The name as it may stand in keys."""
        return self.name.strip("{}")


def speakers() -> list[Speaker]:
    """Return everyone on the bus."""
    found = []
    for name, service in core().items():
        events = import_module(f"{service.__module__.rpartition('.')[0]}.schemas").EVENTS
        found.append(Speaker(name, service.title, dict(events), entry_points(service)))
    department = Speaker(DEPARTMENT, "部门插件", dict(of_departments.EVENTS), entry_points(DepartmentService))
    return [*found, department]


def document() -> JSON:
    """Return the whole document."""
    everyone, schemas = speakers(), Schemas()
    channels, operations, messages = JSON(), JSON(), JSON()
    for one in everyone:
        for event, schema in sorted(one.events.items()):
            key = f"{one.key}.{event}"
            messages[key] = parts.event_message(one.key, event, schemas.reference(schema))
            channels[key] = parts.event_channel(one.name, event)
            operations[f"{one.key}.emits.{event}"] = parts.operation("send", key)
        for entry in one.entries:
            if entry.kind == "call":
                _add_call(one, entry, schemas, channels, operations, messages)
    for one in everyone:
        for entry, source in _heard(one, everyone):
            name = f"{one.key}.{entry.name}" + (f".of.{source.key}" if entry.source == "*" else "")
            operations[name] = parts.operation("receive", f"{source.key}.{entry.type}")
    return parts.frame(version("shouwang-suite")) | {
        "channels": channels,
        "operations": operations,
        "components": parts.components(messages, schemas.found),
    }


def _add_call(
    one: Speaker, entry: EntryPoint, schemas: Schemas, channels: JSON, operations: JSON, messages: JSON
) -> None:
    key = f"{one.key}.{entry.name}"
    assert entry.schema is not None
    result = {} if entry.returns is None else schemas.listed(entry.returns)
    messages[f"{key}.request"] = parts.call_message(key, entry, schemas.reference(entry.schema))
    messages[f"{key}.reply"] = parts.reply_message(key, result)
    channels[f"{key}.call"] = parts.call_channel(one.name, entry.name, key)
    operations[f"{key}.answers"] = parts.call_operation(key, entry)


def _heard(one: Speaker, everyone: list[Speaker]) -> Iterator[tuple[EntryPoint, Speaker]]:
    """Return every pair of a handler and a sender of what it hears."""
    for entry in one.entries:
        for source in everyone:
            if entry.kind == "on" and entry.source in ("*", source.name) and entry.type in source.events:
                yield entry, source


def text() -> str:
    """Return the document as it is written."""
    return plain_yaml.text(document(), HEAD)


def main() -> int:
    """Write the document."""
    TARGET.write_text(text(), encoding="utf-8")
    print(f"已写出 docs/{TARGET.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
