"""A message that came back too often runs alone."""

import eventlet
import pytest
from kombu.message import Message
from shouwang.messaging.suspects import Suspects, suspected
from shouwang.messaging.topology import SUSPECT


def message(**headers: object) -> Message:
    return Message(body="{}", headers={name.replace("_", "-"): value for name, value in headers.items()})


@pytest.mark.parametrize(
    ("headers", "answer"),
    [({}, False), ({"x-delivery-count": 1}, False), ({"x-delivery-count": 2}, True), ({SUSPECT: True}, True)],
)
def test_who_is_suspected(headers: dict[str, object], answer: bool) -> None:
    assert suspected(headers) is answer


def test_one_suspect_at_a_time_and_the_others_as_ever() -> None:
    suspects, first, second = Suspects(), message(x_delivery_count=2), message(x_delivery_count=3)
    running = eventlet.spawn(suspects.admit, first)
    eventlet.sleep(0)
    assert suspects.admit(second) is False, "it must be moved away while the first waits"
    assert suspects.admit(message()) is True
    assert running.wait() is True
    suspects.release(second)
    assert suspects.admit(second) is False, "only the one that runs makes room"
    suspects.release(first)
    assert suspects.admit(second) is True
