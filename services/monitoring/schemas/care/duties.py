"""What is due."""

from __future__ import annotations

from marshmallow import Schema, fields, validate
from shouwang.access.roles import ROLES
from shouwang.service.case_schemas import REGION

from services.monitoring.schemas.care.common import one_of


class Duties(Schema):
    """What is due in a region. role: of that role only; mine: only the caller's own.

    after: what `next` of the page before said.
    """

    region = fields.String(required=True, validate=REGION)
    role = fields.String(load_default=None, allow_none=True, validate=one_of(ROLES))
    mine = fields.Boolean(load_default=False)
    after = fields.String(load_default=None, allow_none=True)
    limit = fields.Integer(load_default=200, validate=validate.Range(min=1, max=1000))


class DutyShown(Schema):
    """A duty; level: where it stands now, higher than its own once it is late."""

    key = fields.String(required=True)
    kind = fields.String(required=True)
    label = fields.String(required=True)
    household = fields.String(required=True, allow_none=True)
    region = fields.String(required=True)
    roles = fields.List(fields.String(), required=True)
    person = fields.String(required=True, allow_none=True)
    due_on = fields.String(required=True, allow_none=True)
    overdue = fields.Boolean(required=True)
    age_days = fields.Integer(required=True)
    level = fields.String(required=True)
    act = fields.String(required=True)
    rule = fields.String(required=True)


class KindCount(Schema):
    """How many of a kind; overdue null: not counted without opening each (see the level below)."""

    kind = fields.String(required=True)
    title = fields.String(required=True)
    count = fields.Integer(required=True)
    overdue = fields.Integer(required=True, allow_none=True)


class DutiesBelow(Schema):
    """What is open and overdue in a town (of a county) or a village (of a town)."""

    region = fields.String(required=True)
    count = fields.Integer(required=True)
    overdue = fields.Integer(required=True)


class DutyList(Schema):
    """Duties of a level, overdue first; below: where they lie. cut: kinds with more than one list takes.

    sums_on: the day on which kinds and below were counted; a village's are of now, null: never counted yet.
    """

    region = fields.String(required=True)
    level = fields.String(required=True)
    on = fields.String(required=True)
    kinds = fields.List(fields.Nested(KindCount), required=True)
    below = fields.List(fields.Nested(DutiesBelow), required=True)
    sums_on = fields.String(required=True, allow_none=True)
    duties = fields.List(fields.Nested(DutyShown), required=True)
    next = fields.String(required=True, allow_none=True)
    cut = fields.List(fields.String(), required=True)
