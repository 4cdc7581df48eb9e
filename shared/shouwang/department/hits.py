"""Hits on their way from the worker: the decision once a part, of each hit only what is its own.

A part: {rule, risk, period, decision, persons, regions, values}. The first grounds of the decision are those
of the columns that the rule shows; `values` holds their values, a list a column, in that order. Of one place
in all lists is one hit.
"""

from __future__ import annotations

from typing import Any

Part = dict[str, Any]


def unpacked(part: Part) -> Part:
    """Return {rule, risk, period, hits: [{person, region, decision}]}, each hit with its own decision."""
    persons, values = part["persons"], part["values"]
    rows = zip(*values, strict=True) if values else ((),) * len(persons)
    decisions = (_filled(part["decision"], row) for row in rows)
    hits = [
        {"person": person, "region": region, "decision": decision}
        for person, region, decision in zip(persons, part["regions"], decisions, strict=True)
    ]
    return {**{name: part[name] for name in ("rule", "risk", "period")}, "hits": hits}


def _filled(decision: Part, values: tuple[Any, ...]) -> Part:
    grounds = decision["grounds"].copy()
    for at, value in enumerate(values):
        grounds[at] = {**grounds[at], "value": value}
    return {**decision, "grounds": grounds}
