"""One service in one process: everything that its calls share, made once at start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from shouwang.access import Actor, Verifier
from shouwang.policy import CountyFigures
from shouwang.service.base import Service
from shouwang.service.bus import Caller, ServiceBus
from shouwang.service.context import Context
from shouwang.service.entry import EntryPoint, entry_points


@dataclass
class Runtime:
    """The shared parts of one service.

    actor: the service itself, for events and days. token: gives its current token. caller: bus client of the
    process, for what no incoming call starts (days, start).
    """

    service_cls: type[Service]
    actor: Actor
    clock: Any
    policy: Any
    engine: Any
    db: Any
    store: Any
    reads: Any
    keys: Any
    verifier: Verifier
    token: Callable[[], str]
    log: Any
    var_dir: Path
    relay: Any = None
    county_figures: CountyFigures | None = None
    caller: Caller | None = None
    entries: dict[str, EntryPoint] = field(init=False)

    def __post_init__(self) -> None:
        self.entries = {entry.name: entry for entry in entry_points(self.service_cls)}

    @property
    def name(self) -> str:
        """The service's name."""
        return self.service_cls.name

    def of_kind(self, kind: str) -> list[EntryPoint]:
        """Return the entry points of one kind, by name."""
        return [entry for entry in self.entries.values() if entry.kind == kind]

    def context(
        self, *, actor: Actor, request_id: str, caller: Caller | None = None, today: date | None = None
    ) -> Context:
        """Return the context of one call, event or day."""
        client = caller or self.caller
        bus = ServiceBus(client, self.token, actor, request_id) if client else None
        return Context(
            service=self.name,
            actor=actor,
            request_id=request_id,
            clock=self.clock,
            today=today or self.clock.today(),
            policy=self.policy,
            engine=self.engine,
            store=self.store,
            bus=bus,
            reads=self.reads,
            keys=self.keys,
            log=self.log,
            db=self.db,
            var_dir=self.var_dir,
            relay=self.relay,
            county_figures=self.county_figures,
        )
