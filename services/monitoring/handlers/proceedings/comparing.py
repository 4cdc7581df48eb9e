"""County comparison: departments answer about the persons of a case, behind a signed authorisation (I-05)."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from shouwang.department import authorisation
from shouwang.errors import Conflict, Forbidden, ShouwangError
from shouwang.sealing import open_sealed
from shouwang.service import Context
from shouwang.store import Aggregate

from services.monitoring.handlers.proceedings.cases import APPLICATION, complete_comparison
from services.monitoring.metrics import count_comparison

Json = dict[str, Any]
PURPOSE: Final = "防止返贫监测对象识别县级比对"


def request_comparison(ctx: Context, request: Json) -> Json:
    """Ask every department that offers comparison; one that does not answer is kept as silent (unknown).

    Asked again, only those are asked that have not answered. Without the signed 附件1 nobody is asked (I-01).
    """
    agg = ctx.store.cases.get(request["case"])
    if agg.carried_out(ctx.request_id):
        return _view(agg)
    if agg.state["case"]["status"] != "open":
        raise Conflict(
            "本案已结，不再比对", code="case.closed", where=agg.id, remedy="如有新情况，请另立新案。"
        )
    paper = signed_on(agg)
    household = ctx.store.households.get(agg.state["household"])
    persons = [one for one in household.state["members"] if one["id_number"]]
    before = {one["department"]: one for one in agg.state["comparison"] or () if one["answered"]}
    asked = ctx.bus.call("assistance", "departments", offering="comparison")
    answers = [before.get(one["code"]) or _ask(ctx, agg, one, persons, paper) for one in asked]
    for one in answers:
        count_comparison(one["department"], one["answered"])
    agg.state |= {"comparison": answers, "compared_on": ctx.today.isoformat()}
    ctx.reads.record(ctx.actor.to_dict(), household.id, PURPOSE, ctx.today)
    silent = [one["department"] for one in answers if not one["answered"]]
    ctx.save(ctx.store.cases, agg, "case.compared", {"asked": len(answers), "silent": silent})
    return _view(agg)


def signed_on(agg: Aggregate) -> date:
    """Return the day on which the household signed 附件1; Forbidden when the case does not hold it."""
    for entry in agg.state["case"]["entries"]:
        signed = any(one["role"] == "household" for one in entry["people"])
        for paper in entry["papers"]:
            if paper["name"] == APPLICATION and signed:
                return date.fromisoformat(paper["on"] or entry["on"])
    raise Forbidden(
        "本案没有农户签字的附件1，不得查询财产",
        code="comparison.no_authorisation",
        where=agg.id,
        remedy="请先由农户签署《个人申请及承诺授权书》并提交申请。",
        details={"source": "湘委乡振组发〔2021〕1号 二(二)2 第一步、附件1 承诺3"},
    )


def _ask(ctx: Context, agg: Aggregate, department: Json, persons: list[Json], paper: date) -> Json:
    told: Json = {"department": department["code"], "title": department["title"], "answered": False}
    told |= {"on": ctx.today.isoformat(), "facts": [], "code": None}
    try:
        return told | {"answered": True, "facts": _answer(ctx, agg, department, persons, paper)}
    except ShouwangError as error:
        ctx.log.warning("department gave no comparison", department=department["code"], code=error.code)
        return told | {"code": error.code}


def _answer(ctx: Context, agg: Aggregate, department: Json, persons: list[Json], paper: date) -> list[Json]:
    token, sealed = authorisation.issue(
        authorisation.signing_key(ctx.keys),
        department=department["code"],
        department_key=department["public_key"],
        case=agg.id,
        purpose=PURPOSE,
        persons=persons,
        facts=[fact["name"] for fact in department["comparisons"]],
        paper=paper,
    )
    given = ctx.bus.call(department["code"], "compare", authorisation=token, persons=sealed)
    answer = open_sealed(ctx.keys.sealing.private, given["sealed"])
    if answer["case"] != agg.id or answer["department"] != department["code"]:
        raise Forbidden(
            "比对结果不属于本案或该部门",
            code="comparison.other_case",
            where=agg.id,
            remedy="请由发起比对的案件和被询问的部门提交。",
        )
    facts: list[Json] = answer["facts"]
    return facts


def _view(agg: Aggregate) -> Json:
    answers = agg.state["comparison"] or []
    return {
        "case": agg.id,
        "complete": complete_comparison(agg) is not None,
        "departments": [_shown(one) for one in answers],
    }


def _shown(answer: Json) -> Json:
    """Return an answer for those who decide: facts by member ref, each with its department and day."""
    kept = ("department", "title", "answered", "on", "code", "facts")
    return {name: answer[name] for name in kept}
