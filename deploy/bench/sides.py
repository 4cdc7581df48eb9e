"""The two sides of the messaging benches: small services, ours and stock nameko's, each in a process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from shouwang.access import Actor
from shouwang.access.roles import COUNTY_OFFICER
from shouwang.messaging import BusClient
from shouwang.service.keyfiles import issuer_of, ring_of, service_actor, write_service_token

from deploy.bench.place import Place
from deploy.bench.processes import running
from deploy.bench.work import REGION

OURS: Final = "bench"
STOCK: Final = "stock"
TOKEN_SECONDS: Final = 3600
CALL_SECONDS: Final = 120.0


@dataclass(frozen=True)
class Side:
    """One side: calls its services over the bus, from outside (a stock nameko service answers as ours do)."""

    name: str
    bus: BusClient

    def ask(self, service: str, method: str, count: int, at_once: int) -> Any:
        """Have one of its services do something so often."""
        return self.bus.call(f"{self.name}_{service}", method, count=count, at_once=at_once)


@contextmanager
def sides(place: Place, services: Sequence[str]) -> Iterator[dict[str, Side]]:
    """Run these services of both sides for the length of a block; {"bench": …, "stock": …}."""
    token = prepare_keys(place.folder, [f"{OURS}_{name}" for name in services])
    log = place.folder / "services.log"
    ours = [
        ("deploy.bench.services", [f"{OURS}_{name}", str(place.folder), place.amqp_uri, place.mongo_uri])
        for name in services
    ]
    stock = [("deploy.bench.stock", [f"{STOCK}_{name}", place.amqp_uri]) for name in services]
    with running(log, *ours, *stock), BusClient(place.amqp_uri, token, CALL_SECONDS) as bus:
        yield {name: Side(name, bus) for name in (OURS, STOCK)}


def prepare_keys(folder: Path, services: Sequence[str]) -> str:
    """Make issuer, key rings and tokens of the services; return the token with which the bench calls them."""
    keys = folder / "keys"
    issuer = issuer_of(keys)
    for name in services:
        ring_of(keys, name)
        write_service_token(keys, issuer, service_actor(name, REGION), TOKEN_SECONDS)
    return issuer.issue(Actor("bench", "bench", "county", REGION, (COUNTY_OFFICER,)), TOKEN_SECONDS)
