"""What is due for me, overdue first: a village's list; a town's or the county's own with sums below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain, islice
from typing import Any, Final

from shouwang.service import Context

from services.monitoring.domain.care import duties as rules
from services.monitoring.domain.care.duties import Duty
from services.monitoring.domain.care.escalation import LEVELS
from services.monitoring.handlers.care import computed, sums
from services.monitoring.handlers.care.sources import MOST, SOURCES, Source, duty_of, late, rows_of
from services.monitoring.handlers.care.sums import TITLES

Json = dict[str, Any]
OWN: Final = {
    "@level": {"town": ("town",), "county": ("county", "department")},
    "@above": {"town": ("village",), "county": ("town", "department", "county")},
}
"""Whose problems and reviews stand with the town or county from the first day."""


def duties(ctx: Context, request: Json) -> Json:
    """Return the duties of a region at its level, with sums by kind and by the divisions below."""
    region, level = request["region"], level_of_region(request["region"])
    gathered, cut = _gather_own(ctx, region) if request["mine"] else _gather(ctx, region, level)
    found = rules.for_whom(gathered, request["role"], ctx.actor.id if request["mine"] else None)
    ordered = rules.in_order(found)
    shown, following = rules.page(ordered, request["after"], request["limit"])
    _record_reads(ctx, shown)
    return {
        "region": region,
        "level": level,
        "on": ctx.today.isoformat(),
        **_sums(ctx, region, level, ordered),
        "duties": [one.shown(ctx.today) for one in shown],
        "next": following,
        "cut": cut,
    }


def level_of_region(region: str) -> str:
    """Return village, town or county by the length of the code."""
    return {6: "county", 9: "town", 12: "village"}[len(region)]


def _gather_own(ctx: Context, region: str) -> tuple[list[Duty], list[str]]:
    """Return what is one person's own, wherever it lies in the region and however early."""
    terms = _terms(ctx, region)
    found, cut = [], []
    for source in (one for one in SOURCES if "person" in one.fields):
        rows = list(islice(rows_of(ctx, source, region, {"state.person": ctx.actor.id}), MOST + 1))
        cut += [source.kind] if len(rows) > MOST else []
        found += [duty_of(source, row, ctx.today, *terms) for row in rows[:MOST]]
    return found, cut


def _terms(ctx: Context, region: str) -> tuple[int, int]:
    """Return by how many days a duty is late that goes up to the town, and to the county."""
    view = ctx.figures(region)
    return view.overdue_to_town_days, view.overdue_to_county_days


def _gather(ctx: Context, region: str, level: str) -> tuple[list[Duty], list[str]]:
    """Return what stands at this level, and the kinds of which there is more than one list takes."""
    terms = _terms(ctx, region)
    risen = sums.risen_kept(ctx, region) if level == "county" else None
    at = At(region, level, terms, risen)
    found: list[Duty] = []
    cut: list[str] = []
    for source in SOURCES:
        rows = list(islice(_rows(ctx, source, at), MOST + 1))
        cut += [source.kind] if len(rows) > MOST or at.more_than_a_list(source.kind) else []
        found += [duty_of(source, row, ctx.today, *terms) for row in rows[:MOST]]
    found += computed.duties_of(ctx, region, level, terms)
    return [one for one in found if _stands_here(one, level)], cut


@dataclass(frozen=True)
class At:
    """Where a list is made: region, level, days after which things rise, what rose to the county today."""

    region: str
    level: str
    terms: tuple[int, int]
    risen: Json | None

    def more_than_a_list(self, kind: str) -> bool:
        """Whether the count says that more of a kind has risen than one list takes."""
        return self.risen is not None and kind in self.risen and self.risen[kind]["risen"] > MOST


def _rows(ctx: Context, source: Source, at: At) -> Iterator[Json]:
    """Rows of a source that can stand at a level: its own, and from below what is late enough."""
    if at.level == "village":
        return rows_of(ctx, source, at.region)
    if source.level in OWN:
        own = [rows_of(ctx, source, at.region, {"state.level": one}) for one in OWN[source.level][at.level]]
        return _once(chain(*own, _risen(ctx, source, at)))
    if LEVELS.index(at.level) <= LEVELS.index(source.level):
        return rows_of(ctx, source, at.region)
    return _risen(ctx, source, at)


def _risen(ctx: Context, source: Source, at: At) -> Iterator[Json]:
    """What is late enough: the county asks by the day, a town walks what is open of its own.

    One range a question: of two (a day, a place) the embedded server walks the wrong one.
    """
    days = at.terms[LEVELS.index(at.level) - 1]
    if at.level == "county":
        return _risen_to_county(ctx, source, at, days)
    last = (ctx.today - timedelta(days=days)).isoformat()
    return (row for row in rows_of(ctx, source, at.region) if row["due"] is not None and row["due"] <= last)


def _risen_to_county(ctx: Context, source: Source, at: At, days: int) -> Iterator[Json]:
    """By the day up to which today's count says that a list takes all; nothing late, nothing asked."""
    where = late(ctx, source, days - 1)
    if at.risen is not None:
        until = at.risen[source.kind]["until"] if source.kind in at.risen else ""
        if not until:
            return
        where[f"state.{source.due}"] = {"$lte": until}
    for row in rows_of(ctx, source, None, where, limit=MOST + 1):
        if row["region"].startswith(at.region):
            yield row


def _once(rows: Iterable[Json]) -> Iterator[Json]:
    """Yield each row once, however many questions brought it."""
    seen: set[str] = set()
    for row in rows:
        if row["id"] not in seen:
            seen.add(row["id"])
            yield row


def _stands_here(duty: Duty, level: str) -> bool:
    """A village sees all of its own; a town and the county what is theirs or has come up to them."""
    return level == "village" or LEVELS.index(duty.level) >= LEVELS.index(level)


def _sums(ctx: Context, region: str, level: str, found: list[Duty]) -> Json:
    """Return the sums by kind and by the divisions below: a village's from its list, others as kept."""
    if level != "village":
        return sums.shown(ctx, region, level)
    count = Counter(one.kind for one in found)
    overdue = Counter(one.kind for one in found if one.shown(ctx.today)["overdue"])
    kinds = [sums.kind_shown(kind, count[kind], overdue[kind]) for kind in TITLES if count[kind]]
    return {"kinds": kinds, "below": [], "sums_on": ctx.today.isoformat()}


def _record_reads(ctx: Context, shown: list[Duty]) -> None:
    """A list of duties names households, not persons: who looked at the region stands on record once."""
    if shown:
        ctx.reads.record(ctx.actor.to_dict(), shown[0].region, "查看工作清单", ctx.today)
