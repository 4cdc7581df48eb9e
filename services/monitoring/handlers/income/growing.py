"""Growth of income in a region, from the sums of villages (D-04); the line proposed for a year (M-07)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from shouwang.decision import Decision, Input
from shouwang.service import Context

from services.monitoring.domain.income import growth as rules
from services.monitoring.domain.income import line
from services.monitoring.domain.income.growth import Growth, Summary
from services.monitoring.domain.income.periods_of import span
from services.monitoring.handlers.income.marking import FRESH
from services.monitoring.views.income import growth_view

Json = dict[str, Any]
COUNTY_DIGITS: Final = 6
DIGITS: Final = {6: 9, 9: 12, 12: 12}
"""The parts of a region: towns of a county, villages of a town."""
FIRST_YEAR: Final = 2023
OWNER: Final = "村级汇总"


def income_growth(ctx: Context, request: Json) -> Json:
    """Return growth against a year before, by kind and by part; the target is judged for a county only."""
    region, text = request["region"], request["period"]
    rows = _rows(ctx, region, span(text).end.year)
    found = {row["region"]: row["periods"][text] for row in rows if text in row["periods"]}
    total = rules.added(found.values())
    county = len(region) == COUNTY_DIGITS
    return {
        "region": region,
        "period": text,
        "villages": len(found),
        "waiting": sum(row["status"] != FRESH for row in rows),
        **growth_view(total),
        "parts": _parts(region, found),
        "target": _shown(_target(ctx, region, text, total)) if county else None,
        "average": _shown(_average(ctx, region, text)) if county and text.isdigit() else None,
    }


def _rows(ctx: Context, region: str, year: int) -> list[Json]:
    names = ["periods", "status", "as_of"]
    return list(ctx.store.income_villages.rows(names, {"state.year": year}, region=region))


def _parts(region: str, found: dict[str, Summary]) -> list[Json]:
    digits = DIGITS[len(region)]
    places = sorted({village[:digits] for village in found})
    return [_part(place, (found[one] for one in sorted(found) if one.startswith(place))) for place in places]


def _part(place: str, summaries: Iterable[Summary]) -> Json:
    return {"region": place, **growth_view(rules.added(summaries))}


def _target(ctx: Context, region: str, text: str, total: Summary) -> Decision:
    """Decide with the policy of the period's last day."""
    return rules.meets_the_target(_growth(total, text), ctx.policy.at(span(text).end, region))


def _average(ctx: Context, region: str, text: str) -> Decision:
    """Decide over the years from the first one of the target on."""
    years = [str(year) for year in range(FIRST_YEAR, int(text) + 1)]
    sums = [_growth(_total(ctx, region, year), year) for year in years]
    return rules.on_course(sums, ctx.policy.at(span(text).end, region))


def _total(ctx: Context, region: str, year: str) -> Summary:
    return rules.added(row["periods"].get(year, rules.empty()) for row in _rows(ctx, region, int(year)))


def _growth(total: Summary, text: str) -> Growth:
    def of(value: int | None, label: str, unit: str) -> Input:
        return Input(value, OWNER, None, f"{text} {label}", unit)

    return Growth(
        now=of(rules.per_head(total, "now"), "可比户人均纯收入", "fen"),
        before=of(rules.per_head(total, "before"), "可比户上年同期人均纯收入", "fen"),
        known=of(total["compared"], "可比户", "households"),
        scope=of(total["scope"], "应采集户", "households"),
    )


def _shown(decision: Decision) -> Json:
    return {
        "verdict": decision.verdict.value,
        "sentence": decision.sentence(),
        "decision": decision.to_dict(),
    }


def proposed_line(ctx: Context, request: Json) -> Json:
    """Calculate the line of a year from the policy of its first day and the line of the year before."""
    year, region = request["year"], request["region"]
    last = ctx.policy.at(date(year - 1, 12, 31), region).find("monitoring_line")
    given = Input(last.value, "上年标准", None, "上年监测基准线", "fen_per_person_year", None, _source(last))
    found = line.proposed_line(given, ctx.policy.at(date(year, 1, 1), region))
    return {"year": year, "fen": found.value, **_shown(found)}


def _source(found: Any) -> str:
    return str(found.source if found.known else found.reason)
