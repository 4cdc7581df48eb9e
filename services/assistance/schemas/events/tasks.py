"""What assistance hears of deliveries, and what it tells of tasks and money."""

from __future__ import annotations

from typing import Final

from marshmallow import Schema, fields, validate

from services.assistance.domain.tasks.payment import KINDS
from services.assistance.domain.tasks.withdrawing import REASONS


class MeasureDelivered(Schema):
    """Event */measure.delivered of a department; part: which of several sums, amount_fen: its own."""

    task = fields.String(required=True)
    part = fields.Integer(load_default=1, validate=validate.Range(min=1))
    household = fields.String(required=True)
    measure = fields.String(required=True)
    amount_fen = fields.Integer(required=True, allow_none=True)
    on = fields.Date(required=True)
    evidence = fields.List(fields.String(), required=True)


class TaskEvent(Schema):
    """Events task.assigned, task.done, task.overdue, task.disputed, task.ended."""

    task = fields.String(required=True)
    household = fields.String(required=True)
    region = fields.String(required=True)
    department = fields.String(required=True)
    measure = fields.String(required=True)
    due_on = fields.String(required=True)


class MeasurePaid(Schema):
    """Event measure.paid: money that reached a household, once per payment.

    kind: "transfer" (A31) or "claim" (A35); fen above zero; on: the day of payment.
    """

    payment = fields.String(required=True)
    household = fields.String(required=True)
    region = fields.String(required=True)
    case = fields.String(required=True)
    department = fields.String(required=True)
    measure = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    fen = fields.Integer(required=True, validate=validate.Range(min=1))
    on = fields.Date(required=True)


class PaymentWithdrawn(MeasurePaid):
    """Event measure.payment_withdrawn: a sum told by measure.paid did not reach the household.

    All but the last two say what measure.paid said of the payment, or will say of it: the two may overtake
    each other. reason: not_received (the household's objection is upheld), not_paid, returned, wrong_sum
    (less was paid: that is told as a payment of its own).
    """

    reason = fields.String(required=True, validate=validate.OneOf(list(REASONS), list(REASONS.values())))
    withdrawn_on = fields.Date(required=True)


EVENTS: Final = {
    "task.assigned": TaskEvent,
    "task.done": TaskEvent,
    "task.overdue": TaskEvent,
    "task.disputed": TaskEvent,
    "task.ended": TaskEvent,
    "measure.paid": MeasurePaid,
    "measure.payment_withdrawn": PaymentWithdrawn,
}
