"""A public notice (公示): its days, its objections, and when it is over.

A notice is a plain JSON dict, so that it can be stored and sent as it is:
{subject: {service, kind, id}, step, place, region, title, content, days, posted_on, opens_on,
 objections: [{id, ground, by, raised_on, due_on, investigation, closed_on, upheld, answer}], ended_on}. How
an objection is raised, investigated and closed stands in objection.py.

Source: 湘委乡振组发〔2021〕1号 二(二)2 第三步 (village notice of seven days, objections investigated);
湘委乡振组办发〔2021〕1号 三 (ten days). The day of posting is not counted (docs/decisions).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.periods import notice_opens_on

Notice = dict[str, Any]

ASKED = ("subject", "step", "place", "region", "title", "content", "days")


def post(request: dict[str, Any], on: date) -> Notice:
    """Return the notice that was asked for (N-01); `request` as schema NoticeRequested."""
    kept = {
        name: request[name] for name in ("subject", "step", "place", "region", "title", "content", "days")
    }
    opens = notice_opens_on(on, request["days"])
    dates = {"posted_on": on.isoformat(), "opens_on": opens.isoformat(), "ended_on": None}
    return {**kept, **dates, "objections": []}


def open_objections(notice: Notice) -> list[str]:
    """Return the ids of the objections that still hold the gate."""
    return [one["id"] for one in notice["objections"] if one["closed_on"] is None]


def is_over(notice: Notice, on: date) -> bool:
    """Whether the full days have passed and no objection is open (N-01)."""
    return on >= date.fromisoformat(notice["opens_on"]) and not open_objections(notice)


def end(notice: Notice, on: date) -> Notice:
    """Mark the notice as over, once."""
    return notice if notice["ended_on"] else {**notice, "ended_on": on.isoformat()}


def outcome(notice: Notice) -> str:
    """Return `upheld` when an objection was upheld, else `stands`."""
    return "upheld" if any(one["upheld"] for one in notice["objections"]) else "stands"
