"""How callers see a clue."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.store import Aggregate

from services.monitoring.domain.finding import clues as clue_rules

Json = dict[str, Any]


def clue_view(agg: Aggregate, on: date) -> Json:
    """Return a clue; grounds, notes and persons stay inside."""
    state = agg.state
    kept = ("household", "status", "risks", "found_on", "due_on", "close_by", "responded_on", "closed_on")
    shown = ("channel", "on", "risks", "department")
    return {
        "clue": agg.id,
        "region": agg.region,
        **{name: state[name] for name in (*kept, "outcome", "reason", "case")},
        "status_label": clue_rules.STATUSES[state["status"]],
        "overdue": clue_rules.is_overdue(state, on),
        "sources": [{name: one.get(name) for name in shown} for one in state["sources"]],
    }
