"""How callers see a case, its entry in the national system, a follow-up and a reconciliation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from shouwang.store import Aggregate

from services.monitoring.domain.proceedings import follow_up, national

Json = dict[str, Any]
NOTHING: Mapping[str, Any] = {"signed": [], "reason_code": None, "meeting": None, "told": []}
_KEPT = (
    *("household", "clue", "opened_on", "window", "category", "risks", "way", "compared_on"),
    *("previous_case", "anew", "debt_due_on"),
)


def case_view(agg: Aggregate) -> Json:
    """Return a case: where it stands and what was done, with the reasons of send-backs and refusals."""
    state, case = agg.state, agg.state["case"]
    return {
        "case": agg.id,
        "region": agg.region,
        **{name: case[name] for name in ("procedure", "version", "step", "status", "notice")},
        **{name: state[name] for name in _KEPT},
        "warnings": [*state["warnings"], *state["flagged"]],
        "decision": case["id"],
        "corrects": case["supersedes"],
        "review": _review(state["review"]),
        "entries": [_entry(one, state["attached"].get(str(place), NOTHING)) for place, one in _placed(case)],
    }


def _placed(case: Json) -> list[tuple[int, Json]]:
    return list(enumerate(case["entries"]))


def _entry(entry: Json, attached: Mapping[str, Any]) -> Json:
    """Who, in what function, when; of a meeting how it was made up and how it voted, not what was said."""
    kept = {name: entry[name] for name in ("step", "action", "on", "reason")}
    by = entry["by"]["id"] if entry["by"] else None
    shown = {name: attached[name] for name in ("reason_code", "meeting", "told")}
    people = attached["signed"] or [{**one, "on": entry["on"]} for one in entry["people"]]
    papers = [paper["name"] for paper in entry["papers"]]
    return {**kept, **shown, "by": by, "papers": papers, "people": people}


def _review(review: Json | None) -> Json | None:
    if review is None:
        return None
    return {name: review[name] for name in ("on", "people", "grounds", "conclusion", "reference")}


def national_view(agg: Aggregate, on: date) -> Json:
    """Return the entry that a decision calls for in the national system; age in days."""
    entry = agg.state["national"]
    kept = ("kind", "status", "since", "due_on", "number", "entered_on", "confirmed_by", "confirmed_on")
    return {
        **{"case": agg.id, "household": agg.state["household"], "region": agg.region},
        **{name: entry[name] for name in kept},
        "kind_label": national.KINDS[entry["kind"]],
        "age": national.age(entry, on),
        "overdue": national.is_overdue(entry, on),
    }


def follow_up_view(agg: Aggregate, on: date) -> Json:
    """Return a follow-up: what was seen when, and what is due; findings stay inside."""
    state = agg.state
    kept = ("household", "case", "way", "removed_on", "until", "next_on", "status", "clue")
    shown = ("on", "looked_at", "risks", "people")
    return {
        **{"follow_up": agg.id, "region": agg.region},
        **{name: state[name] for name in kept},
        "status_label": follow_up.STATUSES[state["status"]],
        "overdue": follow_up.is_overdue(state, on),
        "visits": [{name: one[name] for name in shown} for one in state["visits"]],
    }


def reconciliation_view(agg: Aggregate) -> Json:
    """Return a reconciliation: what agrees, what does not, which rows could not be read."""
    kept = ("on", "rows", "same", "problems", "matters", "open")
    return {
        "reconciliation": agg.id,
        "region": agg.region,
        **{name: agg.state[name] for name in kept},
    }
