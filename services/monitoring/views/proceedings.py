"""How callers see a case."""

from __future__ import annotations

from typing import Any

from shouwang.store import Aggregate

Json = dict[str, Any]


def case_view(agg: Aggregate) -> Json:
    """Return a case: where it stands and what was done, with the reasons of send-backs and refusals."""
    state, case = agg.state, agg.state["case"]
    kept = ("household", "clue", "opened_on", "window", "category", "risks", "way", "compared_on", "warnings")
    return {
        "case": agg.id,
        "region": agg.region,
        **{name: case[name] for name in ("procedure", "version", "step", "status", "notice")},
        **{name: state[name] for name in kept},
        "entries": [_entry(entry) for entry in case["entries"]],
    }


def _entry(entry: Json) -> Json:
    kept = {name: entry[name] for name in ("step", "action", "on", "people", "reason")}
    by = entry["by"]["id"] if entry["by"] else None
    return {**kept, "by": by, "papers": [paper["name"] for paper in entry["papers"]]}
