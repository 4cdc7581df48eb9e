"""A public notice (公示): its days, its objections, and when it is over.

A notice is a plain JSON dict, so that it can be stored and sent as it is:
{subject: {service, kind, id}, step, place, region, title, content, days, posted_on, opens_on,
 objections: [{id, ground, by, raised_on, closed_on, upheld, answer}], ended_on}.

Source: 湘委乡振组发〔2021〕1号 二(二)2 第三步 (village notice of seven days, objections investigated);
湘委乡振组办发〔2021〕1号 三 (ten days). The day of posting is not counted (docs/decisions).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from shouwang.errors import Conflict, NotFound, Refused
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


def raise_objection(notice: Notice, objection_id: str, ground: str, by: str, on: date) -> Notice:
    """Add an objection; a notice that is over takes none (Refused `notice.over`)."""
    if notice["ended_on"] is not None:
        raise Refused(
            f"公示已于 {notice['ended_on']} 结束，不能再登记异议",
            code="notice.over",
            remedy="请改走信访或申请更正决定。",
        )
    if any(one["id"] == objection_id for one in notice["objections"]):
        return notice
    entry: dict[str, Any] = {"id": objection_id, "ground": ground, "by": by, "raised_on": on.isoformat()}
    entry |= {"closed_on": None, "upheld": None, "answer": None}
    return {**notice, "objections": [*notice["objections"], entry]}


def close_objection(notice: Notice, objection_id: str, upheld: bool, answer: str, on: date) -> Notice:
    """Close an objection with what the investigation found; it cannot be closed twice."""
    found = objection(notice, objection_id)
    if found["closed_on"] is not None:
        raise Conflict("该异议已办结", code="notice.objection_closed", where=objection_id)
    closed = {**found, "closed_on": on.isoformat(), "upheld": upheld, "answer": answer}
    others = [closed if one["id"] == objection_id else one for one in notice["objections"]]
    return {**notice, "objections": others}


def objection(notice: Notice, objection_id: str) -> dict[str, Any]:
    """Return one objection or raise NotFound."""
    for one in notice["objections"]:
        if one["id"] == objection_id:
            return dict(one)
    raise NotFound("没有这条异议", where=objection_id, remedy="请核对异议编号。")


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
