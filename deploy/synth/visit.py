"""What people find who come to a household on a day and look, ask and count (附件2, parts 1–5).

Works on a line of households.jsonl. Fields are named as in the roster; money is whole fen of the twelve whole
months before the month of `anchor` (the day of the visit, unless the window is pinned to an earlier day).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

WINDOW = 12
FEN = 100
ABLE = ("普通劳动力", "技能劳动力")
Line = Mapping[str, Any]


def visit(line: Line, on: date, opening: str, anchor: date | None = None) -> dict[str, Any]:
    """Return what holds on the day. `opening`: the calendar's opening month, "2021-06" (manifest.json).

    Raises ValueError when the twelve months before `anchor` are not within the generated time.
    """
    members = members_on(line, on)
    states = {spell["what"] for spell in _holding(line["states"], on)}
    risks = _holding(line["risks"], on)
    return {
        "household": line["household"],
        "on": on.isoformat(),
        "size": len(members),
        "members": members,
        "housing_unsafe": "housing" in states,
        "school_dropout": "school" in states,
        "water_unsafe": "water" in states,
        "uninsured": any(not member["medical_insurance"] for member in members),
        "risks": sorted({spell["what"] for spell in risks}),
        "disasters": sorted({spell["detail"] for spell in risks if spell["detail"]}),
        "figures_fen": figures(line, anchor or on, opening),
        "able_to_work": any(member["labour"] in ABLE for member in members),
        "income_stable": not any(spell["what"] == "income" for spell in _holding(line["unsettled"], on)),
        "spending_solved": not any(spell["what"] == "spending" for spell in _holding(line["unsettled"], on)),
        "signs_authorisation": line["signs_authorisation"],
    }


def figures(line: Line, anchor: date, opening: str) -> dict[str, int]:
    """Return wages, business, property, transfers, business_costs, claims, own_payments in fen."""
    year, month = (int(part) for part in opening.split("-"))
    end = (anchor.year - year) * 12 + anchor.month - month + WINDOW
    lasts = min(len(values) for values in line["flows"].values())
    if not WINDOW <= end <= lasts:
        raise ValueError(f"{anchor.isoformat()} 之前的十二个整月不在所生成的时段内")
    return {item: FEN * sum(values[end - WINDOW : end]) for item, values in line["flows"].items()}


def members_on(line: Line, on: date) -> list[dict[str, Any]]:
    """Return the members who are there on the day, as they are then."""
    members = [dict(person) for person in line["persons"] if _here(person, on)]
    by_ref = {member["ref"]: member for member in members}
    for change in line["changes"]:
        if change["ref"] in by_ref and date.fromisoformat(change["on"]) <= on:
            by_ref[change["ref"]][change["name"]] = change["value"]
    return members


def _here(person: Line, on: date) -> bool:
    return person["until"] is None or on < date.fromisoformat(person["until"])


def _holding(spells: list[dict[str, Any]], on: date) -> list[dict[str, Any]]:
    day = on.isoformat()
    return [one for one in spells if one["since"] <= day and (one["until"] is None or day < one["until"])]
