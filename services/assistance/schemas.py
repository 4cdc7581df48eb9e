"""What comes in and goes out of assistance. Amounts are whole fen, dates ISO."""

from __future__ import annotations

from marshmallow import INCLUDE, Schema, fields, validate
from shouwang.service.case_schemas import REGION, MessageRequested
from shouwang.vocabulary import CATEGORIES, RISKS, STATES

RISK = validate.OneOf([*RISKS, *STATES])


class Announced(Schema):
    """Event */announced: what a department offers. Later contract versions may say more."""

    class Meta:
        unknown = INCLUDE

    code = fields.String(required=True)
    title = fields.String(required=True)
    contract = fields.String(required=True)
    public_key = fields.String(required=True)
    measures = fields.List(fields.Dict(), required=True)
    comparisons = fields.List(fields.Raw(), required=True)


class Heartbeat(Schema):
    """Event */heartbeat: the department is there."""

    class Meta:
        unknown = INCLUDE

    code = fields.String(required=True)


class HouseholdIncluded(Schema):
    """Event monitoring/household.included."""

    household = fields.String(required=True)
    case = fields.String(required=True)
    region = fields.String(required=True, validate=REGION)
    category = fields.String(required=True, validate=validate.OneOf(CATEGORIES))
    risks = fields.List(fields.String(validate=RISK), required=True)
    able_to_work = fields.Boolean(required=True, allow_none=True)


class HouseholdRemoved(Schema):
    """Event monitoring/household.removed."""

    class Meta:
        unknown = INCLUDE

    household = fields.String(required=True)
    case = fields.String(required=True)
    region = fields.String(required=True, validate=REGION)


class DecisionCorrected(Schema):
    """Event monitoring/decision.corrected: a new decision takes the place of an old one."""

    class Meta:
        unknown = INCLUDE

    household = fields.String(required=True)
    case = fields.String(required=True)
    region = fields.String(required=True, validate=REGION)
    was = fields.String(required=True)
    now = fields.String(required=True)


class MeasureDelivered(Schema):
    """Event */measure.delivered of a department."""

    task = fields.String(required=True)
    household = fields.String(required=True)
    measure = fields.String(required=True)
    amount_fen = fields.Integer(required=True, allow_none=True)
    on = fields.Date(required=True)
    evidence = fields.List(fields.String(), required=True)


class Offering(Schema):
    """Which departments: those that offer measures or comparison; empty for all."""

    offering = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf(["measures", "comparison"])
    )


class HouseholdId(Schema):
    """One household."""

    household = fields.String(required=True)


class TaskId(Schema):
    """One task."""

    task = fields.String(required=True)


class OpenTasks(Schema):
    """Tasks not delivered yet, of a region and, when given, a department."""

    region = fields.String(required=True, validate=REGION)
    department = fields.String(load_default=None, allow_none=True)


class Department(Schema):
    """A department: silent when its heartbeat is too old."""

    code = fields.String(required=True)
    title = fields.String(required=True)
    contract = fields.String(required=True)
    public_key = fields.String(required=True)
    measures = fields.List(fields.Dict(), required=True)
    comparisons = fields.List(fields.Raw(), required=True)
    last_heard_on = fields.String(required=True)
    silent = fields.Boolean(required=True)


class Plan(Schema):
    """The plan of a household with its tasks, what nobody covers, and which department was silent."""

    plan = fields.String(required=True)
    household = fields.String(required=True)
    case = fields.String(required=True)
    region = fields.String(required=True)
    kind = fields.String(required=True)
    risks = fields.List(fields.String(), required=True)
    status = fields.String(required=True)
    made_on = fields.String(required=True)
    tasks = fields.List(fields.Dict(), required=True)
    uncovered = fields.List(fields.String(), required=True)
    unknown = fields.List(fields.Dict(), required=True)
    silent = fields.List(fields.String(), required=True)


class Task(Schema):
    """One task; `persons` is sealed to its department."""

    id = fields.String(required=True)
    plan = fields.String(required=True)
    household = fields.String(required=True)
    region = fields.String(required=True)
    department = fields.String(required=True)
    measure = fields.String(required=True)
    title = fields.String(required=True)
    amount_fen = fields.Integer(required=True, allow_none=True)
    evidence = fields.List(fields.String(), required=True)
    status = fields.String(required=True)
    assigned_on = fields.String(required=True)
    due_on = fields.String(required=True)
    delivered = fields.Dict(required=True, allow_none=True)
    confirmed_on = fields.String(required=True, allow_none=True)
    persons = fields.String(required=True)


class Figures(Schema):
    """Counts of a region: plans, tasks by department, delivered fen."""

    plans = fields.Integer(required=True)
    measures = fields.Dict(required=True)
    delivered = fields.Integer(required=True)
    confirmed = fields.Integer(required=True)
    overdue = fields.Integer(required=True)
    delivered_fen = fields.Integer(required=True)
    uncovered = fields.Dict(required=True)


class PlanMade(Schema):
    """Event plan.made."""

    plan = fields.String(required=True)
    household = fields.String(required=True)
    case = fields.String(required=True)
    region = fields.String(required=True)
    kind = fields.String(required=True)
    tasks = fields.Integer(required=True)
    silent = fields.List(fields.String(), required=True)


class TaskEvent(Schema):
    """Events task.assigned, task.done, task.overdue."""

    task = fields.String(required=True)
    household = fields.String(required=True)
    region = fields.String(required=True)
    department = fields.String(required=True)
    measure = fields.String(required=True)
    due_on = fields.String(required=True)


EVENTS = {
    "plan.made": PlanMade,
    "task.assigned": TaskEvent,
    "task.done": TaskEvent,
    "task.overdue": TaskEvent,
    "message.requested": MessageRequested,
}
