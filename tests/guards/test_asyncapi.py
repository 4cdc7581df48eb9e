"""docs/asyncapi.yaml: written from the entry points as they are, and a whole AsyncAPI 3 document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from deploy.tools.asyncapi import TARGET, speakers, text
from deploy.tools.plain_yaml import load

WRITTEN = TARGET.read_text(encoding="utf-8")
DOCUMENT: dict[str, Any] = load(WRITTEN)
KEY = re.compile(r"[A-Za-z0-9.\-_]+")


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref":
                yield value
            else:
                yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def resolve(reference: str) -> Any:
    """Return what a reference points to; KeyError when there is nothing."""
    node: Any = DOCUMENT
    for part in reference.removeprefix("#/").split("/"):
        node = node[part.replace("~1", "/").replace("~0", "~")]
    return node


def test_it_is_not_stale() -> None:
    assert text() == WRITTEN, "stale: run `make asyncapi`"


def test_the_head_is_complete() -> None:
    assert DOCUMENT["asyncapi"] == "3.0.0"
    assert {"title", "version"} <= DOCUMENT["info"].keys()
    assert all({"host", "protocol"} <= server.keys() for server in DOCUMENT["servers"].values())
    assert {"channels", "operations", "components"} <= DOCUMENT.keys()


def test_every_reference_leads_somewhere() -> None:
    found = set(references(DOCUMENT))
    assert len(found) > 100
    for reference in found:
        assert resolve(reference) is not None


def test_every_key_may_be_one() -> None:
    parts = [DOCUMENT["channels"], DOCUMENT["operations"], *DOCUMENT["components"].values()]
    assert not [key for part in parts for key in part if not KEY.fullmatch(key)]


def test_every_channel_has_an_address_and_names_its_parameters() -> None:
    for key, channel in DOCUMENT["channels"].items():
        named = set(re.findall(r"{(\w+)}", channel["address"]))
        assert named == channel.get("parameters", {}).keys(), key
        assert all(resolve(message["$ref"])["payload"] for message in channel["messages"].values()), key


def test_every_operation_uses_messages_of_its_channel() -> None:
    for key, operation in DOCUMENT["operations"].items():
        assert operation["action"] in {"send", "receive"}, key
        for part in filter(None, (operation, operation.get("reply"))):
            own = part["channel"]["$ref"] + "/messages/"
            assert part["messages"] and all(one["$ref"].startswith(own) for one in part["messages"]), key


def test_no_two_channels_share_an_address() -> None:
    addresses = [channel["address"] for channel in DOCUMENT["channels"].values()]
    assert len(addresses) == len(set(addresses))


@pytest.mark.parametrize("speaker", speakers(), ids=lambda speaker: speaker.key)
def test_every_event_every_handler_and_every_call_stands_in_it(speaker: Any) -> None:
    operations = DOCUMENT["operations"]
    for event in speaker.events:
        assert operations[f"{speaker.key}.emits.{event}"]["action"] == "send"
    for entry in speaker.entries:
        key = f"{speaker.key}.{entry.name}"
        if entry.kind == "call":
            assert "reply" in operations[f"{key}.answers"]
        elif entry.kind == "on":
            assert [name for name in operations if name == key or name.startswith(f"{key}.of.")]
