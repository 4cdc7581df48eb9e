"""How callers see a clue, a hand-over, a post."""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.store import Aggregate

from services.monitoring.domain.finding import clues as clue_rules
from services.monitoring.domain.finding import handover as handover_rules
from services.monitoring.domain.finding.posts import ROLES

Json = dict[str, Any]
_CLUE = ("household", "status", "risks", "found_on", "due_on", "close_by", "responded_on", "closed_on")
_SOURCE = ("channel", "on", "risks", "department", "reference")


def clue_view(agg: Aggregate, on: date) -> Json:
    """Return a clue; grounds, notes and persons stay inside."""
    state = agg.state
    check = state["check"]
    return {
        "clue": agg.id,
        "region": agg.region,
        **{name: state[name] for name in (*_CLUE, "outcome", "reason", "case")},
        "status_label": clue_rules.STATUSES[state["status"]],
        "due_label": state["due_on"] or clue_rules.PENDING,
        "close_label": state["close_by"] or clue_rules.PENDING,
        "overdue": clue_rules.is_overdue(state, on),
        "sources": [{name: one.get(name) for name in _SOURCE} for one in state["sources"]],
        "check": check and {name: check[name] for name in ("on", "finding", "people")},
        "owed_answers": clue_rules.owed_answers(state),
    }


def handover_view(agg: Aggregate, on: date) -> Json:
    """Return a list of a department for one town, with its clues."""
    state = agg.state
    return {
        **state,
        "handover": agg.id,
        "region": agg.region,
        "status_label": handover_rules.STATUSES[state["status"]],
        "due_label": state["due_on"] or clue_rules.PENDING,
        "overdue": handover_rules.is_overdue(state, on),
        "total": len(state["items"]),
        "unmatched": handover_rules.unmatched(state),
    }


def post_view(agg: Aggregate) -> Json:
    """Return who holds which post."""
    state = agg.state
    kept = {name: state[name] for name in ("role", "place", "person", "replaces", "replaced_by")}
    return {
        "post": agg.id,
        "role_label": ROLES[state["role"]],
        "since": state["from"],
        "until": state["to"],
        **kept,
    }
