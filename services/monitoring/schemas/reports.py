"""Figures and reports of a region."""

from __future__ import annotations

from marshmallow import Schema, fields, validate
from shouwang.service.case_schemas import REGION

from services.monitoring.schemas.events.reports import PERIOD, ReportedFigure


class ClueFigures(Schema):
    """Clues by the channel that saw them first, by status, and how many nobody answered in time."""

    total = fields.Integer(required=True)
    by_channel = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    by_status = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    overdue = fields.Integer(required=True)


class Figures(Schema):
    """Counts of a region; identification, removal: opened and by end; identified: by category."""

    households = fields.Integer(required=True)
    persons = fields.Integer(required=True)
    monitored = fields.Integer(required=True)
    removed = fields.Integer(required=True)
    left_out = fields.Integer(required=True)
    held_households = fields.Integer(required=True)
    clues = fields.Nested(ClueFigures, required=True)
    identification = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    removal = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    identified = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class ReportOf(Schema):
    """monthly 月比对 "2021-09", quarterly 季分析 "2021Q3", yearly 年考核 "2021"."""

    kind = fields.String(required=True, validate=validate.OneOf(["monthly", "quarterly", "yearly"]))
    region = fields.String(required=True, validate=REGION)
    period = fields.String(required=True, validate=PERIOD)


class Report(Schema):
    """data: {figures: [{id, label, value, unit, how, source}], sections, as_of}; document: to draw.

    A value is a whole number, a decimal text or null (不详). closed_on: null while the period is not closed.
    """

    kind = fields.String(required=True)
    region = fields.String(required=True)
    period = fields.String(required=True)
    closed_on = fields.String(required=True, allow_none=True)
    data = fields.Dict(required=True)
    document = fields.Dict(required=True)


class EnterFigures(Schema):
    """Figures of a department that runs no plugin, entered by the county."""

    department = fields.String(required=True, validate=validate.Regexp(r"^[a-z][a-z_]{1,40}$"))
    title = fields.String(required=True, validate=validate.Length(min=2, max=40))
    period = fields.String(required=True, validate=PERIOD)
    region = fields.String(required=True, validate=REGION)
    figures = fields.List(
        fields.Nested(ReportedFigure), required=True, validate=validate.Length(min=1, max=2000)
    )


class ReportedIn(Schema):
    """What was reported for a period."""

    region = fields.String(required=True, validate=REGION)
    period = fields.String(required=True, validate=PERIOD)


class ReportedFigures(Schema):
    """A department's figures of a period; problems: what was not taken, with its place in the list."""

    department = fields.String(required=True)
    title = fields.String(required=True)
    period = fields.String(required=True)
    region = fields.String(required=True)
    figures = fields.List(fields.Dict(), required=True)
    problems = fields.List(fields.Dict(), required=True)


class IndicatorsOf(Schema):
    """The indicators of 专栏1-2, with the targets that hold on a day (default: today)."""

    region = fields.String(required=True, validate=REGION)
    on = fields.Date(load_default=None, allow_none=True)


class IndicatorInfo(Schema):
    """One indicator; target null: unknown (K-05). computed: whether the registry answers it."""

    number = fields.Integer(required=True)
    name = fields.String(required=True)
    label = fields.String(required=True)
    unit = fields.String(required=True)
    target = fields.String(required=True, allow_none=True)
    source = fields.String(required=True)
    computed = fields.Boolean(required=True)
