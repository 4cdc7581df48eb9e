"""What the calls of one department share: manifest, description, folders, worker, keys."""

from __future__ import annotations

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any, Final

from shouwang.access.roles import DEPARTMENT_OFFICER
from shouwang.department.child import Child
from shouwang.department.manifest import Manifest, load_manifest
from shouwang.errors import BadRequest, ConfigurationError, Forbidden, NotFound
from shouwang.sealing import open_sealed
from shouwang.service import Context
from shouwang.settings import worker_limits
from shouwang.suggestions import did_you_mean

FOLDER: Final = "departments"
PSEUDONYMS: Final = b"shouwang department pseudonyms"


class Desk:
    """One department in one process. `open` once at the start; `close` before the process ends."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest: Manifest = load_manifest(folder)
        self.described: dict[str, Any] = {}
        self.region = ""
        self.imports: dict[str, dict[str, Any]] = {}
        """Imports under way, "table:period" -> progress."""
        self._child: Child | None = None
        self._home: Path | None = None

    @property
    def code(self) -> str:
        """The department's code: its service's name."""
        return self.manifest.code

    def open(self, ctx: Context) -> None:
        """Start the worker and check the contract; ConfigurationError: the plugin does not start."""
        self.close()
        self.region = ctx.actor.region
        self._home = ctx.var_dir / FOLDER / self.code
        self.inbox.mkdir(parents=True, exist_ok=True, mode=0o700)
        data, limits = self._home / "data", worker_limits()
        self._child = Child(self.folder, data, self.region, limits, ctx.county_figures)
        self.described = self.child.ask("describe")

    def close(self) -> None:
        """End the worker."""
        if self._child is not None:
            self._child.stop()
        self._child = None

    @property
    def child(self) -> Child:
        """The worker."""
        if self._child is None:
            raise ConfigurationError(
                f"插件 {self.code} 还没有启动。",
                code="department.not_open",
                remedy="请等它启动完毕再试；一直不启动的，看该服务的启动日志。",
            )
        return self._child

    @property
    def inbox(self) -> Path:
        """Where the department puts its files; only it can read there."""
        if self._home is None:
            raise ConfigurationError(
                f"插件 {self.code} 还没有启动。",
                code="department.not_open",
                remedy="请等它启动完毕再试；一直不启动的，看该服务的启动日志。",
            )
        return self._home / "inbox"

    def table(self, name: str) -> dict[str, Any] | None:
        """Return the description of a table, None when there is none."""
        return next((table for table in self.described["tables"] if table["name"] == name), None)

    def known_table(self, name: str) -> str:
        """Return the name of a table; BadRequest `import.no_table`."""
        if self.table(name) is None:
            raise BadRequest(
                f"{self.manifest.title}没有表“{name}”。",
                code="import.no_table",
                remedy=did_you_mean(name, [known["name"] for known in self.described["tables"]]),
            )
        return name

    def layout(self, table: str) -> str:
        """Return a mark of how a table is declared: it changes when the plugin reads files differently."""
        declared = json.dumps(self.table(table), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(declared.encode()).hexdigest()[:12]

    def measure(self, code: str) -> dict[str, Any] | None:
        """Return the description of a measure, None when there is none."""
        return next((one for one in self.described["measures"] if one["code"] == code), None)


def person_key(ctx: Context) -> bytes:
    """Return the key of pseudonyms: derived from the first blind key of the ring, and never another."""
    return hmac.digest(ctx.keys.key("blind", 1), PSEUDONYMS, "sha256")


def feed_of(ctx: Context, desk: Desk, id: str) -> Any:
    """Return the feed of "table:period", new when nothing was imported there."""
    try:
        return ctx.store.feeds.get(id)
    except NotFound:
        return ctx.store.feeds.new(id, region=desk.region, state={})


def unsealed(ctx: Context, text: str) -> list[dict[str, Any]]:
    """Open a list of persons sealed to this department; BadRequest `sealing.cannot_open`."""
    persons: list[dict[str, Any]] = open_sealed(ctx.keys.sealing.private, text)
    return persons


def require_own(ctx: Context, desk: Desk, *services: str) -> None:
    """Let the department's own officers pass, and the services named; Forbidden `access.wrong_department`."""
    own = ctx.actor.org == desk.code and ctx.actor.has(DEPARTMENT_OFFICER)
    if not own and ctx.actor.org not in services:
        raise Forbidden(
            f"此事项只由{desk.manifest.title}自己办理。",
            code="access.wrong_department",
            remedy=f"请由{desk.manifest.title}的工作人员办理。",
        )
