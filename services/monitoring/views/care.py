"""How callers see contact persons, evaluations, reviews, problems and the early list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from shouwang.masking import mask_name
from shouwang.store import Aggregate

from services.monitoring.domain.care import contacts, evaluation, problems, reviews, watching
from services.monitoring.domain.care.escalation import is_overdue

Json = dict[str, Any]


def contact_view(agg: Aggregate, on: date, warnings: Sequence[str] = ()) -> Json:
    """Return the contact record; the person by account, the name masked, visits without notes."""
    state = agg.state
    kept = (
        "household",
        "status",
        "person",
        "org",
        "level",
        "since",
        "due_on",
        "follow_until",
        "last_visit_on",
    )
    named = (state["card"] or {}).get("name")
    return {
        **{name: state[name] for name in (*kept, "last_visit_on", "visited", "visits", "history")},
        "region": agg.region,
        "status_label": contacts.STATUSES[state["status"]],
        "name": mask_name(named) if named else None,
        "overdue": state["status"] != contacts.ENDED and is_overdue(state["due_on"], on),
        "warnings": list(warnings),
    }


def evaluation_view(agg: Aggregate, on: date) -> Json:
    """Return an evaluation; what was found and why stays inside (see `suggest_evaluation`)."""
    state = agg.state
    kept = ("household", "quarter", "status", "due_on", "suggested", "conclusion", "on", "clue", "effect")
    return {
        **{name: state[name] for name in kept},
        "evaluation": agg.id,
        "region": agg.region,
        "status_label": evaluation.STATUSES[state["status"]],
        "conclusion_label": evaluation.CONCLUSIONS.get(state["conclusion"] or ""),
        "overdue": state["status"] == evaluation.DUE and is_overdue(state["due_on"], on),
        "level": state["escalated"],
        "income": state["figures"],
        "corrected": len(state["earlier"]),
    }


def review_view(agg: Aggregate, on: date) -> Json:
    """Return a review round; its note stays inside."""
    state = agg.state
    kept = ("level", "period", "status", "due_on", "on", "people", "seen")
    late = state["status"] == reviews.DUE and is_overdue(state["due_on"], on)
    told = {"review": agg.id, "region": agg.region, "title": reviews.title(state["level"], state["period"])}
    told |= {"overdue": late, "decisions": state.get("decisions", [])}
    return {**{name: state[name] for name in kept}, **told}


def problem_view(agg: Aggregate, on: date) -> Json:
    """Return a problem of the ledger."""
    state = agg.state
    kept = (
        "household",
        "kind",
        "source",
        "level",
        "org",
        "status",
        "opened_on",
        "due_on",
        "text",
        "evidence",
    )
    return {
        **{name: state[name] for name in (*kept, "evidence", "done_on", "accepted_on")},
        "problem": agg.id,
        "region": agg.region,
        "kind_label": problems.KINDS[state["kind"]],
        "status_label": problems.STATUSES[state["status"]],
        "overdue": state["status"] == problems.OPEN and is_overdue(state["due_on"], on),
        "measures": [{"on": one["on"], "text": one["text"]} for one in state["measures"]],
        "returned": len(state["returns"]),
    }


def watch_view(agg: Aggregate, on: date) -> Json:
    """Return an entry of the early list, without what was noted."""
    state = agg.state
    kept = ("household", "reason", "since", "due_on", "status", "looked", "result", "ended_on")
    late = state["status"] == watching.WATCHING and is_overdue(state["due_on"], on)
    told = {"watch": agg.id, "region": agg.region, "reason_label": watching.REASONS[state["reason"]]}
    return {**{name: state[name] for name in kept}, **told, "overdue": late}
