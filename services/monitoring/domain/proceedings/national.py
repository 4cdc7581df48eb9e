"""What is typed into the national system after the county's decision, and whether it was (I-05, R-03).

Source: 湘委乡振组发〔2021〕1号 二(二)2 第五步 (反馈相关乡镇组织录入), 二(三)2 第五步 (标识“风险消除”).
Ages count in calendar days.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

Json = dict[str, Any]
INCLUSION, REMOVAL, REVOCATION = "inclusion", "removal", "revocation"
KINDS: Final = {INCLUSION: "录入监测对象", REMOVAL: "标识风险消除", REVOCATION: "更正原录入"}
OWED, CONFIRMED = "owed", "confirmed"


def owed(kind: str, on: date, days: int | None) -> Json:
    """Return the entry that the town owes since a decision; without a day while nobody has set the days."""
    due = None if days is None else _due(on, days)
    nothing = dict.fromkeys(("number", "entered_on", "confirmed_by", "confirmed_on", "escalated_on"))
    return {"kind": kind, "status": OWED, "since": on.isoformat(), "due_on": due, **nothing}


def dated(entry: Mapping[str, Any], days: int) -> Json:
    """Return an entry that was owed without a day, due so many days after the decision."""
    return {**entry, "due_on": _due(date.fromisoformat(entry["since"]), days)}


def _due(since: date, days: int) -> str:
    return (since + timedelta(days=days)).isoformat()


def confirmed(entry: Mapping[str, Any], number: str, entered_on: date, by: str, on: date) -> Json:
    """Return the entry as confirmed: under which number, entered when, by whom, on record since."""
    days = {"entered_on": entered_on.isoformat(), "confirmed_on": on.isoformat()}
    return {**entry, "status": CONFIRMED, "number": number, "confirmed_by": by, **days}


def age(entry: Mapping[str, Any], on: date) -> int:
    """Return for how many days the entry has been owed."""
    return (on - date.fromisoformat(entry["since"])).days


def is_overdue(entry: Mapping[str, Any], on: date) -> bool:
    """Whether it is owed and past its day."""
    return bool(entry["status"] == OWED and entry["due_on"] and on.isoformat() > entry["due_on"])
