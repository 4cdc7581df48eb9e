"""The quarterly evaluation of plans."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from services.assistance.schemas.common import QUARTER, REASON, RISK


class Evaluate(Schema):
    """A plan and a quarter that has ended; risks_gone: what a visit found, by risk (left out: not known)."""

    plan = fields.String(required=True)
    quarter = fields.String(required=True, validate=QUARTER)
    risks_gone = fields.Dict(keys=fields.String(validate=RISK), values=fields.Boolean(), load_default=dict)


class DecidedTask(Schema):
    """What a person decides of one task: keep, replace or stop."""

    task = fields.String(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(["keep", "replace", "stop"]))


class DecideEvaluation(Schema):
    """What a person decides on an evaluation, with the reason."""

    plan = fields.String(required=True)
    quarter = fields.String(required=True, validate=QUARTER)
    outcomes = fields.List(fields.Nested(DecidedTask), required=True)
    reason = fields.String(required=True, validate=REASON)


class Evaluation(Schema):
    """An evaluation: income a head in fen (null: not known), guarantees, what is suggested for each task."""

    plan = fields.String(required=True)
    quarter = fields.String(required=True)
    asked_on = fields.String(required=True)
    before_fen = fields.Integer(required=True, allow_none=True)
    now_fen = fields.Integer(required=True, allow_none=True)
    secured = fields.Dict(required=True)
    tasks = fields.List(fields.Dict(), required=True)
    decided = fields.Dict(required=True, allow_none=True)


class EvaluationDue(Schema):
    """A plan that is to be evaluated for a quarter, until when, and whether that is past."""

    plan = fields.String(required=True)
    household = fields.String(required=True)
    region = fields.String(required=True)
    quarter = fields.String(required=True)
    due_on = fields.Date(required=True)
    overdue = fields.Boolean(required=True)
    evaluated = fields.Boolean(required=True)
