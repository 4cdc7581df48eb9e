"""What can be planted: by kind of violation, by name, the change of what is stored that must be counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.county.checker.pen import Pen

Json = dict[str, Any]
Planting = Callable[[Pen], None]
PLANTINGS: dict[str, list[Planting]] = {}
CASES, HOUSEHOLDS, NOTICES = "monitoring/cases", "monitoring/households", "notify/notices"
PLANS, DISTRIBUTIONS, PROJECTS = "assistance/plans", "assets/distributions", "projects/projects"


def plants(kind: str) -> Callable[[Planting], Planting]:
    """Register a planting under the kind that it must bring to light."""

    def register(planting: Planting) -> Planting:
        PLANTINGS.setdefault(kind, []).append(planting)
        return planting

    return register


def entry(case: Json, step: str, action: str = "") -> Json:
    """Return the newest entry of a step (and action) that somebody took."""
    taken = [one for one in case["entries"] if one["step"] == step and one["by"]]
    return next(one for one in reversed(taken) if action in ("", one["action"]))


def in_step(pen: Pen, id: str, step: str, change: Callable[[Json], None], place: str = CASES) -> None:
    """Change one entry of a case."""
    pen.change(place, id, lambda state: change(entry(state["case"], step)))


def notice_of(pen: Pen, subject: str, step: str = "village_notice") -> str:
    """Return the id of the newest notice of a step."""
    found = [(pen.state(NOTICES, id), id) for id in pen.ids(NOTICES)]
    own = [(one["number"], id) for one, id in found if (one["subject"]["id"], one["step"]) == (subject, step)]
    return max(own)[1]


def plan_of(pen: Pen, household: str) -> str:
    """Return the id of a household's plan."""
    return next(id for id in pen.ids(PLANS) if pen.state(PLANS, id)["household"] == household)


def earn(state: Json, wages_fen: int) -> None:
    """Change a figure, and what the decision says it saw, so that both agree."""
    record = state["record"]["figures"]
    record["wages"]["fen"] = wages_fen
    names = ("wages", "business", "property", "transfers")
    net = sum(record[name]["fen"] for name in names) - record["business_costs"]["fen"]
    for decision in state["case"]["entries"][-1]["decisions"]:
        for ground in decision["grounds"]:
            ground["value"] = {"A34": net // 3, "wages": wages_fen}.get(ground["name"], ground["value"])
