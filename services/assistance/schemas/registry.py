"""Departments: what they offer, whether they are there, what was refused."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.assistance.schemas.common import REASON


class Offering(Schema):
    """Which departments: those that offer measures or comparison; empty for all."""

    offering = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf(["measures", "comparison"])
    )


class Deregister(Schema):
    """A department that leaves, and why."""

    department = fields.String(required=True)
    reason = fields.String(required=True, validate=REASON)


class Refused(Schema):
    """The newest announcement that was refused: the day and what was wrong with which field."""

    on = fields.String(required=True)
    problems = fields.List(fields.String(), required=True)


class Department(Schema):
    """A department. presence: present, silent (its heartbeat is too old) or gone; `silent`: not present."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    contract = fields.String(required=True)
    public_key = fields.String(required=True)
    measures = fields.List(fields.Dict(), required=True)
    comparisons = fields.List(fields.Raw(), required=True)
    last_heard_on = fields.String(required=True)
    silent = fields.Boolean(required=True)
    presence = fields.String(required=True)
    left_on = fields.String(required=True, allow_none=True)
    refused = fields.Nested(Refused, required=True, allow_none=True)
