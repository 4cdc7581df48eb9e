"""A clue is followed until it is closed: whom its delay concerns on a day, and how often (S-03, S-06).

Nobody answered in time: the town. Not closed in time: the county, which also has to find out whose a clue
without a household is. Again after so many days, which is policy.
Source: 湘委乡振组发〔2021〕1号 二(二)1 三 (跟踪盯办).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from services.monitoring.domain.finding.clues import UNMATCHED, is_late, is_overdue

State = dict[str, Any]
TOWN: Final = "town"
COUNTY: Final = "county"
LEVELS: Final = {TOWN: "乡镇", COUNTY: "县"}


def concerned(clue: State, on: date) -> list[str]:
    """Return the levels whom the delay of a clue concerns on a day."""
    overdue, waits = is_overdue(clue, on), clue["status"] == UNMATCHED
    county = is_late(clue, on) or (overdue and waits)
    return [*([TOWN] if overdue and not waits else []), *([COUNTY] if county else [])]


def to_tell(clue: State, on: date, again_days: int | None) -> list[str]:
    """Return the levels to tell today: those never told, or told `again_days` ago or longer.

    None: nobody has set when to tell again; the first time needs no figure (decision 0294).
    """
    told = clue["escalations"]
    again = "" if again_days is None else (on - timedelta(days=again_days)).isoformat()
    return [level for level in concerned(clue, on) if level not in told or told[level] <= again]


def told(clue: State, levels: list[str], on: date) -> State:
    """Return the clue with the day on which these levels were told; `escalated_on` is the town's first."""
    day = on.isoformat()
    first = clue["escalated_on"] or (day if TOWN in levels else None)
    return {
        **clue,
        "escalated_on": first,
        "escalations": {**clue["escalations"], **dict.fromkeys(levels, day)},
    }
