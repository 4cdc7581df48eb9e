"""The base class of every service."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any, ClassVar

from shouwang.service.context import Context


class Service:
    """A service: entry points only, each of a few lines.

    name: on the bus, in metrics and of the database. title: Chinese. store: class Store(db) of the service.
    guards, papers: registries that the procedures in `procedures/` name. home: folder with `policy/` and
    `procedures/` (default: the folder of the module that defines the class). worker: module of its worker
    process (`shouwang.children`), "" without one.
    One instance is made for each call, with `ctx` of that call.
    """

    name: ClassVar[str]
    title: ClassVar[str] = ""
    store: ClassVar[Any] = None
    guards: ClassVar[Any] = None
    papers: ClassVar[Any] = None
    home: ClassVar[Path | None] = None
    worker: ClassVar[str] = ""

    ctx: Context

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx

    def started(self) -> None:
        """Run once when every service of the process listens; `ctx` acts as the service itself."""

    def stopping(self) -> None:
        """Run once before the service stops: close what was opened (a worker process, a file)."""

    @classmethod
    def folder(cls) -> Path:
        """Return the folder that holds the service's policy and procedures."""
        return cls.home or Path(inspect.getfile(cls)).parent
