"""An entry of history on an aggregate that is stored with many others in bulk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shouwang.service import Context
from shouwang.store import Aggregate, Entry


def record(ctx: Context, agg: Aggregate, action: str, detail: Mapping[str, Any] | None = None) -> None:
    """Note what was done, by whom, when; goes to the store with the next insert."""
    agg.record(Entry(action, ctx.actor.to_dict(), ctx.today, dict(detail or {}), ctx.request_id))
