"""The portrait of a household, why, why not, and what if. What callers see: names masked, no numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from shouwang.store import Aggregate

from services.monitoring.domain.portrait.row import CHECKS, facts_of
from services.monitoring.domain.proceedings.risk import GUARANTEES, risk_label
from services.monitoring.views.registry import household_view

Json = dict[str, Any]
NOT_ADOPTED: Final = "推算，未采用；采用须另行发文并载入政策文件。登记簿和案件均未改动。"
_HOUSEHOLD: Final = (
    "village",
    "group",
    "kind",
    "size",
    "status",
    "category",
    "monitoring",
    "unknown",
    "members",
)
_CASE: Final = ("clue", "opened_on", "category", "risks", "way")
_CLUE: Final = ("status", "risks", "found_on", "closed_on", "outcome", "case")
_PLAN: Final = ("plan", "kind", "risks", "status", "made_on", "uncovered", "unknown", "silent")
_TASK: Final = ("id", "department", "measure", "title", "amount_fen", "status", "assigned_on", "due_on")


def household(agg: Aggregate, day: date) -> Json:
    """Return who lives there, and the groups that call for attention by number of members."""
    view = household_view(agg)
    kept = {name: view[name] for name in _HOUSEHOLD}
    return {"household": agg.id, "as_of": day.isoformat(), **kept, "groups": groups(agg.state["members"])}


def groups(members: Iterable[Mapping[str, Any]]) -> Json:
    """Return how many members are 特困, on 低保, disabled; `unknown`: of how many that is not known."""
    given = list(members)
    asked = ("destitute", "minimum_living")
    found = {name: sum(one[name] is True for one in given) for name in asked}
    unknown = sum(any(one[name] is None for name in asked) for one in given)
    return {**found, "disabled": sum(one["disability"] is not None for one in given), "unknown": unknown}


def risks(row: Mapping[str, Any]) -> list[Json]:
    """Return each risk and problem that stands, and each check nobody has made, with who said so and when."""
    danger = facts_of(dict(row), None)["danger"]
    found = [{"risk": one["risk"], "label": risk_label(one["risk"]), **_said(one)} for one in danger["risks"]]
    checks = {name: danger["checks"][name] for name in CHECKS}
    told = {name: one for name, one in checks.items() if one["value"] is not False}
    return [*found, *({"risk": name, "label": GUARANTEES[name], **_said(one)} for name, one in told.items())]


def _said(answer: Mapping[str, Any]) -> Json:
    return {"known": answer["value"] is not None, "by": answer["by"], "on": answer["on"]}


def clue(agg: Aggregate, day: date) -> Json:
    """Return a clue: channels, risks, what came of it up to the day; notes and persons stay inside."""
    state = agg.state
    closed = state["closed_on"] is not None and state["closed_on"] <= day.isoformat()
    kept = {name: state[name] for name in _CLUE}
    if not closed and state["closed_on"] is not None:
        kept |= {"status": "open", "closed_on": None, "outcome": None}
    return {"clue": agg.id, **kept, "channels": sorted({one["channel"] for one in state["sources"]})}


def case(agg: Aggregate, day: date) -> Json:
    """Return a case: where it stood on the day, and what was done up to then."""
    state, inner = agg.state, agg.state["case"]
    entries = [one for one in inner["entries"] if one["on"] <= day.isoformat()]
    whole = len(entries) == len(inner["entries"])
    steps = [{name: one[name] for name in ("step", "action", "on")} for one in entries]
    return {
        "case": agg.id,
        "procedure": inner["procedure"],
        "status": inner["status"] if whole else "open",
        "ended_on": entries[-1]["on"] if entries and whole and inner["status"] != "open" else None,
        **{name: state[name] for name in _CASE},
        "category": state["category"] if whole else None,
        "steps": steps,
    }


def plan(given: Mapping[str, Any]) -> Json:
    """Return a plan with its tasks as assistance tells it, without what is sealed."""
    tasks = [
        {name: one.get(name) for name in (*_TASK, "delivered", "confirmed_on")} for one in given["tasks"]
    ]
    return {**{name: given[name] for name in _PLAN}, "tasks": tasks}


def change(one: Mapping[str, Any]) -> Json:
    """Return a change of standing without the row that it stands on."""
    return {name: one[name] for name in ("on", "before", "after")}


def changes(entries: Iterable[Mapping[str, Any]], day: date) -> list[Json]:
    """Return what was done to the household's record up to a day: action, day, by whom (an id)."""
    until = day.isoformat()
    return [
        {"action": one["action"], "on": one["on"], "by": one["actor"]["id"]}
        for one in entries
        if one["on"] <= until
    ]


def totals(villages: Iterable[Mapping[str, Any]]) -> Json:
    """Return the sums of {classes, categories, duty} over villages."""
    sums: dict[str, Counter[str]] = {name: Counter() for name in ("classes", "categories", "duty")}
    for one in villages:
        for name, counter in sums.items():
            counter.update(one[name])
    return {name: dict(counter) for name, counter in sums.items()}


def inquiry_view(agg: Aggregate, told: Mapping[str, Any]) -> Json:
    """Return what came of an inquiry, with what holds now and the word that nothing is adopted."""
    state = agg.state
    return {
        "inquiry": agg.id,
        "region": agg.region,
        "on": state["question"]["on"],
        "snapshot": state["snapshot"],
        "adopted": False,
        "note": NOT_ADOPTED,
        "parameters": state["parameters"],
        "rules": state["question"]["rules"],
        **told,
    }
