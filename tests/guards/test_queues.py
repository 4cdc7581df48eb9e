"""Every queue of a handler: somebody who takes from it, and a place for what dies in it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import nameko
import pytest
from nameko.containers import ServiceContainer
from shouwang.department.service import DepartmentService
from shouwang.messaging import EventHandler, Rpc, topology
from shouwang.service.container import container_class
from shouwang.service.entry import EntryPoint, entry_points

from deploy.tools.entries import core

SERVICES = {**core(), "some_department": DepartmentService}
HANDLERS = [
    (name, entry) for name, one in SERVICES.items() for entry in entry_points(one) if entry.kind == "on"
]
KEPT = {topology.UNCLAIMED + topology.DEAD_SUFFIX}


def extensions(name: str) -> list[Any]:
    """Return the nameko entry points with which a service would start, set up but not started."""
    service = type("Some", (SERVICES[name],), {"name": name})
    entries = entry_points(service)
    runtime = SimpleNamespace(
        name=name,
        service_cls=service,
        of_kind=lambda kind: [entry for entry in entries if entry.kind == kind],
    )
    with nameko.config.patch({"AMQP_URI": "amqp://nobody@localhost"}):
        container = ServiceContainer(container_class(runtime))  # type: ignore[arg-type]
        found = list(container.entrypoints)
        for one in found:
            if isinstance(one, EventHandler):
                one.setup()
        return found


@pytest.fixture(scope="module")
def started() -> dict[str, list[Any]]:
    return {name: extensions(name) for name in SERVICES}


def test_every_call_is_answered(started: dict[str, list[Any]]) -> None:
    for name, service in SERVICES.items():
        answered = {one.method_name for one in started[name] if isinstance(one, Rpc)}
        assert answered == {entry.name for entry in entry_points(service) if entry.kind == "call"}


@pytest.mark.parametrize(("service", "entry"), HANDLERS, ids=lambda one: getattr(one, "name", one))
def test_a_handlers_queue_is_consumed_bound_and_has_a_dead_letter(
    started: dict[str, list[Any]], service: str, entry: EntryPoint
) -> None:
    (handler,) = [one for one in started[service] if one.method_name == entry.name]
    queues = {queue.name: queue for queue in handler.queues()}
    own, dead = queues[handler.queue.name], queues[topology.dead_queue_name(handler.name)]
    assert {each.exchange.name: each.routing_key for each in own.bindings} == {
        topology.EVENTS: f"{entry.source}.{entry.type}",
        topology.RETRY: own.name,
    }
    assert own.queue_arguments["x-queue-type"] == "quorum"
    assert own.queue_arguments["x-dead-letter-exchange"] == dead.exchange.name == topology.DEAD
    assert own.queue_arguments["x-dead-letter-routing-key"] == dead.routing_key == own.name
    assert own.queue_arguments["x-dead-letter-strategy"] == "at-least-once"
    delays = {topology.delay_name(delay) for delay in handler.delays_ms}
    assert queues.keys() == {own.name, dead.name, *delays, *KEPT}


def test_no_two_handlers_share_a_queue(started: dict[str, list[Any]]) -> None:
    handlers = [one for found in started.values() for one in found if isinstance(one, EventHandler)]
    assert len({one.queue.name for one in handlers}) == len(handlers) == len(HANDLERS)


def test_a_queue_is_named_so_that_only_its_service_may_read_it(started: dict[str, list[Any]]) -> None:
    for name, found in started.items():
        handlers = [one for one in found if isinstance(one, EventHandler)]
        assert all(one.queue.name == f"{name}.{one.method_name}" for one in handlers)


def test_what_waits_returns_to_where_it_came_from() -> None:
    for delay in topology.DELAYS_MS:
        arguments = topology.delay_queue(delay).queue_arguments
        assert arguments["x-dead-letter-exchange"] == topology.RETRY
        assert "x-dead-letter-routing-key" not in arguments
