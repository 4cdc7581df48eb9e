"""Income: collections of each quarter, growth, plausibility. Events."""

from __future__ import annotations

from typing import Any, Final

from marshmallow import Schema, fields
from shouwang.service.case_schemas import REGION


class MeasurePaid(Schema):
    """Event assistance/measure.paid: a department paid fen to a household on a day; payment: unique id.

    kind: transfer (A31) or claim (A35); of anything else, such as a reimbursement, no income is made.
    """

    payment = fields.String(required=True)
    household = fields.String(required=True)
    region = fields.String(required=True, validate=REGION)
    case = fields.String(load_default=None, allow_none=True)
    department = fields.String(required=True)
    measure = fields.String(required=True)
    kind = fields.String(required=True)
    fen = fields.Integer(required=True)
    on = fields.Date(required=True)


class PaymentWithdrawn(MeasurePaid):
    """Event assistance/measure.payment_withdrawn: a payment did not reach the household; it may come first.

    reason: a code (not_received, not_paid, returned, wrong_sum); withdrawn_on: the day of that finding.
    """

    reason = fields.String(required=True)
    withdrawn_on = fields.Date(required=True)


EVENTS: Final[dict[str, Any]] = {}
