"""The ledger of prominent problems."""

from __future__ import annotations

from marshmallow import Schema, fields, validate
from shouwang.service.case_schemas import REGION

from services.monitoring.domain.care import problems
from services.monitoring.schemas.care.common import REASON, one_of
from services.monitoring.schemas.common import HOUSEHOLD, InRegion


class OpenProblem(Schema):
    """A prominent problem of a village or household: who puts it right, by when."""

    region = fields.String(required=True, validate=REGION)
    household = fields.String(load_default=None, allow_none=True, validate=HOUSEHOLD)
    kind = fields.String(required=True, validate=one_of(problems.KINDS))
    source = fields.String(required=True, validate=one_of(problems.SOURCES))
    level = fields.String(required=True, validate=one_of(problems.LEVELS))
    org = fields.String(required=True, validate=validate.Length(min=1, max=60))
    due_on = fields.Date(load_default=None, allow_none=True)
    text = fields.String(required=True, validate=validate.Length(min=2, max=1000))


class ProblemId(Schema):
    """One problem."""

    problem = fields.String(required=True)


class AddMeasure(ProblemId):
    """A measure taken."""

    text = fields.String(required=True, validate=validate.Length(min=2, max=1000))


class FinishProblem(ProblemId):
    """Put right: references of the evidence."""

    evidence = fields.List(
        fields.String(validate=validate.Length(min=1, max=100)),
        required=True,
        validate=validate.Length(max=20),
    )


class ReopenProblem(ProblemId):
    """Sent back, with a new day."""

    reason = fields.String(required=True, validate=REASON)
    due_on = fields.Date(required=True)


class ProblemsOf(InRegion):
    """Problems of a region, by status; overdue: past their day and still open."""

    status = fields.String(load_default=None, allow_none=True, validate=one_of(problems.STATUSES))
    overdue = fields.Boolean(load_default=False)


class Problem(Schema):
    """A problem of the ledger."""

    problem = fields.String(required=True)
    region = fields.String(required=True)
    household = fields.String(required=True, allow_none=True)
    kind = fields.String(required=True)
    kind_label = fields.String(required=True)
    source = fields.String(required=True)
    level = fields.String(required=True)
    org = fields.String(required=True)
    status = fields.String(required=True)
    status_label = fields.String(required=True)
    opened_on = fields.String(required=True)
    due_on = fields.String(required=True)
    overdue = fields.Boolean(required=True)
    text = fields.String(required=True)
    measures = fields.List(fields.Dict(), required=True)
    evidence = fields.List(fields.String(), required=True, allow_none=True)
    done_on = fields.String(required=True, allow_none=True)
    accepted_on = fields.String(required=True, allow_none=True)
    returned = fields.Integer(required=True)


class ProblemMonth(Schema):
    """A month of a region."""

    region = fields.String(required=True, validate=REGION)
    month = fields.String(
        required=True, validate=validate.Regexp(r"^\d{4}-\d{2}$", error="月份应写成 2021-07。")
    )


class ProblemSummary(Schema):
    """The ledger of a month: opened and accepted in it; open and overdue now; all by kind."""

    region = fields.String(required=True)
    month = fields.String(required=True)
    opened = fields.Integer(required=True)
    accepted = fields.Integer(required=True)
    open = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    overdue = fields.Integer(required=True)
    by_kind = fields.Dict(required=True)
