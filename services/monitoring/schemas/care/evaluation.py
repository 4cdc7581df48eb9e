"""Quarterly evaluations and review rounds."""

from __future__ import annotations

from marshmallow import Schema, fields, validate
from shouwang.service.case_schemas import REGION

from services.monitoring.domain.care import evaluation, problems
from services.monitoring.schemas.care.common import NOTE, QUARTER, OfHousehold, one_of
from services.monitoring.schemas.common import RISK, InRegion


class EvaluationFacts(OfHousehold):
    """What the evaluators found; null is unknown. new_risks: risks that did not stand at inclusion."""

    quarter = fields.String(required=True, validate=QUARTER)
    risk_stands = fields.Boolean(load_default=None, allow_none=True)
    secured = fields.Boolean(load_default=None, allow_none=True)
    income_stable = fields.Boolean(load_default=None, allow_none=True)
    measures_work = fields.Boolean(load_default=None, allow_none=True)
    new_risks = fields.List(fields.String(validate=RISK), load_default=None, allow_none=True)


class Evaluate(EvaluationFacts):
    """The evaluation of a quarter; a conclusion other than the suggested one needs a reason."""

    conclusion = fields.String(required=True, validate=one_of(evaluation.CONCLUSIONS))
    reason = fields.String(load_default="", validate=NOTE)
    correct = fields.Boolean(load_default=False)


class PlanEffect(Schema):
    """What the plan of help tells: tasks and how many are done; null while assistance is silent."""

    tasks = fields.Integer(required=True, allow_none=True)
    done = fields.Integer(required=True, allow_none=True)
    silent = fields.Boolean(required=True)


class IncomeChange(Schema):
    """A34 at the evaluation before and now, in fen; null is unknown."""

    before = fields.Integer(required=True, allow_none=True)
    now = fields.Integer(required=True, allow_none=True)
    change = fields.Integer(required=True, allow_none=True)


class Suggestion(Schema):
    """What the rule suggests on these findings (null: it cannot tell), as a sentence with its grounds."""

    household = fields.String(required=True)
    quarter = fields.String(required=True)
    suggested = fields.String(required=True, allow_none=True)
    sentence = fields.String(required=True)
    income = fields.Nested(IncomeChange, required=True)
    effect = fields.Nested(PlanEffect, required=True)


class Evaluation(OfHousehold):
    """The evaluation of a household in a quarter."""

    evaluation = fields.String(required=True)
    quarter = fields.String(required=True)
    region = fields.String(required=True)
    status = fields.String(required=True)
    status_label = fields.String(required=True)
    due_on = fields.String(required=True)
    overdue = fields.Boolean(required=True)
    level = fields.String(required=True)
    suggested = fields.String(required=True, allow_none=True)
    conclusion = fields.String(required=True, allow_none=True)
    conclusion_label = fields.String(required=True, allow_none=True)
    on = fields.String(required=True, allow_none=True)
    clue = fields.String(required=True, allow_none=True)
    income = fields.Nested(IncomeChange, required=True, allow_none=True)
    effect = fields.Nested(PlanEffect, required=True, allow_none=True)
    corrected = fields.Integer(required=True)


class OneEvaluation(OfHousehold):
    """The evaluation of a household in a quarter."""

    quarter = fields.String(required=True, validate=QUARTER)


class Evaluations(InRegion):
    """Evaluations of a region, by status; overdue: still due after the quarter."""

    status = fields.String(load_default=None, allow_none=True, validate=one_of(evaluation.STATUSES))
    overdue = fields.Boolean(load_default=False)


class ReviewDecision(Schema):
    """What a joint review decided: who puts it right, by when (problem_days when left out)."""

    kind = fields.String(required=True, validate=one_of(problems.KINDS))
    level = fields.String(required=True, validate=one_of(problems.LEVELS))
    org = fields.String(required=True, validate=validate.Length(min=1, max=60))
    due_on = fields.Date(load_default=None, allow_none=True)
    text = fields.String(required=True, validate=validate.Length(min=2, max=1000))


class RecordReview(Schema):
    """The record of a town's half-monthly or the county's monthly review, held in the period of today.

    joint: the county's 季调度 of the quarter; each of its decisions becomes a problem of the ledger.
    """

    region = fields.String(required=True, validate=REGION)
    people = fields.Integer(required=True, strict=True, validate=validate.Range(min=2, max=200))
    note = fields.String(required=True, validate=validate.Length(min=2, max=2000))
    joint = fields.Boolean(load_default=False)
    decisions = fields.List(
        fields.Nested(ReviewDecision), load_default=list, validate=validate.Length(max=50)
    )


class ReviewRound(Schema):
    """A review round; seen: what stood overdue on the day it was held; decisions: problems of the ledger."""

    review = fields.String(required=True)
    region = fields.String(required=True)
    level = fields.String(required=True)
    title = fields.String(required=True)
    period = fields.String(required=True)
    status = fields.String(required=True)
    due_on = fields.String(required=True)
    overdue = fields.Boolean(required=True)
    on = fields.String(required=True, allow_none=True)
    people = fields.Integer(required=True, allow_none=True)
    seen = fields.Dict(required=True, allow_none=True)
    decisions = fields.List(fields.String(), required=True)
