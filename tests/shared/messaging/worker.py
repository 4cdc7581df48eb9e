"""A worker process for the tests that kill: `python -m tests.shared.messaging.worker ROLE '{"uri": …}'`.

It prints one line of JSON for each thing that happens; the test waits for these lines.
"""

import eventlet

eventlet.monkey_patch()

import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

from eventlet import patcher, tpool
from nameko import config
from nameko.containers import ServiceContainer
from shouwang.messaging import EventHandler, Inbox, Relay, rpc

from tests.shared.messaging.kit import MemoryOutbox, event

write = patcher.original("os").write


def say(what: str, **details: Any) -> None:
    """Tell the test."""
    write(1, (json.dumps({"what": what, **details}) + "\n").encode())


class DiskInbox:
    """An inbox that outlives the process: one file for each event."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        directory.mkdir(parents=True, exist_ok=True)

    def seen(self, handler: str, event_id: str) -> bool:
        return (self.directory / event_id).exists()

    def mark(self, handler: str, event_id: str) -> bool:
        (self.directory / event_id).touch()
        return True


def take_effect(directory: Path, request_id: str) -> None:
    """Do it once for each request, as an aggregate that remembers its requests does."""
    directory.mkdir(parents=True, exist_ok=True)
    try:
        (directory / request_id).touch(exist_ok=False)
        say("effect", id=request_id)
    except FileExistsError:
        say("remembered", id=request_id)


def consumer(options: dict[str, Any]) -> None:
    """Handle `case.opened`; `stall`: stop before or after the effect; number -1 kills the process."""
    home = Path(options["home"])
    inbox = DiskInbox(home / "inbox")

    class Handler(EventHandler):
        def inbox(self) -> Inbox | None:
            return inbox

    class Ear:
        name = options["name"]

        @Handler.decorator(options["source"], "case.opened", delays_ms=(50, 100), delivery_limit=2)
        def hear(self, envelope: dict[str, Any]) -> None:
            say("began", id=envelope["id"])
            if envelope["data"]["number"] == -1:
                os._exit(9)
            _stall(options, "before")
            take_effect(home / "effects", envelope["id"])
            _stall(options, "after")

    _serve(Ear, options)


def server(options: dict[str, Any]) -> None:
    """Answer calls; `stall`: stop before the answer, until a line comes in."""

    class Echo:
        name = options["name"]

        @rpc
        def echo(self, number: int) -> int:
            say("began", number=number)
            if number == options.get("stall_at"):
                tpool.execute(sys.stdin.readline)
            return number

    _serve(Echo, options)


def publisher(options: dict[str, Any]) -> None:
    """Publish events from an outbox, and tell each that was marked as sent."""
    outbox = MemoryOutbox()
    outbox.witness.note = lambda what: say("sent", id=what)  # type: ignore[method-assign]
    relay = Relay(options["source"], outbox, options["uri"], batch=5, poll_seconds=0.2)
    relay.start()
    for number in range(options["count"]):
        outbox.save(f"C{number}", event("case.opened", number))
        eventlet.sleep(options["pause"])
    relay.wait_idle(60)
    say("all_sent")
    threading.Event().wait()


def _serve(service: type, options: dict[str, Any]) -> None:
    config.setup({"AMQP_URI": options["uri"]})
    container = ServiceContainer(service)
    container.start()
    say("ready")
    container.wait()


def _stall(options: dict[str, Any], point: str) -> None:
    if options.get("stall") == point:
        say("stalled")
        threading.Event().wait()


if __name__ == "__main__":
    {"consumer": consumer, "server": server, "publisher": publisher}[sys.argv[1]](json.loads(sys.argv[2]))
