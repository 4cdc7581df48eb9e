"""An objection to a notice: raised, investigated by people other than who raised it, answered (N-01, I-03).

Nobody closes an objection that nobody has looked into. An investigation: {by: [{person_ref, role}], on,
found, upheld}; found is what the investigators saw. Source: 湘委乡振组发〔2021〕1号 二(二)2 第三步
(虽有异议但调查核实), 二(三)2 第三步 (由村“两委”负责组织调查核实).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from shouwang.errors import BadRequest, Conflict, NotFound, Refused

Notice = dict[str, Any]
Objection = dict[str, Any]


def raise_objection(notice: Notice, objection_id: str, ground: str, by: str, on: date, days: int) -> Notice:
    """Add an objection, to be answered within `days`; a notice that is over takes none (`notice.over`)."""
    if notice["ended_on"] is not None:
        raise Refused(
            f"公示已于 {notice['ended_on']} 结束，不能再登记异议",
            code="notice.over",
            remedy="请改走信访或申请更正决定。",
        )
    if any(one["id"] == objection_id for one in notice["objections"]):
        return notice
    due = (on + timedelta(days=days)).isoformat()
    entry: Objection = {"id": objection_id, "ground": ground, "by": by, "raised_on": on.isoformat()}
    entry |= {"due_on": due, "escalated_on": None}
    entry |= dict.fromkeys(("investigation", "closed_on", "upheld", "answer"))
    return {**notice, "objections": [*notice["objections"], entry]}


def investigated(
    notice: Notice, objection_id: str, investigation: Mapping[str, Any], needed: int, on: date
) -> Notice:
    """Keep what an investigation found: by enough people, none of them who objected, not dated ahead.

    A second investigation takes the place of the first while the objection is open.
    """
    found = _open(notice, objection_id)
    people = {one["person_ref"] for one in investigation["by"]}
    if len(people) < needed:
        raise BadRequest(
            f"调查须有不少于 {needed} 名不同人员",
            code="objection.too_few_people",
            remedy="请补足调查人员后再提交。",
        )
    if found["by"] in people:
        raise Refused(
            "提出异议的人不能参加调查", code="objection.own", where=objection_id, remedy="请换其他人员调查。"
        )
    if not found["raised_on"] <= investigation["on"] <= on.isoformat():
        told = f"调查日期应在 {found['raised_on']} 至 {on} 之间"
        raise BadRequest(told, code="objection.day", remedy="请填实际调查的日期。")
    return _with(notice, {**found, "investigation": dict(investigation)})


def close_objection(notice: Notice, objection_id: str, upheld: bool, answer: str, on: date) -> Notice:
    """Close an objection with the answer to who raised it; it follows what the investigation found."""
    found = _open(notice, objection_id)
    investigation = found["investigation"]
    if investigation is None:
        raise Refused(
            "异议尚未调查，不能办结",
            code="objection.not_investigated",
            where=objection_id,
            remedy="请先登记调查：何人、何时、查明了什么、是否属实。",
        )
    if investigation["upheld"] is not upheld:
        raise Refused(
            "办结结论与调查结论不一致",
            code="objection.other_finding",
            where=objection_id,
            remedy="请按调查结论办结；结论有变的先重新调查。",
        )
    return _with(notice, {**found, "closed_on": on.isoformat(), "upheld": upheld, "answer": answer})


def is_overdue(objection: Mapping[str, Any], on: date) -> bool:
    """Whether it is open and past its day."""
    return objection["closed_on"] is None and on.isoformat() > objection["due_on"]


def escalated(notice: Notice, objection_id: str, on: date) -> Notice:
    """Mark an overdue objection as reported upwards."""
    return _with(notice, {**objection(notice, objection_id), "escalated_on": on.isoformat()})


def objection(notice: Notice, objection_id: str) -> Objection:
    """Return one objection or raise NotFound."""
    for one in notice["objections"]:
        if one["id"] == objection_id:
            return dict(one)
    raise NotFound("没有这条异议", where=objection_id, remedy="请核对异议编号。")


def _open(notice: Notice, objection_id: str) -> Objection:
    found = objection(notice, objection_id)
    if found["closed_on"] is not None:
        raise Conflict(
            "该异议已办结",
            code="notice.objection_closed",
            where=objection_id,
            remedy="无须再办；对结果不服的可另提异议。",
        )
    return found


def _with(notice: Notice, changed: Objection) -> Notice:
    others = [changed if one["id"] == changed["id"] else one for one in notice["objections"]]
    return {**notice, "objections": others}
