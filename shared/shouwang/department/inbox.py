"""The inbox holds ID numbers in clear: what lies there goes after its days."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from shouwang.department.desk import Desk
from shouwang.service import Context

KEEP_DAYS: Final = 30
"""Days after which an imported file is removed from the inbox, and the rows that were refused are deleted."""
DAY_SECONDS: Final = 86_400.0
PAGE: Final = 500


def remove_old_files(ctx: Context, desk: Desk, on: date) -> int:
    """Remove files from the inbox after `KEEP_DAYS`; returns how many.

    A file that was imported goes by the day of its import; one that never was, by its own age.
    """
    kept: set[Path] = set()
    removed = 0
    for feed in feeds(ctx):
        old = feed.state.get("imported_on", "") < (on - timedelta(days=KEEP_DAYS)).isoformat()
        for path in (desk.inbox / name for name in _files(feed)):
            removed += _removed(path) if old else 0
            kept.add(path)
    left = [path for path in desk.inbox.iterdir() if path.is_file() and path not in kept]
    return removed + sum(_removed(path) for path in left if _age(path) > KEEP_DAYS * DAY_SECONDS)


def _files(feed: Any) -> list[str]:
    before = feed.state.get("file")  # as it was written until several files were remembered
    return [*feed.state.get("files", []), *([before] if before else [])]


def feeds(ctx: Context) -> Iterator[Any]:
    """Yield what is on record of every period that was ever imported."""
    after = None
    while page := ctx.store.feeds.find({}, after=after, limit=PAGE):
        yield from page
        after = page[-1].id


def _removed(path: Path) -> int:
    there = path.is_file()
    path.unlink(missing_ok=True)
    return int(there)


def _age(path: Path) -> float:
    return time.time() - path.stat().st_mtime
