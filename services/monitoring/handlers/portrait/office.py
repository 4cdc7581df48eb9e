"""The service's hold on its worker process: one for each database, started at the first question, kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from shouwang.children.parent import Child, Part
from shouwang.service import Context

import services.monitoring

FOLDER: Final = "monitoring"
SNAPSHOT: Final = "snapshot"
LONGEST: Final = 1_700
"""Seconds without a word of the worker: less than the claim of a day."""
WORKER: Final = "services.monitoring.handlers.portrait.worker"
_HOME: Final = Path(services.monitoring.__file__).parent
_children: dict[tuple[str, str], Child] = {}


def ask(ctx: Context, do: str, *, on_part: Part | None = None, **args: Any) -> Any:
    """Ask the worker; Unavailable `snapshot.worker_…` when it died or does not answer."""
    return _child(ctx).ask(do, on_part=on_part, seconds=LONGEST, **args)


def close() -> None:
    """End every worker of this process."""
    while _children:
        _children.popitem()[1].stop()


def load(ctx: Context) -> dict[str, Any]:
    """Return what the worker is made with: the service's own database and keys, its folder, its figures."""
    folder = ctx.var_dir / FOLDER / SNAPSHOT
    own = {"uri": ctx.db.uri, "database": ctx.db.name, "keys": str(ctx.keys.path)}
    figures = ctx.county_figures.to_dict() if ctx.county_figures else None
    return {**own, "folder": str(folder), "policy": str(_HOME / "policy"), "figures": figures}


def _child(ctx: Context) -> Child:
    place = (ctx.db.uri, ctx.db.name)
    if place not in _children:
        _children[place] = Child(WORKER, load(ctx), "snapshot")
    return _children[place]
