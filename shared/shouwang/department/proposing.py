"""Measures: what the department can do for a household, and the record that it was done."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from shouwang.department import parts
from shouwang.department.desk import Desk, person_key, require_own, unsealed
from shouwang.department.known import ASSISTANCE
from shouwang.department.pseudonyms import pseudonym
from shouwang.errors import BadRequest, Refused
from shouwang.identity import parse_id
from shouwang.service import Context
from shouwang.suggestions import did_you_mean

LEFT_HERE: Final = ("id_number", "name", "phone")
TOLD: Final = ("task", "part", "household", "measure", "amount_fen", "evidence")
QUESTION: Final = ("risks", "category", "able_to_work", "measures")


def propose_measures(ctx: Context, desk: Desk, request: dict[str, Any]) -> list[dict[str, Any]]:
    """Return every measure asked about, or that the risks call for: eligible yes, no or unknown, fen, why.

    Persons go to the worker as pseudonyms; of the ID number only birth date and sex are derived. What the
    asker knows of the household as a whole stands under `household` of any person.
    """
    require_own(ctx, desk, ASSISTANCE)
    persons = [_asked(ctx, person) for person in unsealed(ctx, request["persons"])]
    pseudonyms = [person["pseudonym"] for person in persons if "pseudonym" in person]
    purpose = f"测算措施 案件 {request['case']}"
    ctx.reads.record_many(ctx.actor.to_dict(), pseudonyms, purpose, ctx.today)
    question = {name: request[name] for name in QUESTION} | {"persons": persons}
    question["attributes"] = next((person["household"] for person in persons if "household" in person), {})
    day = request["on"].isoformat()
    answers = desk.child.ask("propose", question=question, on=day, region=request["region"])
    return list(answers)


def deliver_measure(ctx: Context, desk: Desk, request: dict[str, Any]) -> dict[str, Any]:
    """Record that a task, or a part of it, was carried out and tell assistance; all papers must be there.

    What is paid in several sums is told sum by sum, `part` 1, 2, 3 …; each is recorded once (Conflict).
    """
    require_own(ctx, desk)
    delivery = parts.part_of(ctx, desk, request)
    if delivery.carried_out(ctx.request_id):
        return _told(delivery.remembered(ctx.request_id))
    parts.check_part(ctx, delivery, request)
    _check_papers(desk, request)
    done = {name: request[name] for name in TOLD}
    done["on"] = ctx.today.isoformat()
    delivery.state.update(done, persons=_persons(ctx, request))
    event = ctx.event("measure.delivered", done)
    ctx.save(ctx.store.deliveries, delivery, "measure_delivered", done, events=[event], result=done)
    return _told(done)


def _told(done: dict[str, Any]) -> dict[str, Any]:
    return {**done, "on": date.fromisoformat(done["on"])}


def _asked(ctx: Context, person: dict[str, Any]) -> dict[str, Any]:
    """Return a person as the worker knows them; without an ID number there is no `pseudonym` (0256)."""
    sent = {name: value for name, value in person.items() if name not in LEFT_HERE}
    if not person["id_number"]:
        return sent
    number = parse_id(person["id_number"])
    derived = {"birth": number.birth.isoformat(), "sex": number.sex}
    return {**derived, **sent, "pseudonym": pseudonym(person_key(ctx), number.value)}


def _check_papers(desk: Desk, request: dict[str, Any]) -> None:
    measure = desk.measure(request["measure"])
    if measure is None:
        codes = [one["code"] for one in desk.described["measures"]]
        raise BadRequest(
            f"{desk.manifest.title}没有措施“{request['measure']}”。",
            code="department.no_measure",
            remedy=did_you_mean(request["measure"], codes),
        )
    missing = [paper for paper in measure["evidence"] if paper not in request["evidence"]]
    if missing:
        source = "湘委乡振组发〔2021〕1号 附件4"
        reasons = [
            {"code": "evidence", "message": f"缺少凭证“{paper}”", "source": source} for paper in missing
        ]
        raise Refused(
            f"措施“{measure['title']}”还缺凭证：{'、'.join(missing)}。",
            code="department.evidence",
            remedy="补齐后再登记落实。",
            details={"reasons": reasons},
        )


def _persons(ctx: Context, request: dict[str, Any]) -> list[str]:
    if request["persons"] is None:
        return []
    told = [_asked(ctx, person) for person in unsealed(ctx, request["persons"])]
    persons = [person["pseudonym"] for person in told if "pseudonym" in person]
    ctx.reads.record_many(ctx.actor.to_dict(), persons, f"落实任务 {request['task']}", ctx.today)
    return persons
