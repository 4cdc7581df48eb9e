"""What the registry says of those who are monitored: for the comparison and the indicators."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from shouwang.service import Context

from services.monitoring.domain.finding import rounds
from services.monitoring.domain.proceedings.risk import uninsured

Json = dict[str, Any]
MONITORED: Final = {"state.status": "monitored"}
CHECKS: Final = ("housing_unsafe", "school_dropout", "water_unsafe")
_PERSONS: Final = {
    "monitored_minimum_living": ("minimum_living", True),
    "monitored_destitute": ("destitute", True),
    "monitored_uninsured": ("medical_insurance", False),
}


def days_between(first: str, last: str) -> int:
    """Return the days from one ISO date to another."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def compared(ctx: Context, region: str) -> dict[str, Json]:
    """Return {id: {known, unknown}} of the monitored households of a region; a missing cell is unknown.

    Members stand encrypted, so those of monitored households (a few thousand in a county) are opened;
    nothing of them leaves this function but counts.
    """
    rows = list(ctx.store.households.rows(["members", *CHECKS], MONITORED, region=region))
    members = [member for row in rows for member in row["members"]]
    found = {
        name: _counted((one[field] for one in members), value) for name, (field, value) in _PERSONS.items()
    }
    found |= {f"monitored_{field}": _counted((row[field] for row in rows), True) for field in CHECKS}
    disabled = [one["disability"] is not None for one in members if one["id_number"]]
    found["monitored_disabled"] = {"known": sum(disabled), "unknown": len(members) - len(disabled)}
    return found


def _counted(values: Iterable[bool | None], wanted: bool) -> Json:
    given = list(values)
    return {"known": sum(one is wanted for one in given), "unknown": sum(one is None for one in given)}


def comparisons(ctx: Context, region: str, between: Json) -> Json:
    """Return cases compared in the period, and by department how often it answered and was silent."""
    where = {"case.procedure": "identification", **between}
    departments: dict[str, Json] = {}
    cases = 0
    for row in ctx.store.cases.rows(["comparison"], where, region=region):
        cases += 1
        for one in row["comparison"] or ():
            counted = departments.setdefault(one["title"], {"answered": 0, "silent": 0})
            counted["answered" if one["answered"] else "silent"] += 1
    return {"cases": cases, "departments": departments}


def secured(ctx: Context, region: str) -> dict[str, Json]:
    """Return for each guarantee how many ex-poor and monitored households have it, lack it, or are not known.

    Housing, school and water are counted in the store. Insurance stands with the members, encrypted: it is
    known only for monitored households; ex-poor households count as not known.
    """
    groups = [MONITORED, {"state.kind": "ex_poor", "state.status": {"$ne": "monitored"}}]
    found = {name: _tallied(ctx, region, name, groups) for name in CHECKS}
    return {**found, "uninsured": _insured(ctx, region, groups)}


def _tallied(ctx: Context, region: str, name: str, groups: list[Json]) -> Json:
    total = {"secured": 0, "unsafe": 0, "unknown": 0}
    for where in groups:
        for value, n in ctx.store.households.tally(f"state.{name}", where, region=region).items():
            total[{False: "secured", True: "unsafe", None: "unknown"}[value]] += n
    return total


def _insured(ctx: Context, region: str, groups: list[Json]) -> Json:
    total = {"secured": 0, "unsafe": 0, "unknown": 0}
    for row in ctx.store.households.rows(["members"], groups[0], region=region):
        lacking = uninsured(member["medical_insurance"] for member in row["members"])
        total[{False: "secured", True: "unsafe", None: "unknown"}[lacking]] += 1
    total["unknown"] += ctx.store.households.count(groups[1], region=region)
    return total


def inspections(ctx: Context, region: str, year: int) -> Json:
    """Return rounds held in a year, households to be visited and visited, and rounds that the policy
    of that year wants (None: nobody has said)."""
    halves = [f"{year}-{half}" for half in rounds.HALVES]
    found = list(
        ctx.store.ledgers.rows(["round", "count", "village"], {"state.round": {"$in": halves}}, region=region)
    )
    sizes = {row["id"]: row["households"] for row in ctx.store.villages.rows(["households"], region=region)}
    return {
        "rounds": len({one["round"] for one in found}),
        "households": sum(sizes.get(one["village"], 0) for one in found),
        "visited": sum(one["count"]["seen"] for one in found),
        "wanted": ctx.policy.at(min(date(year, 12, 31), ctx.today), region)
        .find("inspection_rounds_a_year")
        .value,
    }
