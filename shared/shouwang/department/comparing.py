"""Comparison: facts about named persons, only behind an authorisation that this department checks itself."""

from __future__ import annotations

from typing import Any

from shouwang.department import authorisation
from shouwang.department.desk import Desk, person_key, unsealed
from shouwang.department.known import MONITORING
from shouwang.department.metrics import count_comparison
from shouwang.department.pseudonyms import pseudonym
from shouwang.errors import ShouwangError
from shouwang.identity import parse_id
from shouwang.sealing import seal
from shouwang.service import Context

Granted = authorisation.Authorisation


def compare(ctx: Context, desk: Desk, request: dict[str, Any]) -> dict[str, Any]:
    """Check the authorisation, put the read on record, ask the worker, seal the answer to monitoring.

    Sealed: {case, department, on, facts: [{fact, title, verdict, reason, shows, used, persons:
    {ref: values}}]}.
    """
    try:
        answer = _compare(ctx, desk, request)
    except ShouwangError as error:
        count_comparison(desk.code, error.code)
        raise
    count_comparison(desk.code, "answered")
    return answer


def _compare(ctx: Context, desk: Desk, request: dict[str, Any]) -> dict[str, Any]:
    keys = ctx.bus.call(MONITORING, "public_key")
    persons = unsealed(ctx, request["persons"])
    granted = authorisation.verify(
        request["authorisation"],
        trusted(ctx, desk, keys["authorisation_key"]),
        department=desk.code,
        persons=persons,
        today=ctx.today,
    )
    names = _wanted(desk, granted)
    refs = {pseudonym(person_key(ctx), _number(person)): person["ref"] for person in persons}
    _on_record(ctx, granted, list(refs))
    facts = desk.child.ask("facts", names=names, persons=list(refs), on=ctx.today.isoformat())
    sealed = seal(keys["key"], _answer(ctx, desk, granted, facts, refs))
    return {"case": granted.case, "department": desk.code, "facts": names, "sealed": sealed}


def trusted(ctx: Context, desk: Desk, key: str) -> str:
    """Return monitoring's verifying key as it was at the first contact; another one is refused."""
    agg = ctx.store.trust.find_one(where={"_id": MONITORING})
    if agg is None:
        agg = ctx.store.trust.new(MONITORING, region=desk.region, state={"verifies": key})
        ctx.save(ctx.store.trust, agg, "key_trusted")
    if agg.state["verifies"] != key:
        raise authorisation.refused("key_changed", "监测服务的验签公钥与首次登记的不同")
    return key


def _wanted(desk: Desk, granted: Granted) -> list[str]:
    offered = [fact["name"] for fact in desk.described["comparisons"]]
    names = [name for name in offered if name in granted.facts]
    if not names:
        raise authorisation.refused("no_fact", f"授权没有写明{desk.manifest.title}可答的任何事项")
    return names


def _number(person: dict[str, Any]) -> str:
    return parse_id(person["id_number"]).value


def _on_record(ctx: Context, granted: Granted, persons: list[str]) -> None:
    purpose = f"比对 案件 {granted.case} 授权 {granted.id}"
    ctx.reads.record_many(ctx.actor.to_dict(), persons, purpose, ctx.today)


def _answer(
    ctx: Context, desk: Desk, granted: Granted, facts: list[dict[str, Any]], refs: dict[str, str]
) -> dict[str, Any]:
    named = [
        {**fact, "persons": {refs[person]: values for person, values in fact["persons"].items()}}
        for fact in facts
    ]
    return {"case": granted.case, "department": desk.code, "on": ctx.today.isoformat(), "facts": named}
