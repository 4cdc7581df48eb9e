"""A household of three aggregates' worth of fields, as monitoring would declare it."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.identity import check_character
from shouwang.store import Aggregate, Database, Entry, Event, Index, Repository

DAY = date(2021, 6, 1)
ACTOR = {"id": "u-1", "org": "town-1", "level": "town", "region": "430426100", "roles": ["town_officer"]}
VILLAGE = "430426100001"
ENCRYPTED = ["phone", "members.*.name", "members.*.id_number"]
BLIND = {"id_number": "members.*.id_number"}
INDEXES = [Index("region", "state.category"), Index("state.number", unique=True)]


def id_number(serial: int) -> str:
    """Return a valid number that belongs to nobody: county code 999999 was never given out."""
    first = f"9999991980{1 + serial % 12:02d}{1 + serial % 28:02d}{serial % 1000:03d}"
    return first + check_character(first)


def household(number: int, members: int = 2) -> dict[str, Any]:
    """Return the state of a household."""
    return {
        "number": number,
        "category": "marginal",
        "phone": "13800000000",
        "risks": ["illness"],
        "income_fen": 650000,
        "members": [
            {"ref": f"P{n}", "name": "张三丰", "id_number": id_number(number * 10 + n), "school": None}
            for n in range(members)
        ],
    }


def households(db: Database, name: str = "households", **changed: Any) -> Repository:
    """Declare the repository of households and make its indexes."""
    declared = {"kind": "household", "encrypted": ENCRYPTED, "blind": BLIND, "indexes": INDEXES, **changed}
    repo = db.repository(name, **declared)
    db.ensure_indexes()
    return repo


def entry(action: str = "changed", request_id: str = "", **detail: Any) -> Entry:
    """Return an entry by the town officer on the first day."""
    return Entry(action, ACTOR, DAY, detail, request_id)


def stored(repo: Repository, number: int = 1, region: str = VILLAGE, **state: Any) -> Aggregate:
    """Return a household that stands in the store."""
    agg = repo.new(f"H{number:04d}", region=region, state={**household(number), **state})
    agg.record(entry("registered", f"r-{number}"))
    return repo.save(agg)


def change(repo: Repository, id: str, request_id: str = "", events: int = 0, **state: Any) -> Aggregate:
    """Load, change, save."""
    agg = repo.get(id)
    agg.state.update(state)
    agg.record(entry("changed", request_id), [Event("household.changed", {"n": n}) for n in range(events)])
    return repo.save(agg)
