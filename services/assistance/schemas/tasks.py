"""Tasks: delivered, confirmed, disputed, changed, owed."""

from __future__ import annotations

from marshmallow import Schema, fields, validate
from shouwang.service.case_schemas import REGION

from services.assistance.domain.tasks.withdrawing import REASONS as FOUND
from services.assistance.schemas.common import FEN, MEASURE, REASON, SOME, STAFF, WORD

EVIDENCE = fields.List(fields.String(validate=WORD), required=True, validate=validate.Length(max=50))


class OpenTasks(Schema):
    """Tasks not delivered yet, of a region and, when given, a department."""

    region = fields.String(required=True, validate=REGION)
    department = fields.String(load_default=None, allow_none=True)


class Owed(Schema):
    """What one department, or each, owes in a region."""

    region = fields.String(required=True, validate=REGION)
    department = fields.String(load_default=None, allow_none=True)


class MyTasks(Schema):
    """The worklist of a contact person."""

    contact = fields.String(required=True, validate=WORD)


class HandIn(Schema):
    """A local task (no department's) carried out, with evidence; no money."""

    task = fields.String(required=True)
    evidence = EVIDENCE


class ObjectTo(Schema):
    """The household says that it did not receive it."""

    task = fields.String(required=True)
    reason = fields.String(required=True, validate=REASON)


class AnswerObjection(Schema):
    """The department's answer to "not received", with evidence."""

    task = fields.String(required=True)
    evidence = EVIDENCE


class WithdrawPayment(Schema):
    """One sum of a task that was not paid, or less than told.

    number: which of its sums (`sums` of the task; may be left out where there is one). paid_fen: what was
    paid of it after all. reason: a code of domain/tasks/withdrawing.py.
    """

    task = fields.String(required=True)
    number = fields.Integer(load_default=None, allow_none=True, strict=True, validate=SOME)
    paid_fen = fields.Integer(load_default=0, strict=True, validate=FEN)
    reason = fields.String(required=True, validate=validate.OneOf(list(FOUND), list(FOUND.values())))
    note = fields.String(required=True, validate=REASON)


class ChangeTask(Schema):
    """Another deadline, amount or person in charge, and why."""

    task = fields.String(required=True)
    due_on = fields.Date(load_default=None, allow_none=True)
    amount_fen = fields.Integer(load_default=None, allow_none=True, validate=FEN)
    person = fields.String(load_default=None, allow_none=True, validate=STAFF)
    reason = fields.String(required=True, validate=REASON)


class StopTask(Schema):
    """A task that ends without replacement, and why."""

    task = fields.String(required=True)
    reason = fields.String(required=True, validate=REASON)


class ReplaceTask(Schema):
    """The measure, offered by a department of this plan, that takes the place of a task, and why."""

    task = fields.String(required=True)
    department = fields.String(required=True)
    measure = fields.String(required=True, validate=MEASURE)
    reason = fields.String(required=True, validate=REASON)


class GiveAgain(Schema):
    """A measure that the plan gave and that is due once more, as its department says, and why."""

    plan = fields.String(required=True)
    department = fields.String(required=True)
    measure = fields.String(required=True, validate=MEASURE)
    reason = fields.String(required=True, validate=REASON)


class Task(Schema):
    """One task; `persons` is sealed to its department.

    sums: every delivery {number, on, amount_fen, withdrawn: {on, reason} or null}.
    """

    id = fields.String(required=True)
    plan = fields.String(required=True)
    household = fields.String(required=True)
    region = fields.String(required=True)
    department = fields.String(required=True)
    person = fields.String(required=True, allow_none=True)
    measure = fields.String(required=True)
    title = fields.String(required=True)
    amount_fen = fields.Integer(required=True, allow_none=True)
    evidence = fields.List(fields.String(), required=True)
    status = fields.String(required=True)
    assigned_on = fields.String(required=True)
    due_on = fields.String(required=True)
    delivered = fields.Dict(required=True, allow_none=True)
    disputed = fields.List(fields.Dict(), required=True)
    confirmed_on = fields.String(required=True, allow_none=True)
    escalations = fields.List(fields.Dict(), required=True)
    orphaned_on = fields.String(required=True, allow_none=True)
    ended_on = fields.String(required=True, allow_none=True)
    replaces = fields.String(required=True, allow_none=True)
    replaced_by = fields.String(required=True, allow_none=True)
    changes = fields.List(fields.Dict(), required=True)
    objections = fields.List(fields.Dict(), required=True)
    sums = fields.List(fields.Dict(), required=True)
    persons = fields.String(required=True)


class Worklist(Schema):
    """What a contact person has to see to: households without a plan's end, tasks by urgency.

    tasks: open, delivered and not confirmed, disputed; plans: what nobody covers, what is to be evaluated.
    """

    contact = fields.String(required=True)
    tasks = fields.List(fields.Dict(), required=True)
    plans = fields.List(fields.Dict(), required=True)


class DepartmentOwes(Schema):
    """What a department owes: open tasks, known amounts in fen, by days overdue."""

    department = fields.String(required=True)
    open = fields.Integer(required=True)
    orphaned = fields.Integer(required=True)
    disputed = fields.Integer(required=True)
    amount_fen = fields.Integer(required=True)
    unpriced = fields.Integer(required=True)
    oldest_due_on = fields.String(required=True)
    classes = fields.List(fields.Dict(), required=True)


class Row(Schema):
    """A row of 附件4; amounts in fen; effect as the newest evaluation found it."""

    number = fields.Integer(required=True)
    case = fields.String(required=True)
    risks = fields.List(fields.String(), required=True)
    code = fields.String(required=True)
    measure = fields.String(required=True)
    item = fields.String(required=True)
    title = fields.String(required=True)
    department = fields.String(required=True)
    person = fields.String(required=True, allow_none=True)
    started_on = fields.String(required=True)
    due_on = fields.String(required=True)
    done_on = fields.String(required=True, allow_none=True)
    amount_fen = fields.Integer(required=True, allow_none=True)
    evidence = fields.List(fields.String(), required=True)
    confirmed_on = fields.String(required=True, allow_none=True)
    state = fields.String(required=True)
    disputed = fields.Boolean(required=True)
    effect = fields.String(required=True, allow_none=True)


class Figures(Schema):
    """Counts of a region: plans, tasks by department, delivered fen."""

    plans = fields.Integer(required=True)
    measures = fields.Dict(required=True)
    delivered = fields.Integer(required=True)
    confirmed = fields.Integer(required=True)
    overdue = fields.Integer(required=True)
    orphaned = fields.Integer(required=True)
    disputed = fields.Integer(required=True)
    half_delivered = fields.Integer(required=True)
    delivered_fen = fields.Integer(required=True)
    uncovered = fields.Dict(required=True)
