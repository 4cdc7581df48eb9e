"""Where a run takes place: a folder, a private broker, a private store; all gone when it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from shouwang.store import EmbeddedMongo

from deploy.private_broker import private_broker


@dataclass(frozen=True)
class Place:
    """The addresses of broker and store, and a folder for everything else."""

    folder: Path
    amqp_uri: str
    mongo_uri: str


@contextmanager
def private_place(parent: Path) -> Iterator[Place]:
    """Start broker and store on free loopback ports in a fresh folder; remove all of it afterwards."""
    parent.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory(prefix="run-", dir=parent) as name,
        private_broker(Path(name) / "broker") as broker,
        EmbeddedMongo(Path(name) / "store") as store,
    ):
        yield Place(Path(name), broker.amqp_uri, store.uri)
