"""The registry against the household register of the public security."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.monitoring.domain.registry.register import DECISIONS, KINDS
from services.monitoring.schemas.registry.households import HouseholdId


class Difference(Schema):
    """Of whom the register says something else: kind, its title, since when; decided is null while open."""

    ref = fields.String(required=True)
    kind = fields.String(required=True)
    title = fields.String(required=True)
    since = fields.String(required=True, allow_none=True)
    decided = fields.Dict(required=True, allow_none=True)


class RegisterDifferences(Schema):
    """What the last comparison found: for which case, on what day, by which department; null before any."""

    household = fields.String(required=True)
    case = fields.String(required=True, allow_none=True)
    on = fields.String(required=True, allow_none=True)
    by = fields.String(required=True, allow_none=True)
    differences = fields.List(fields.Nested(Difference), required=True)


class DecideRegistration(HouseholdId):
    """One difference decided: counts (the county's exception) or register_wrong (wrong or late)."""

    ref = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(sorted(KINDS)))
    decision = fields.String(required=True, validate=validate.OneOf(sorted(DECISIONS)))
    reason = fields.String(required=True, validate=validate.Length(min=2, max=200))
    paper = fields.String(required=True, validate=validate.Length(min=2, max=100))
