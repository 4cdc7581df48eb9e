"""What monitoring hears of reported figures."""

from __future__ import annotations

from typing import Any, Final

from marshmallow import Schema, fields, validate
from shouwang.service.case_schemas import REGION

PERIOD: Final = validate.Regexp(r"^\d{4}(-\d{2}|Q[1-4])?$", error="应写成 2021-09、2021Q3 或 2021。")


class ReportedFigure(Schema):
    """One figure: value a decimal in text, unit as the indicator has it; on: the day for which it holds."""

    indicator = fields.String(required=True)
    region = fields.String(required=True, validate=REGION)
    value = fields.String(required=True, validate=validate.Length(min=1, max=40))
    unit = fields.String(required=True)
    on = fields.Date(required=True)
    note = fields.String(load_default="", validate=validate.Length(max=200))


class FiguresReported(Schema):
    """Event */figures.reported: what a department counts for a period (month, quarter or year)."""

    department = fields.String(required=True)
    title = fields.String(load_default="", validate=validate.Length(max=40))
    period = fields.String(required=True, validate=PERIOD)
    figures = fields.List(
        fields.Nested(ReportedFigure), required=True, validate=validate.Length(min=1, max=2000)
    )


EVENTS: Final[dict[str, Any]] = {}
