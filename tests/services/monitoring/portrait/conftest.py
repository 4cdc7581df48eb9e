"""The worker of these tests: in this process, unless a test asks for the real one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from services.monitoring.handlers.portrait import office, worker


@pytest.fixture
def real_worker() -> Iterator[None]:
    """Let the worker be the process that it is in service; it ends with the test."""
    yield
    office.close()


@pytest.fixture(autouse=True)
def worker_at_hand(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare most tests the start of a process: the same worker, the same JSON in between."""
    if "real_worker" in request.fixturenames:
        return
    made: dict[str, worker.Worker] = {}

    def ask(ctx: Any, do: str, *, on_part: Any = None, **args: Any) -> Any:
        here = made.setdefault(ctx.db.name, worker.Worker(**office.load(ctx)))
        plain = json.loads(json.dumps(args))
        send = (lambda part: on_part(json.loads(json.dumps(part)))) if on_part else None
        return json.loads(json.dumps(getattr(here, do)(send, **plain)))

    monkeypatch.setattr(office, "ask", ask)
