"""The mapping of a table that is in force: every import uses it until another takes over."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from shouwang.department.desk import Desk, require_own
from shouwang.errors import NotFound
from shouwang.service import Context

Json = dict[str, Any]


@dataclass(frozen=True)
class Current:
    """The mapping file of a table, or none."""

    state: Json | None

    @property
    def mark(self) -> Json | None:
        """What a report says of it: {file, digest, on}."""
        return {name: self.state[name] for name in ("file", "digest", "on")} if self.state else None

    @property
    def handed(self) -> list[str] | None:
        """What the worker is handed: name and text."""
        return [self.state["file"], self.state["text"]] if self.state else None


def current(ctx: Context, table: str) -> Current:
    """Return the mapping in force of a table."""
    try:
        state = ctx.store.mappings.get(table).state
    except NotFound:
        return Current(None)
    return Current(dict(state) if state.get("text") else None)


def set_mapping(ctx: Context, desk: Desk, request: Json) -> Json:
    """Check a mapping file and put it in force (text None: none is in force any more).

    BadRequest `import.mapping` with file:line, `import.no_table`.
    """
    require_own(ctx, desk)
    table, text, file = desk.known_table(request["table"]), request["text"], request["file"]
    counts = dict.fromkeys(("headings", "values", "units"), 0)
    if text:
        counts = desk.child.ask("check_mapping", table=table, name=file, text=text)
    put_in_force(ctx, desk, table, Current(_state(ctx, file, text)))
    return {"table": table, **counts, "mapping": current(ctx, table).mark}


def offered(ctx: Context, desk: Desk, table: str, file: str, text: str) -> Current:
    """Return a mapping that is to be used, checked; in force only once `put_in_force` says so."""
    before = current(ctx, table)
    if before.state and before.state["text"] == text:
        return before
    desk.child.ask("check_mapping", table=table, name=file, text=text)
    return Current(_state(ctx, file, text))


def put_in_force(ctx: Context, desk: Desk, table: str, mapping: Current) -> None:
    """Put a checked mapping in force, on record; the one that is already is left as it is."""
    told: Json = mapping.state or _state(ctx, "", None)
    if (current(ctx, table).state or {}).get("text") == told["text"]:
        return
    agg = _aggregate(ctx, desk, table)
    agg.state = dict(told)
    done = "mapping_set" if told["text"] else "mapping_dropped"
    ctx.save(ctx.store.mappings, agg, done, {name: told[name] for name in ("file", "digest")})


def _state(ctx: Context, file: str, text: str | None) -> Json:
    digest = hashlib.sha256((text or "").encode()).hexdigest()
    return {"file": file, "text": text, "digest": digest, "on": ctx.today.isoformat()}


def mapping_of(ctx: Context, desk: Desk, request: Json) -> Json:
    """Return the mapping in force: {table, mapping, text}."""
    require_own(ctx, desk)
    found = current(ctx, request["table"])
    return {
        "table": request["table"],
        "mapping": found.mark,
        "text": found.state["text"] if found.state else None,
    }


def _aggregate(ctx: Context, desk: Desk, table: str) -> Any:
    try:
        return ctx.store.mappings.get(table)
    except NotFound:
        return ctx.store.mappings.new(table, region=desk.region, state={})
