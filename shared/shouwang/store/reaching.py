"""Reaching MongoDB: shared clients, and driver errors turned into ours."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from pymongo import MongoClient
from pymongo.collection import Collection
from pymongo.errors import ConnectionFailure, DuplicateKeyError, ExecutionTimeout, WTimeoutError

from shouwang.errors import Unavailable

SELECTION_SECONDS: Final = 5
SOCKET_SECONDS: Final = 60
Document = dict[str, Any]
Client = MongoClient[Document]

# One client per process and server: every Database of a process shares its pool and monitors.
_clients: dict[tuple[int, str], tuple[Client, int]] = {}


def acquire(uri: str) -> Client:
    """Return the process's client for `uri`; give it back with `release`."""
    client, users = _clients.get((os.getpid(), uri)) or (_connect(uri), 0)
    _clients[os.getpid(), uri] = (client, users + 1)
    return client


def release(uri: str) -> None:
    """Let go of the client; the last user closes it."""
    client, users = _clients.pop((os.getpid(), uri))
    if users == 1:
        client.close()
    else:
        _clients[os.getpid(), uri] = (client, users - 1)


@contextmanager
def reaching(where: str) -> Iterator[None]:
    """Turn a lost or slow store into Unavailable; whether the write arrived is then unknown: repeat it."""
    try:
        yield
    except (ConnectionFailure, ExecutionTimeout, WTimeoutError) as error:
        raise Unavailable(
            "数据库没有应答",
            code="store.unavailable",
            where=where,
            remedy="请检查数据库是否运行、MONGO_URI 是否正确；用同一 request_id 重试不会重复办理。",
        ) from error


def insert_once(collection: Collection[Document], doc: Document) -> bool:
    """Insert a document unless its id is there; tells whether it was inserted."""
    try:
        collection.insert_one(doc)
    except DuplicateKeyError:
        return False
    return True


def _connect(uri: str) -> Client:
    return MongoClient(
        uri,
        appname="shouwang",
        serverSelectionTimeoutMS=SELECTION_SECONDS * 1000,
        connectTimeoutMS=SELECTION_SECONDS * 1000,
        socketTimeoutMS=SOCKET_SECONDS * 1000,
    )
