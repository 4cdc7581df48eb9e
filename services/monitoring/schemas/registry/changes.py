"""Change of members: one household (change_members), or from one to another (move_members)."""

from __future__ import annotations

from typing import Any, Final

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.monitoring.domain.registry.changes import JOINING, LEAVING, STAYING
from services.monitoring.domain.registry.scope import REGISTERS
from services.monitoring.schemas.common import HOUSEHOLD, LABOUR, InRegion

ONE_HOUSEHOLD: Final = (*JOINING, *LEAVING, *STAYING)
REF: Final = validate.Regexp(r"^\d{12}-\d{4,6}-\d{2,3}$", error="成员编号应为户编号、横线和两位序号。")
NEEDS: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(JOINING, ("sealed",)),
    **dict.fromkeys(LEAVING, ("ref",)),
    "return": ("ref",),
    "head_change": ("head",),
    "correction": ("sealed",),
    "labour_judged": ("ref", "judgement"),
    "registration": ("ref", "registration"),
    "still_here": ("ref",),
}
"""What each kind cannot do without."""
MAY_HAVE: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(LEAVING, ("head", "relations", "to")),
    "return": ("relations",),
    "head_change": ("relations",),
    "correction": ("ref",),
}
"""What a kind may have besides; anything else is refused, so that nothing is said in vain."""
PARTS: Final = ("sealed", "ref", "head", "relations", "to", "judgement", "registration")


class Judgement(Schema):
    """What the village judged a person able to do (A14): discussed by the assembly, verified by the
    committee.
    """

    labour = fields.String(required=True, validate=LABOUR)
    assembly_on = fields.Date(required=True)
    committee_on = fields.Date(required=True)


class Registration(Schema):
    """Where a person is registered; urban_benefits: whether a townsperson has town benefits, null is
    unknown.
    """

    register = fields.String(required=True, validate=validate.OneOf(list(REGISTERS)))
    urban_benefits = fields.Boolean(load_default=None, allow_none=True)


class ChangeMembers(Schema):
    """One dated change of one household.

    kind: birth, marriage_in, adopted, move_in, county_counts (bring `sealed`) · death, marriage_out,
    move_out, enlisted, no_longer_supported, county_excludes (of `ref`; `head` and `relations` when the head
    leaves; `to`: where to) · return, head_change, correction, labour_judged, registration, still_here.
    sealed: {field: text} as in the roster, sealed to `public_key`. relations: ref → name of the relation to
    the head ("spouse").
    """

    household = fields.String(required=True, validate=HOUSEHOLD)
    kind = fields.String(required=True, validate=validate.OneOf(list(ONE_HOUSEHOLD)))
    on = fields.Date(required=True)
    reason = fields.String(required=True, validate=validate.Length(min=2, max=200))
    paper = fields.String(required=True, validate=validate.Length(min=2, max=100))
    ref = fields.String(load_default=None, allow_none=True, validate=REF)
    sealed = fields.String(load_default=None, allow_none=True)
    head = fields.String(load_default=None, allow_none=True, validate=REF)
    relations = fields.Dict(keys=fields.String(validate=REF), values=fields.String(), load_default=dict)
    to = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=50))
    judgement = fields.Nested(Judgement, load_default=None, allow_none=True)
    registration = fields.Nested(Registration, load_default=None, allow_none=True)

    @validates_schema
    def fits_its_kind(self, data: dict[str, Any], **more: Any) -> None:
        kind = data["kind"]
        missing = {name: ["这一类变动必须填写。"] for name in NEEDS[kind] if not data[name]}
        allowed = {*NEEDS[kind], *MAY_HAVE.get(kind, ())}
        strange = {name: ["这一类变动不填此项。"] for name in PARTS if data[name] and name not in allowed}
        if missing or strange:
            raise ValidationError({**missing, **strange})


class Changed(Schema):
    """What became of the household; registered is false when its last member left."""

    household = fields.String(required=True)
    kind = fields.String(required=True)
    on = fields.String(required=True)
    joined = fields.List(fields.String(), required=True)
    left = fields.List(fields.String(), required=True)
    size = fields.Integer(required=True)
    registered = fields.Boolean(required=True)


class Change(Schema):
    """A dated change: effective day, who recorded it when and on what paper; names of fields, not values."""

    no = fields.Integer(required=True)
    kind = fields.String(required=True)
    title = fields.String(required=True)
    on = fields.String(required=True)
    recorded_on = fields.String(required=True)
    by = fields.String(required=True)
    reason = fields.String(required=True)
    paper = fields.String(required=True, allow_none=True)
    refs = fields.List(fields.String(), required=True)
    changed = fields.List(fields.String(), required=True, data_key="fields", attribute="fields")


class MoveMembers(Schema):
    """Members who go to another household of the county.

    split: `refs` found a new one, `head` among them. merge: all go to `to`. move: `refs` go to `to`.
    relations: of those who go, to the head there. staying_head, staying_relations: of those who stay, when
    the head goes.
    """

    household = fields.String(required=True, validate=HOUSEHOLD)
    kind = fields.String(required=True, validate=validate.OneOf(["split", "merge", "move"]))
    on = fields.Date(required=True)
    reason = fields.String(required=True, validate=validate.Length(min=2, max=200))
    paper = fields.String(required=True, validate=validate.Length(min=2, max=100))
    refs = fields.List(fields.String(validate=REF), load_default=list)
    to = fields.String(load_default=None, allow_none=True, validate=HOUSEHOLD)
    head = fields.String(load_default=None, allow_none=True, validate=REF)
    relations = fields.Dict(keys=fields.String(validate=REF), values=fields.String(), load_default=dict)
    staying_head = fields.String(load_default=None, allow_none=True, validate=REF)
    staying_relations = fields.Dict(
        keys=fields.String(validate=REF), values=fields.String(), load_default=dict
    )

    @validates_schema
    def fits_its_kind(self, data: dict[str, Any], **more: Any) -> None:
        split, merge = data["kind"] == "split", data["kind"] == "merge"
        wrong = {}
        if split == bool(data["to"]):
            wrong["to"] = ["分户不填转入户；并户、转入另一户必须填写。"]
        if not merge and not data["refs"]:
            wrong["refs"] = ["请给出转出的成员编号。"]
        if data["head"] and not split:
            wrong["head"] = ["只有分户才填新户的户主。"]
        if wrong:
            raise ValidationError(wrong)


class Move(Schema):
    """A move: open, done, or stopped (why) because somebody had left otherwise."""

    move = fields.String(required=True)
    household = fields.String(required=True)
    to = fields.String(required=True)
    kind = fields.String(required=True)
    refs = fields.List(fields.String(), required=True)
    on = fields.String(required=True)
    status = fields.String(required=True)
    why = fields.String(required=True, allow_none=True)


class Moves(InRegion):
    """Moves of a region, by status (open, done, stopped)."""

    status = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf(["open", "done", "stopped"])
    )
