"""People who may be registered twice."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from services.monitoring.schemas.common import HOUSEHOLD, InRegion


class Compared(Schema):
    """How many people were compared, and how many matters between two households are open now."""

    compared = fields.Integer(required=True)
    open_matters = fields.Integer(required=True, data_key="open", attribute="open")


class Duplicates(InRegion):
    """Matters of a region, by status: open, carrying (decided, not yet carried out), decided."""

    status = fields.String(
        load_default="open", allow_none=True, validate=validate.OneOf(["open", "carrying", "decided"])
    )


class Pair(Schema):
    """Two people, by ref (or "row-12@…" of a file whose household waits), why they may be one, what was
    decided.
    """

    refs = fields.List(fields.String(), required=True)
    ground = fields.String(required=True)
    decided = fields.Dict(required=True, allow_none=True)


class DuplicateMatter(Schema):
    """A matter between two households; kind family when several of their people meet; waiting: held ones."""

    matter = fields.String(required=True)
    region = fields.String(required=True)
    households = fields.List(fields.String(), required=True)
    waiting = fields.List(fields.String(), required=True)
    kind = fields.String(required=True)
    status = fields.String(required=True)
    pairs = fields.List(fields.Nested(Pair), required=True)


class DecideDuplicate(Schema):
    """The same person (then `keep`: the household that keeps him), or two people.

    head: the new head of the household that he leaves, when he is its head and others stay.
    """

    matter = fields.String(required=True, validate=validate.Length(max=50))
    refs = fields.List(fields.String(), required=True, validate=validate.Length(equal=2))
    same = fields.Boolean(required=True)
    keep = fields.String(load_default=None, allow_none=True, validate=HOUSEHOLD)
    head = fields.String(load_default=None, allow_none=True)
    reason = fields.String(required=True, validate=validate.Length(min=2, max=200))
    paper = fields.String(required=True, validate=validate.Length(min=2, max=100))

    @validates_schema
    def says_who_keeps_him(self, data: dict[str, Any], **more: Any) -> None:
        if data["same"] != bool(data["keep"]):
            raise ValidationError({"keep": ["同一人须说明留在哪一户；不是同一人的不填。"]})
