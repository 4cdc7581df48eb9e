"""Checks that many schemas share."""

from __future__ import annotations

from typing import Final

from marshmallow import Schema, fields, validate
from shouwang.service.case_schemas import REGION
from shouwang.vocabulary import MEASURE_CODES, MEASURE_ITEMS, RISKS, STATES

RISK: Final = validate.OneOf([*RISKS, *STATES])
HOUSEHOLD: Final = validate.Regexp(r"^\d{12}-\d{4,6}$", error="户编号应为 12 位村码、横线和户号。")
VILLAGE: Final = validate.Regexp(r"^\d{12}$", error="村码应为 12 位数字。")
QUARTER: Final = validate.Regexp(r"^\d{4}Q[1-4]$", error="应写成 2021Q3。")
FEN: Final = validate.Range(min=0)
SOME: Final = validate.Range(min=1)
REASON: Final = validate.Length(min=2, max=500)
WORD: Final = validate.Length(min=1, max=100)
STAFF: Final = validate.Regexp(
    r"^(?!(?:\D*\d){7})[A-Za-z_\u4e00-\u9fff]{1,30}(-[0-9A-Za-z_]{1,20})+\Z",
    error="承办人写工作编号（如“医保-12”），不写姓名、身份证号和电话。",
)
"""A reference of staff: unit and number; seven digits or more would be somebody's phone or ID number."""
MEASURE: Final = validate.OneOf([*MEASURE_CODES, *MEASURE_ITEMS])


class InRegion(Schema):
    """A region and everything below it; a page at a time where `limit` is given: `after` is its last id."""

    region = fields.String(required=True, validate=REGION)
    after = fields.String(load_default=None, allow_none=True)
    limit = fields.Integer(load_default=10_000, validate=validate.Range(min=1, max=10_000))


class Region(Schema):
    """A region and everything below it."""

    region = fields.String(required=True, validate=REGION)


class HouseholdId(Schema):
    """One household."""

    household = fields.String(required=True)


class PlanId(Schema):
    """One plan."""

    plan = fields.String(required=True)


class TaskId(Schema):
    """One task."""

    task = fields.String(required=True)
