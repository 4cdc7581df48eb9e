"""`context()`: everything a handler needs, in memory, in one line of a test."""

from __future__ import annotations

import tempfile
import uuid
from datetime import date
from pathlib import Path
from typing import Any, Final

from shouwang.access import Actor, roles
from shouwang.clock import SimulatedClock
from shouwang.service import Context, Service
from shouwang.testing.builders import actor as build_actor
from shouwang.testing.bus import FakeBus
from shouwang.testing.database import FakeDatabase, FakeReads

FIRST_DAY: Final = date(2021, 6, 1)


class FakeClock(SimulatedClock):
    """A clock that stands still until it is moved."""


class FakeLog:
    """A logger that keeps its lines in `lines`: (level, event, fields)."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str, dict[str, Any]]] = []

    def bind(self, **fields: Any) -> FakeLog:
        """Return itself: bound fields do not matter to a test."""
        del fields
        return self

    def __getattr__(self, level: str) -> Any:
        return lambda event, **fields: self.lines.append((level, event, fields))


def context(
    service_cls: type[Service],
    *,
    store: Any = None,
    actor: Actor | None = None,
    today: date = FIRST_DAY,
    request_id: str | None = None,
    bus: Any = None,
    policy: Any = None,
    engine: Any = None,
    keys: Any = None,
    var_dir: Path | None = None,
) -> Context:
    """Return a Context with fakes.

    store: the service's own Store on a FakeDatabase unless given; actor: a county officer unless given;
    policy, engine: loaded from the service's folder unless given; request_id: a new one unless given;
    var_dir: a folder that is not there yet unless given.
    """
    clock = FakeClock(today)
    db = FakeDatabase(clock, keys, service_cls.name)
    if store is None and service_cls.store is not None:
        store = service_cls.store(db)
    policy = policy if policy is not None else _policy(service_cls)
    return Context(
        service=service_cls.name,
        actor=actor or build_actor(roles.COUNTY_OFFICER),
        request_id=request_id or uuid.uuid4().hex,
        clock=clock,
        today=today,
        policy=policy,
        engine=engine if engine is not None else _engine(service_cls, policy),
        store=store,
        bus=bus if bus is not None else FakeBus(),
        reads=FakeReads(),
        keys=keys,
        log=FakeLog(),
        db=db,
        var_dir=var_dir or Path(tempfile.gettempdir()) / f"shouwang-{uuid.uuid4().hex}",
    )


def _policy(service_cls: type[Service]) -> Any:
    from shouwang.service.loading import load_policy  # noqa: PLC0415

    return load_policy(service_cls)


def _engine(service_cls: type[Service], policy: Any) -> Any:
    from shouwang.service.loading import load_engine  # noqa: PLC0415

    return load_engine(service_cls, policy)
