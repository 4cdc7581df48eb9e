"""Forms for whoever prints them (K-02, K-04): sealed to the caller, every person on record as read.

The service fills, whoever asked draws (docs/decisions/0160). A household whose form cannot be filled is
reported with its number and the reason; the others come.
"""

from __future__ import annotations

from typing import Any, Final

from shouwang.errors import NotFound, ShouwangError
from shouwang.sealing import seal
from shouwang.service import Context

from services.monitoring.domain.documents.forms import FORMS, VILLAGE_SHEET, Form, sheet, village_sheet
from services.monitoring.domain.documents.material import Material
from services.monitoring.handlers.documents import choosing
from services.monitoring.handlers.documents.forms import description
from services.monitoring.handlers.documents.gathering import common_of, material

Json = dict[str, Any]
HELPED: Final = frozenset({"information", "measures"})
PUBLIC: Final = "公示稿"
A_VILLAGE: Final = 500
"""Households on one sheet of a village."""


def print_forms(ctx: Context, request: Json) -> Json:
    """Return {sealed: {description, sheets}, printed, problems, next}; sheets: {household, case, values}."""
    form = FORMS[request["form"]]
    chosen, after = _chosen(ctx, form, request)
    materials, problems = _materials(ctx, form, request["region"], chosen)
    _on_record(ctx, request, [one.id for one in materials])
    sheets = _sheets(form, materials, problems)
    content = {"description": description(ctx, form.name, request["region"]), "sheets": sheets}
    return {
        "sealed": seal(request["key"], content),
        "printed": len(sheets),
        "problems": problems,
        "next": after,
    }


def public_form(ctx: Context, request: Json) -> Json:
    """Return 附件4 as it may hang in the village: masked, without illness (N-02); nothing to seal."""
    form = FORMS[VILLAGE_SHEET]
    chosen, _ = _chosen(ctx, form, {**request, "households": [], "after": None, "limit": A_VILLAGE})
    materials, problems = _materials(ctx, form, request["region"], chosen)
    if not materials:
        raise NotFound(
            "该村没有正在办理的风险消除，附件4 无内容可公示",
            code="documents.nothing",
            where=request["region"],
            remedy="请核对村码；有风险消除案件进入公示后再打印。",
        )
    values = village_sheet(materials, public=True)
    return {
        "description": description(ctx, form.name, request["region"]) | {"copies": [PUBLIC]},
        "sheets": [{"household": None, "case": None, "values": values}],
        "problems": problems,
    }


def _chosen(ctx: Context, form: Form, request: Json) -> tuple[list[choosing.Chosen], str | None]:
    if request["households"]:
        return choosing.named(ctx, form, request["region"], request["households"]), None
    if form.name == VILLAGE_SHEET:
        request = {**request, "limit": A_VILLAGE}
    return choosing.page(ctx, form, {"which": "monitored", **request})


def _materials(
    ctx: Context, form: Form, region: str, chosen: list[choosing.Chosen]
) -> tuple[list[Material], list[Json]]:
    found: list[Material] = []
    problems: list[Json] = []
    common = common_of(ctx, region, helped=form.name in HELPED and any(map(_was_helped, chosen)))
    for id, household, case in chosen:
        if household is None:
            problems.append(_problem(id, "documents.no_household", "登记簿中没有该户"))
        elif form.procedure and case is None:
            problems.append(_problem(id, "documents.no_case", f"该户没有{form.number}所涉的案件"))
        else:
            found.append(material(ctx, household, case, common))
    return found, problems


def _was_helped(chosen: choosing.Chosen) -> bool:
    """Only who was included ever had a plan."""
    return chosen[1] is not None and bool(chosen[1].state["monitoring"])


def _problem(household: str, code: str, text: str) -> Json:
    return {"household": household, "code": code, "problem": text}


def _sheets(form: Form, materials: list[Material], problems: list[Json]) -> list[Json]:
    if form.name == VILLAGE_SHEET:
        values = village_sheet(materials) if materials else None
        return [{"household": None, "case": None, "values": values}] if values else []
    sheets = []
    for one in materials:
        try:
            values = sheet(form, one)
        except ShouwangError as error:
            problems.append(_problem(one.id, error.code, error.message))
            continue
        case = one.case["case"]["id"] if one.case else None
        sheets.append({"household": one.id, "case": case, "values": values})
    return sheets


def _on_record(ctx: Context, request: Json, households: list[str]) -> None:
    """Put every read on record, and keep what was printed, by whom, for what."""
    if not households:
        return
    purpose = f"打印{FORMS[request['form']].number}：{request['purpose']}"
    ctx.reads.record_many(ctx.actor.to_dict(), households, purpose, ctx.today)
    printing_id = f"{request['region']}-{ctx.request_id}"
    if ctx.store.printings.get_or_none(printing_id) is not None:
        return
    state = {
        "form": request["form"],
        "purpose": request["purpose"],
        "on": ctx.today.isoformat(),
        "households": households,
        "by": {"id": ctx.actor.id, "level": ctx.actor.level, "roles": list(ctx.actor.roles)},
    }
    agg = ctx.store.printings.new(printing_id, region=request["region"], state=state)
    ctx.save(
        ctx.store.printings, agg, "forms.printed", {"form": request["form"], "households": len(households)}
    )


def printings(ctx: Context, request: Json) -> list[Json]:
    """Return what was printed in a region, for those who supervise: form, households, by whom, for what."""
    page = {"after": request["after"], "limit": request["limit"]}
    found = ctx.store.printings.find(region=request["region"], **page)
    return [{"printing": agg.id, "region": agg.region, **agg.state} for agg in found]
