"""The envelope of events: CloudEvents 1.0 in JSON."""

import json
from datetime import date
from typing import Any

import pytest
from shouwang.errors import BadRequest
from shouwang.messaging import envelope


def built(**changes: Any) -> dict[str, Any]:
    made = envelope.build(
        "monitoring",
        "case.opened",
        "C1",
        {"fen": 1},
        sequence=2,
        businessdate=date(2021, 6, 1),
        region="430426",
    )
    return {**made, **changes}


def test_attributes_are_those_of_cloudevents() -> None:
    made = built()
    assert (made["specversion"], made["datacontenttype"]) == ("1.0", "application/json")
    assert (made["source"], made["type"]) == ("/shouwang/monitoring", "shouwang.monitoring.case.opened")
    assert (made["subject"], made["sequence"], made["businessdate"]) == ("C1", 2, "2021-06-01")
    assert made["time"].endswith("+00:00")
    assert all(isinstance(value, str | int) for name, value in made.items() if name != "data")
    assert all(name.isalnum() and name.islower() for name in made)


def test_it_says_by_which_key_it_is_routed() -> None:
    assert envelope.routing_key(built()) == "monitoring.case.opened"
    assert envelope.service_of(built()) == "monitoring"
    assert envelope.event_of(built()) == "case.opened"


def test_it_comes_back_from_the_wire() -> None:
    made = built(data={"名称": "张三"})
    assert envelope.decode(envelope.encode(made)) == made
    assert "张三" in envelope.encode(made).decode(), "readable on the wire"


def test_the_actor_travels_as_text() -> None:
    made = envelope.build(
        "a", "b", "1", {}, sequence=1, businessdate="2021-06-01", actor={"id": "o", "roles": ["x"]}
    )
    assert envelope.actor_of(json.loads(envelope.encode(made))) == {"id": "o", "roles": ["x"]}
    assert envelope.actor_of(built()) == {}


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"specversion": "0.3"}, "specversion"),
        ({"source": "monitoring"}, "source"),
        ({"type": "shouwang.assets.case.opened"}, "type"),
        ({"sequence": "2"}, "sequence"),
        ({"sequence": True}, "sequence"),
        ({"data": [1]}, "data"),
        ({"id": None}, "id"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, Any], named: str) -> None:
    with pytest.raises(BadRequest) as caught:
        envelope.validate(built(**change))
    assert caught.value.code == "bus.not_an_envelope"
    assert named in str(caught.value)


def test_every_missing_attribute_is_named() -> None:
    with pytest.raises(BadRequest) as caught:
        envelope.validate({})
    assert len(caught.value.details["problems"]) == 9


@pytest.mark.parametrize("body", [b"\xff", b"", "{"])
def test_what_is_no_json_is_refused(body: bytes | str) -> None:
    with pytest.raises(BadRequest) as caught:
        envelope.decode(body)
    assert caught.value.code == "bus.not_json"
