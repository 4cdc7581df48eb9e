"""What departments report for a period: the newest figure of an indicator and region stands (K-01).

State: {department, title, period, figures: {"<indicator>/<region>": figure}, problems: [...]}. A figure:
{indicator, region, value,
unit, on, note, sequence}. A wrong one is told with its place in the list, the others are taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from services.monitoring.domain.reports.figures import Json
from services.monitoring.domain.reports.indicators import BY_NAME
from services.monitoring.domain.reports.monthly import COMPARED

LONGEST: Final = 20


def units() -> dict[str, str]:
    """Return indicator → unit of everything that may be reported."""
    return {name: one.unit for name, one in BY_NAME.items()} | {
        name: one[1] for name, one in COMPARED.items()
    }


def problem_of(given: Mapping[str, Any], county: str) -> str | None:
    """Return what is wrong with a figure; None when nothing is."""
    known = units()
    if not given["region"].startswith(county):
        return f"区划 {given['region']} 不在本县 {county}"
    if given["indicator"] not in known:
        return f"没有指标 {given['indicator']}"
    if given["unit"] != known[given["indicator"]]:
        return f"单位应为“{known[given['indicator']]}”"
    number = _number(given["value"])
    if number is None:
        return "数值应为十进制数字"
    if given["indicator"] in COMPARED and (number != number.to_integral_value() or number < 0):
        return "户数、人数应为不小于零的整数"
    return None


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and len(text) <= LONGEST else None


def taken_in(
    state: Mapping[str, Any], given: Iterable[Mapping[str, Any]], county: str, sequence: int
) -> Json:
    """Return the state with these figures; one that an event sent earlier brings later changes nothing."""
    figures = dict(state.get("figures", {}))
    problems: list[Json] = []
    for place, one in enumerate(given, 1):
        wrong = problem_of(one, county)
        if wrong:
            problems.append({"place": place, "indicator": one["indicator"], "problem": wrong})
            continue
        key = f"{one['indicator']}/{one['region']}"
        if key not in figures or figures[key]["sequence"] <= sequence:
            figures[key] = {**one, "sequence": sequence}
    return {**state, "figures": figures, "problems": problems}


def newest(states: Iterable[Mapping[str, Any]], region: str) -> dict[str, Json]:
    """Return indicator → {department, value, on, note} for exactly this region; the newest day stands."""
    found: dict[str, Json] = {}
    for state in states:
        for one in state["figures"].values():
            if one["region"] != region:
                continue
            before = found.get(one["indicator"])
            if before is None or one["on"] > before["on"]:
                found[one["indicator"]] = {**one, "department": state["title"]}
    return found
