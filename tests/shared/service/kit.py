"""A runtime on fakes: everything but the bus is as in a running service."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from shouwang.access import Actor, Issuer, Verifier
from shouwang.clock import SimulatedClock
from shouwang.service import Service
from shouwang.service.dispatch import answer_call
from shouwang.service.runtime import Runtime
from shouwang.testing import FakeDatabase, FakeLog, FakeReads, service_actor

KEY = Ed25519PrivateKey.generate()
ISSUER = Issuer(KEY)
DAY = date(2021, 6, 1)


class FakeCaller:
    """Keeps calls with what they carried; answers with `answer`."""

    def __init__(self, answer: Any = None, carried: dict[str, Any] | None = None, calls: Any = None) -> None:
        self.answer, self.carried = answer, carried or {}
        self.calls: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = calls if calls is not None else []

    def call(self, service: str, method: str, /, **args: Any) -> Any:
        self.calls.append((service, method, args, self.carried))
        return self.answer

    def carrying(self, **context: Any) -> FakeCaller:
        return FakeCaller(self.answer, {**self.carried, **context}, self.calls)


def runtime(cls: type[Service], *, caller: Any = None, clock: Any = None, db: Any = None) -> Runtime:
    """Return a runtime of a service class on fakes."""
    clock = clock or SimulatedClock(DAY)
    db = db or FakeDatabase(clock, name=cls.name)
    return Runtime(
        service_cls=cls,
        actor=service_actor(cls.name),
        clock=clock,
        policy=None,
        engine=None,
        db=db,
        store=cls.store(db) if cls.store else None,
        reads=FakeReads(),
        keys=None,
        verifier=Verifier(KEY.public_key(), cls.name),
        token=lambda: ISSUER.issue(service_actor(cls.name), 60),
        log=FakeLog(),
        var_dir=Path("var"),
        caller=caller,
    )


def call(made: Runtime, method: str, actor: Actor | None, _data: Any = None, /, **args: Any) -> Any:
    """Call a method as the bus would, with a token for `actor`."""
    token = ISSUER.issue(actor, 60) if actor else None
    return answer_call(made, made.entries[method], args, {"token": token, **(_data or {})}, made.caller)
