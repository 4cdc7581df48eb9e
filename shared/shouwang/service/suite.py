"""The embedded suite: every service in one process, with its own store, its own keys and a loopback door.

Importing this imports eventlet; whoever runs it patches first (`shouwang.cli.green`), as `shouwang up` does.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from shouwang.access import load_verifier
from shouwang.access.keys import PUBLIC
from shouwang.children.preloaded import preloading
from shouwang.clock import Clock, SimulatedClock
from shouwang.files import write_private
from shouwang.service.assembly import Site
from shouwang.service.base import Service
from shouwang.service.door import Door
from shouwang.service.group import ServiceGroup
from shouwang.service.health import health_routes
from shouwang.service.keeper import ClockKeeper, DayTimer
from shouwang.service.keyfiles import issuer_of
from shouwang.service.letters import handle
from shouwang.service.loading import county_figures
from shouwang.service.lock import FolderLock
from shouwang.service.runtime import Runtime
from shouwang.service.web import WebApp, WebServer
from shouwang.settings import Settings
from shouwang.store import EmbeddedMongo

LOOPBACK: Final = "127.0.0.1"
LOCK: Final = "suite.lock"
DOOR: Final = "door.json"
STORE: Final = "store"
TODAY: Final = "today"
"""File with the day of the simulated clock."""
MANY: Final = 3
"""So many workers of one kind are worth a process that forks them: two start side by side as fast."""


class Suite:
    """All services and departments of one installation, embedded.

    start() takes the folder (ConfigurationError suite.running when it is taken), makes keys at the first run,
    starts the store, the services and the door; stop() ends them in reverse. Both may be called once.
    """

    def __init__(
        self,
        settings: Settings,
        services: Sequence[type[Service]],
        departments: Sequence[type[Service]] = (),
    ) -> None:
        self.settings = settings
        self.clock = resumed(settings)
        self._classes = [*services, *departments]
        self._lock = FolderLock(settings.var_dir / LOCK)
        self._group: ServiceGroup | None = None
        self._web: WebServer | None = None
        self._ends = ExitStack()

    @property
    def url(self) -> str:
        """Address of the door."""
        assert self._web is not None
        return f"http://{LOOPBACK}:{self._web.port}"

    @property
    def runtimes(self) -> list[Runtime]:
        """The running services."""
        assert self._group is not None
        return self._group.runtimes

    @property
    def group(self) -> ServiceGroup:
        """The running services with their relays and the client of the suite itself."""
        assert self._group is not None
        return self._group

    def start(self) -> None:
        """Start everything; what was started stops again when a part refuses."""
        with self._ends as ends:
            self._lock.take()
            ends.callback(self._lock.release)
            self._start(ends)
            self._ends = ends.pop_all()

    def stop(self) -> None:
        """Stop everything in reverse; work at hand is finished."""
        self._ends.close()

    def wait(self) -> None:
        """Wait until the services end; raises when one died."""
        self.group.wait()

    def _start(self, ends: ExitStack) -> None:
        site = self._site(ends)
        for module, workers in Counter(cls.worker for cls in self._classes if cls.worker).items():
            if workers >= MANY:
                ends.enter_context(preloading(module))
        self._group = group = ServiceGroup(site, self._classes, alone=True)
        group.start()
        ends.callback(group.stop)
        self.keeper = ClockKeeper(self.clock, group.books, group.settle, self._remember_day)
        if not isinstance(self.clock, SimulatedClock):
            days = DayTimer(self.clock, group.books)
            days.start()
            ends.callback(days.stop)
        self._open_door(site, ends)

    def _remember_day(self, day: date) -> None:
        path = self.settings.var_dir / TODAY
        fresh = path.with_suffix(".new")
        fresh.write_text(day.isoformat(), encoding="ascii")
        fresh.replace(path)

    def _site(self, ends: ExitStack) -> Site:
        settings = self.settings
        return Site(
            amqp_uri=settings.amqp_uri,
            mongo_uri=settings.mongo_uri or self._start_store(ends),
            var_dir=settings.var_dir,
            keys_dir=settings.keys_dir,
            county=settings.county,
            clock=self.clock,
            issuer=issuer_of(settings.keys_dir),
            figures=county_figures(settings),
        )

    def _start_store(self, ends: ExitStack) -> str:
        real = not isinstance(
            self.clock, SimulatedClock
        )  # decision 0047: a year lived in a minute may be lost
        store = EmbeddedMongo(self.settings.var_dir / STORE, sync=real).start()
        ends.callback(store.stop)
        return store.uri

    def _open_door(self, site: Site, ends: ExitStack) -> None:
        group = self.group
        verifier = load_verifier(site.keys_dir / PUBLIC, "door")
        letters = partial(handle, site.amqp_uri)
        door = Door(group.runtimes, verifier, group.caller, self.keeper.advance, letters)
        routes = {**health_routes(group.runtimes, group.check_broker), **door.routes()}
        app = WebApp(routes, hosts=(LOOPBACK, "localhost"))
        self._web = WebServer(app, LOOPBACK, self.settings.door_port)
        self._web.start()
        ends.callback(self._web.stop)
        place = self.settings.var_dir / DOOR
        write_door(place, self.url, site.mongo_uri)
        ends.callback(place.unlink, missing_ok=True)


def resumed(settings: Settings) -> Clock:
    """Return the clock; a simulated one goes on where it stood: business dates never run backwards."""
    clock = settings.make_clock()
    path = settings.var_dir / TODAY
    if isinstance(clock, SimulatedClock) and path.exists():
        clock.advance_to(max(clock.today(), date.fromisoformat(path.read_text(encoding="ascii").strip())))
    return clock


def write_door(path: Path, url: str, store: str) -> None:
    """Say where door and store are, for the command line on the same machine (mode 600)."""
    write_private(path, json.dumps({"url": url, "store": store, "pid": os.getpid()}).encode())
