"""Checks that many schemas share, and the page of a region."""

from __future__ import annotations

from typing import Final

from marshmallow import Schema, fields, validate
from shouwang.service.case_schemas import REGION
from shouwang.vocabulary import RISKS, STATES

RISK: Final = validate.OneOf(RISKS)
RISK_OR_STATE: Final = validate.OneOf([*RISKS, *STATES])
HOUSEHOLD: Final = validate.Regexp(r"^\d{12}-\d{4,6}$", error="户编号应为 12 位村码、横线和户号。")
VILLAGE: Final = validate.Regexp(r"^\d{12}$", error="村码应为 12 位数字。")
FEN: Final = validate.Range(min=0)
LABOUR: Final = validate.OneOf(["ordinary", "skilled", "lost", "none", "weak"])


class InRegion(Schema):
    """A region and everything below it, a page at a time: `after` is the last id of the page before."""

    region = fields.String(required=True, validate=REGION)
    after = fields.String(load_default=None, allow_none=True)
    limit = fields.Integer(load_default=1000, validate=validate.Range(min=1, max=5000))


class Region(Schema):
    """A region and everything below it."""

    region = fields.String(required=True, validate=REGION)
