"""What a change of members brings in words, read like the cells of a roster: {field: text} → values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from shouwang.errors import BadRequest
from shouwang.service import Context

from services.monitoring.domain.registry.cells import read_cell
from services.monitoring.domain.registry.history import PLAIN
from services.monitoring.domain.registry.roster import Frame
from services.monitoring.domain.registry.roster_form import BY_FIELD, PERSON_COLUMNS
from services.monitoring.domain.registry.roster_household import nobody
from services.monitoring.domain.registry.scope import COUNTS

Json = dict[str, Any]
OF_PERSON: Final = frozenset(column.field for column in PERSON_COLUMNS)
RELATIONS: Final = "relation_to_head"


def read_fields(given: Mapping[str, str], frame: Frame, *, of_person: bool) -> Json:
    """Return the values of these fields; an ID number brings birth, sex and card with it.

    BadRequest `member.unknown_field`, or the code of the cell that cannot be true.
    """
    allowed = OF_PERSON if of_person else frozenset(PLAIN)
    if unknown := sorted(set(given) - allowed):
        raise BadRequest(
            f"不能这样填写的项目：{'、'.join(unknown)}",
            code="member.unknown_field",
            remedy="字段名见 docs/services/monitoring/registry.md；收入随名册或入户核实更新。",
        )
    return _spread(
        {name: read_cell(BY_FIELD[name], text, frame.tables, frame.as_of) for name, text in given.items()}
    )


def _spread(values: Json) -> Json:
    number = values.get("id_number")
    return {**values, **number} if isinstance(number, dict) else values


def newcomer(ctx: Context, request: Json, read: Json) -> Json:
    """Return the values of a new member: every field of the form, unknown where nobody said anything."""
    person = {**dict.fromkeys(OF_PERSON), **nobody(read.get("sex")), **read}
    if request["kind"] != "county_counts":
        return person
    return {**person, "exception": {"decision": COUNTS, **_decided_by(ctx, request)}}


def decided(ctx: Context, request: Json, read: Json) -> Json:
    """Return what a judgement or decision about a member says, with who made it, when and where it stands."""
    if request["kind"] == "labour_judged":
        judgement = request["judgement"]
        days = {name: judgement[name].isoformat() for name in ("assembly_on", "committee_on")}
        made = {"labour": judgement["labour"], **days, **_decided_by(ctx, request)}
        return {"labour": judgement["labour"], "judgement": made}
    if request["kind"] == "registration":
        given = request["registration"]
        return {"registration": {**given, **_decided_by(ctx, request)}}
    return read


def _decided_by(ctx: Context, request: Json) -> Json:
    by = ctx.actor.on_behalf_of or ctx.actor.id
    return {"by": by, "on": request["on"].isoformat(), "paper": request["paper"]}


def check_relations(relations: Mapping[str, str], frame: Frame) -> None:
    """BadRequest `member.relation` when a relation is not of the code table (by name: "spouse")."""
    names = set(frame.tables[RELATIONS].values())
    if wrong := sorted(set(relations.values()) - names):
        raise BadRequest(
            f"与户主关系没有这些名称：{'、'.join(wrong)}",
            code="member.relation",
            remedy=f"可填：{'、'.join(sorted(names))}。",
        )
