"""Hits on their way from the worker: the decision once a part, of each hit only what is its own.

A part: {rule, risk, period, decision, shown, hits: [[person, region, value …]]}. The first `shown` grounds of
the decision are those of the columns that the rule shows; a hit brings their values, in that order.
"""

from __future__ import annotations

from typing import Any

Part = dict[str, Any]


def unpacked(part: Part) -> Part:
    """Return {rule, risk, period, hits: [{person, region, decision}]}, each hit with its own decision."""
    decision, shown = part["decision"], part["shown"]
    own, rest = decision["grounds"][:shown], decision["grounds"][shown:]
    hits = [
        {
            "person": person,
            "region": region,
            "decision": {**decision, "grounds": [*_filled(own, values), *rest]},
        }
        for person, region, *values in part["hits"]
    ]
    return {**{name: part[name] for name in ("rule", "risk", "period")}, "hits": hits}


def _filled(grounds: list[dict[str, Any]], values: list[Any]) -> list[dict[str, Any]]:
    return [{**ground, "value": value} for ground, value in zip(grounds, values, strict=True)]
