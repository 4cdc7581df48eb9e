"""Figures to be checked, and what the town found."""

from __future__ import annotations

from typing import Final

from marshmallow import Schema, fields, validate

from services.monitoring.domain.income.flags import CONFIRMED, CORRECTED, STATUSES
from services.monitoring.schemas.common import HOUSEHOLD, InRegion

QUARTER: Final = validate.Regexp(r"^\d{4}Q[1-4]$", error="季度应写成 2021Q3。")


class IncomeFlag(Schema):
    """A figure to be checked: which check, why (sentence), what the town found."""

    household = fields.String(required=True)
    quarter = fields.String(required=True)
    check = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.String(required=True)
    status_label = fields.String(required=True)
    opened_on = fields.String(required=True)
    closed_on = fields.String(required=True, allow_none=True)
    sentence = fields.String(required=True)
    evidence = fields.String(required=True, allow_none=True)


class IncomeFlags(InRegion):
    """Figures to be checked in a region; status: open (default), or "all" of the books with any open."""

    status = fields.String(load_default="open", validate=validate.OneOf([*STATUSES, "all"]))


class ResolveIncomeFlag(Schema):
    """What the town found: confirmed, or corrected (then a correction stands in the book)."""

    household = fields.String(required=True, validate=HOUSEHOLD)
    quarter = fields.String(required=True, validate=QUARTER)
    check = fields.String(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf([CONFIRMED, CORRECTED]))
    evidence = fields.String(required=True, validate=validate.Length(max=500))
