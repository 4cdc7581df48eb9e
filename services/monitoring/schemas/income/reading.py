"""A household's income of a window, and who is not collected yet."""

from __future__ import annotations

from typing import Final

from marshmallow import Schema, fields, validate

from services.monitoring.schemas.common import HOUSEHOLD, InRegion
from services.monitoring.schemas.income.flags import IncomeFlag

QUARTER: Final = validate.Regexp(r"^\d{4}Q[1-4]$", error="季度应写成 2021Q3。")
YEAR: Final = validate.Range(min=2020, max=2100)


class IncomeOf(Schema):
    """The income of a household: of a year, or of the twelve months before the month of a day (today's)."""

    household = fields.String(required=True, validate=HOUSEHOLD)
    year = fields.Integer(load_default=None, allow_none=True, strict=True, validate=YEAR)
    before = fields.Date(load_default=None, allow_none=True)


class IncomeFigure(Schema):
    """A figure of the window in fen, everybody who gave a part of it, the newest day."""

    fen = fields.Integer(required=True)
    giver = fields.String(required=True)
    on = fields.String(required=True, allow_none=True)


class IncomeEntry(Schema):
    """What was collected: one kind for one period. on: asked at the household; recorded_on: handed in.

    replaced_by: the correction that holds instead.
    """

    id = fields.String(required=True)
    kind = fields.String(required=True)
    period = fields.String(required=True)
    fen = fields.Integer(required=True)
    giver = fields.String(required=True)
    role = fields.String(required=True)
    on = fields.String(required=True)
    recorded_on = fields.String(required=True)
    facts = fields.Dict(required=True)
    apart = fields.Boolean(required=True)
    reason = fields.String(required=True, allow_none=True)
    replaced_by = fields.String(required=True, allow_none=True)


class IncomePayment(Schema):
    """What a department paid; counted in a figure only where the collector left it out (apart).

    withdrawn: {on, reason} when it turned out not to be paid: it counts nowhere.
    """

    payment = fields.String(required=True)
    kind = fields.String(required=True)
    fen = fields.Integer(required=True)
    on = fields.String(required=True)
    department = fields.String(required=True)
    measure = fields.String(required=True)
    withdrawn = fields.Dict(required=True, allow_none=True)


class HouseholdIncome(Schema):
    """The figures of a window; `missing` names those that are unknown. per_head: A34 in fen, or null."""

    household = fields.String(required=True)
    start = fields.Date(required=True)
    end = fields.Date(required=True)
    figures = fields.Dict(keys=fields.String(), values=fields.Nested(IncomeFigure), required=True)
    missing = fields.List(fields.String(), required=True)
    per_head = fields.Integer(required=True, allow_none=True)
    entries = fields.List(fields.Nested(IncomeEntry), required=True)
    payments = fields.List(fields.Nested(IncomePayment), required=True)
    flags = fields.List(fields.Nested(IncomeFlag), required=True)


class IncomeDue(InRegion):
    """Who is not collected yet in a quarter: households of a village, or counts by village of a region."""

    quarter = fields.String(required=True, validate=QUARTER)


class IncomeDueHousehold(Schema):
    """A household whose quarter is not whole: the kinds that are missing."""

    household = fields.String(required=True)
    missing = fields.List(fields.String(), required=True)


class IncomeDueVillage(Schema):
    """A village in a quarter: in scope and collected; null before anything was collected there."""

    village = fields.String(required=True)
    scope = fields.Integer(required=True, allow_none=True)
    collected = fields.Integer(required=True, allow_none=True)


class IncomeDueList(Schema):
    """The collection of a quarter; until: the last day without giving a reason, null when nobody set it."""

    quarter = fields.String(required=True)
    until = fields.Date(required=True, allow_none=True)
    overdue = fields.Boolean(required=True, allow_none=True)
    households = fields.List(fields.Nested(IncomeDueHousehold), required=True)
    villages = fields.List(fields.Nested(IncomeDueVillage), required=True)
