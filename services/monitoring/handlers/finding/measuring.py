"""How well the channels find: quality, speed, who saw first, who missed (S-03…S-06)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from shouwang.service import Context

from services.monitoring.domain.finding import clues as rules
from services.monitoring.domain.finding import quality, responses, sightings

Json = dict[str, Any]
AWAY: Final = (rules.MATCHED, rules.REASSIGNED)
FIELDS: Final = (
    *("household", "risks", "sources", "outcome", "check"),
    *("first_channel", "found_on", "due_on", "responded_on", "closed_on"),
)
INCLUDED: Final = "included"


def _clues(ctx: Context, request: Json) -> Iterator[Json]:
    """Yield the clues of the period; those that went on under another number are not counted twice."""
    days = (request["since"].isoformat(), request["until"].isoformat())
    for row in ctx.store.clues_found(list(FIELDS), request["region"], *days):
        if row["outcome"] not in AWAY:
            yield {**row, "finding": row["check"] and row["check"]["finding"]}


def department_quality(ctx: Context, request: Json) -> list[Json]:
    """Return by department and rule what its clues proved to be and missed; a department sees its own."""
    clues = list(_clues(ctx, request))
    missed = Counter(name for one in _sightings(clues) for name in one.missed)
    return [
        {**figure, "missed": missed[f"department:{figure['department']}"]}
        for figure in quality.of_departments(clues)
        if ctx.actor.level != "department" or figure["department"] == ctx.actor.org
    ]


def response_speed(ctx: Context, request: Json) -> Json:
    """Return how many clues were answered in time: of the region, by channel, by village, by day."""
    return responses.measured(list(_clues(ctx, request)), ctx.today)


def channels(ctx: Context, request: Json) -> Json:
    """Return who saw the included households first, who missed them, and how many all missed."""
    least = ctx.figures(request["region"]).recapture_overlap_least
    return sightings.figures(_sightings(list(_clues(ctx, request))), least)


def household_channels(ctx: Context, request: Json) -> list[Json]:
    """Return the included households one by one, a page at a time."""
    found = sorted(_sightings(list(_clues(ctx, request))), key=lambda one: one.household)
    page = [one for one in found if one.household > request["after"]][: request["limit"]]
    return [{name: getattr(one, name) for name in ("household", "seen", "first", "missed")} for one in page]


def _sightings(clues: list[Json]) -> list[sightings.Sighting]:
    """Return one sighting of each household that was included, by all its clues of the period."""
    able = sightings.looked_for(source for clue in clues for source in clue["sources"])
    sources: dict[str, list[Json]] = {}
    risks: dict[str, set[str]] = {}
    included = {clue["household"] for clue in clues if clue["outcome"] == INCLUDED}
    for clue in clues:
        if clue["household"] in included:
            sources.setdefault(clue["household"], []).extend(clue["sources"])
            risks.setdefault(clue["household"], set()).update(clue["risks"])
    return [sightings.sighting(home, sources[home], risks[home], able) for home in sorted(included)]
