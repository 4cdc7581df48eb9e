"""What departments tell of places, never of persons: signs of regional risk (S-08), figures (K-01)."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from shouwang.service.case_schemas import REGION
from shouwang.vocabulary import SIGNAL_KINDS, SIGNAL_UNITS

KEY = validate.Regexp(r"^[0-9A-Za-z_./-]{1,80}$", error="编号只用字母、数字和 - _ . /。")
PERIOD = validate.Regexp(r"^\d{4}(-\d{2}|Q[1-4])?$", error="应写成 2021-09、2021Q3 或 2021。")


class Reported(Schema):
    """One signal or indicator: verdict known or unknown (with reason), places, whether it was sent now."""

    name = fields.String(required=True)
    title = fields.String(required=True)
    verdict = fields.String(required=True)
    reason = fields.String(required=True)
    code = fields.String()
    places = fields.Integer(required=True)
    sent = fields.Boolean(required=True)
    used = fields.Dict(required=True)
    missing = fields.Dict(required=True)


class Reporting(Schema):
    """Result of a report."""

    period = fields.String(required=True)
    signals = fields.List(fields.Nested(Reported), required=True)
    indicators = fields.List(fields.Nested(Reported), required=True)


class Signal(Schema):
    """One sign of regional risk (S-08), known by its key; told again under its key it corrects what was told.

    amount: how many of the unit are hit, null while unknown; facts: further figures by name, never of
    persons.
    """

    key = fields.String(required=True, validate=KEY)
    kind = fields.String(required=True, validate=validate.OneOf(sorted(SIGNAL_KINDS)))
    region = fields.String(required=True, validate=REGION)
    amount = fields.Integer(required=True, allow_none=True, validate=validate.Range(min=0))
    unit = fields.String(required=True, validate=validate.OneOf(sorted(SIGNAL_UNITS)))
    started_on = fields.Date(required=True)
    ended_on = fields.Date(load_default=None, allow_none=True)
    facts = fields.Dict(keys=fields.String(), values=fields.Integer(strict=True), load_default=dict)


class SignalsFound(Schema):
    """Event signals.found: a batch of signals of one department; period: the newest of the data."""

    batch = fields.String(required=True)
    department = fields.String(required=True)
    period = fields.String(required=True)
    signals = fields.List(fields.Nested(Signal), required=True)


class OwnFigure(Schema):
    """One figure: indicator as monitoring names it, value a decimal in text, unit, its day."""

    indicator = fields.String(required=True)
    region = fields.String(required=True, validate=REGION)
    value = fields.String(required=True, validate=validate.Length(min=1, max=40))
    unit = fields.String(required=True)
    on = fields.Date(required=True)
    note = fields.String(load_default="", validate=validate.Length(max=200))


class ReportFigures(Schema):
    """What the department counts for a month, quarter or year."""

    period = fields.String(required=True, validate=PERIOD)
    figures = fields.List(fields.Nested(OwnFigure), required=True, validate=validate.Length(min=1, max=2000))


class FiguresTold(Schema):
    """How many figures went out for the period."""

    period = fields.String(required=True)
    reported = fields.Integer(required=True)


class FiguresReported(ReportFigures):
    """Event figures.reported."""

    department = fields.String(required=True)
    title = fields.String(required=True)
